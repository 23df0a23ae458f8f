import { appendRows, type Appended } from '#domain/join/append-rows.ts';
import { parse } from '#domain/parse/parse.ts';
import { SourceText } from '#domain/text/source-text.ts';
import type { Batch } from '#engine/batch/batch.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { readFiles, type FilesText } from '#engine/batch/files/read-files.ts';

/** A source to append: pasted text, or files; `sheet` is one of a workbook. */
export type Added = string | { files: File[]; sheet?: string | undefined };

/** How many entries fit, and which columns stay empty; or why it doesn’t fit. */
export type Fit = { entries: number; empty: string[] } | { why: string };

/** The same, or why the files can’t be read. */
export type FilesFit = { ok: true; fit: Fit; note?: string | undefined } | Exclude<FilesText, { ok: true }>;

/** Appends a second source to the batch. */
export function appendCalls(batch: Batch) {
  const { text } = batch;

  const read = async (added: Added): Promise<FilesText> =>
    typeof added === 'string'
      ? { ok: true, text: SourceText.of(added) }
      : readFiles(added.files, added.sheet);

  const appended = (added: SourceText): Appended =>
    appendRows(text.source, batch.checkup.parsed, added, () => parse(added, {}, batch.configOf));

  return {
    /** Whether a source can be appended to the batch. */
    async fitAppended(added: Added): Promise<FilesFit> {
      const other = await read(added);
      if (!other.ok) return other;
      const fit = appended(other.text);
      const shown = 'why' in fit ? fit : { entries: fit.entries, empty: fit.empty };
      return { ok: true, fit: shown, note: other.note };
    },
    /** Appends a source as one undoable step; the rest of the text stays unchanged. */
    async append(added: Added): Promise<TextOnScreen> {
      const other = await read(added);
      const fit = other.ok ? appended(other.text) : undefined;
      return fit === undefined || 'why' in fit ? text.onScreen() : text.replace(fit.source);
    },
  };
}
