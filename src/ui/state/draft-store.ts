import { openDB, type DBSchema } from 'idb';
import type { ImportSettings } from '#domain/parse/import-settings.ts';

/** What a later visit restores. Never contains a token. */
export interface Draft {
  /** A blob if large, so that the page need not hold it as a string. */
  text: string | Blob;
  reading: ImportSettings;
  /** With its server, since project numbers differ between servers. */
  project: { id: number; server: string } | undefined;
  /** Milliseconds since 1970. */
  savedAt: number;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: Draft };
}

/** One draft per browser; of several tabs the last write wins. */
const key = 'last';

/** The draft in IndexedDB. If the browser refuses storage, nothing is kept and nothing fails. */
export const draftStore = {
  read: () => inStorage((database) => database.get('drafts', key)),
  write: (draft: Draft) => inStorage((database) => database.put('drafts', draft, key)),
  remove: () => inStorage((database) => database.delete('drafts', key)),
};

export type DraftStore = typeof draftStore;

async function inStorage<T>(work: (database: Awaited<ReturnType<typeof open>>) => Promise<T>) {
  try {
    const database = await open();
    try {
      return await work(database);
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

const open = () =>
  openDB<Schema>('sheaf-draft', 1, {
    // Version 1 stores plain texts, so that no later version has to read older objects. Large texts are blobs now;
    // older drafts with large strings are still read.
    upgrade: (database) => void database.createObjectStore('drafts'),
  });
