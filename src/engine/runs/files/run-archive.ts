import { bytesOf } from '#engine/batch/read-file.ts';
import { listArchive, store as pack, unpack, whyTooLarge } from '#engine/batch/files/archive.ts';
import type { Bytes } from '#domain/text/source-text.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';

/** All runs as one file, and those that failed. */
export interface SavedRuns {
  file: Blob;
  /** With the reason, in words for people. */
  failed: { fileName: string | undefined; reason: string }[];
}

/** The result of adding runs from a file. */
export interface AddedRuns {
  added: number;
  /** Number of runs that this browser already had. */
  known: number;
}

const ending = '.sheaf-run';

/**
 * Saves all runs of a browser in an archive of run files.
 *
 * @throws with a sentence for people if it would be too large to open again
 */
export async function saveAllRuns(store: RunStore): Promise<SavedRuns> {
  const files = new Map<string, Bytes>();
  const failed: SavedRuns['failed'] = [];
  let size = 0;
  for (const { id, fileName } of await store.list()) {
    try {
      const bytes = new Uint8Array(await (await store.save(id)).arrayBuffer());
      size += bytes.length;
      files.set(`${id}${ending}`, bytes);
    } catch (error) {
      failed.push({ fileName, reason: error instanceof Error ? error.message : String(error) });
    }
    if (size > limits.fileBytes)
      throw new Error(
        `All runs together have more than ${sizeInWords(limits.fileBytes)}, too much for one file. Save them one by one, or delete old ones first.`,
      );
  }
  return { file: new Blob([pack(files)]), failed };
}

/**
 * Adds the run of a file, or the runs of an archive.
 *
 * @throws with a sentence for people if it is neither, is damaged, or has a single run that is already known
 */
export async function addRuns(store: RunStore, file: Blob): Promise<AddedRuns> {
  const isArchive = (await file.slice(0, 2).text()) === 'PK';
  if (!isArchive) {
    await store.add(file);
    return { added: 1, known: 0 };
  }
  const bytes = await bytesOf(file);
  const listed = (bytes && listArchive(bytes))?.filter(({ name }) => name.endsWith(ending));
  if (listed?.length === 0) throw new Error('This archive holds no runs that Sheaf saved.');
  const why = listed && whyTooLarge(listed, limits.fileBytes);
  if (why !== undefined) throw new Error(why);
  const runs = bytes && listed && unpack(bytes, new Set(listed.map(({ name }) => name)));
  if (!runs) throw new Error('This archive of runs is damaged or cut off. Save it again.');
  const ids = new Set((await store.list()).map(({ id }) => `${id}${ending}`));
  let added = 0;
  for (const [name, run] of runs) {
    if (ids.has(name)) continue;
    await store.add(new Blob([run]));
    added += 1;
  }
  return { added, known: runs.size - added };
}
