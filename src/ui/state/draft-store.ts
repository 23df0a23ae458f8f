import { openDB, type DBSchema } from 'idb';
import type { ImportSettings } from '#domain/parse/import-settings.ts';

/** What was on the workbench, as far as a reload is to bring it back. No token is ever part of it. */
export interface Draft {
  /** A large one as a file, so that it does not pass through the page. */
  text: string | Blob;
  reading: ImportSettings;
  /** A project number means another project on another server. */
  project: { id: number; server: string } | undefined;
  /** Milliseconds since 1970. */
  savedAt: number;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: Draft };
}

/** There is one draft in a browser: of several tabs the last one to write wins. */
const key = 'last';

/** Where the draft is kept. A browser may refuse its storage altogether; then nothing is kept, and nothing breaks. */
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
    // 1: texts as they are, so that no later version of Sheaf has to understand an older one's objects. A large text has
    // been a file since; older versions kept it as it is, and it is read either way.
    upgrade: (database) => void database.createObjectStore('drafts'),
  });
