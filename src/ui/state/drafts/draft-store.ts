import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { openInTime } from '#run/store/open-in-time.ts';
import { limits } from '#wire/limits.ts';
import {
  isText,
  readSettings,
  readSummary,
  summaryOf,
  type Draft,
  type DraftSummary,
} from './draft-record.ts';

/** Why a draft isn’t stored. */
export type NotStored = 'too-large' | 'no-room' | 'unavailable';

export interface StoredDraft extends DraftSummary {
  id: string;
  /** True if it was opened and the page hasn’t answered since. */
  isOpening: boolean;
}

interface Schema extends DBSchema {
  /** Summaries by draft ID, separate from the texts, which can be large. */
  drafts: { key: string; value: unknown };
  texts: { key: string; value: unknown };
  /** IDs of drafts that are being opened. */
  opening: { key: string; value: true };
}

type Database = IDBPDatabase<Schema>;

const all = ['drafts', 'texts', 'opening'] as const;

/** The drafts of this browser, in IndexedDB. No call fails: a browser without storage has no drafts. */
export const draftStore = {
  /** All drafts, newest first. Undefined without storage. */
  list: () =>
    inStorage(async (database) => {
      const transaction = database.transaction(['drafts', 'opening']);
      const drafts = transaction.objectStore('drafts');
      const [ids, records, opening] = await Promise.all([
        drafts.getAllKeys(),
        drafts.getAll(),
        transaction.objectStore('opening').getAllKeys(),
      ]);
      const listed = ids.map(async (id, index): Promise<StoredDraft[]> => {
        const summary = readSummary(records[index], Date.now()) ?? (await restoreSummary(database, id));
        return summary === undefined ? [] : [{ ...summary, id, isOpening: opening.includes(id) }];
      });
      const found = (await Promise.all(listed)).flat();
      return found.toSorted((one, other) => other.savedAt - one.savedAt);
    }),

  read: (id: string) =>
    inStorage(async (database) => {
      const transaction = database.transaction(all);
      const [draft, opening] = await Promise.all([
        readDraft(transaction, id),
        transaction.objectStore('opening').get(id),
      ]);
      return draft && { ...draft, isOpening: opening === true };
    }),

  async write(id: string, draft: Draft): Promise<NotStored | undefined> {
    const summary = await summaryOf(draft);
    if (summary.size > limits.draftBytes) return 'too-large';
    const error = await inStorageOrError(async (database) => {
      const transaction = database.transaction(['drafts', 'texts'], 'readwrite');
      await Promise.all([
        transaction.objectStore('drafts').put(summary, id),
        transaction.objectStore('texts').put(draft.text, id),
        transaction.done,
      ]);
    });
    if (error.ok) return undefined;
    return isQuota(error.error) ? 'no-room' : 'unavailable';
  },

  remove: (ids: readonly string[]) =>
    inStorage(async (database) => {
      const transaction = database.transaction(all, 'readwrite');
      const removals = ids.flatMap((id) => all.map((name) => transaction.objectStore(name).delete(id)));
      await Promise.all([...removals, transaction.done]);
    }),

  /** Marks a draft as being opened; returns a function that removes the mark. Undefined if it can’t be marked. */
  async markOpening(id: string): Promise<(() => void) | undefined> {
    try {
      // Stays open, so that the mark can be removed while the page is being left.
      const database = await open();
      await database.put('opening', true, id);
      return () => void unmark(database, id);
    } catch {
      return undefined;
    }
  },
};

export type DraftStore = typeof draftStore;

async function unmark(database: Database, id: string) {
  try {
    const transaction = database.transaction('opening', 'readwrite');
    const removed = transaction.store.delete(id);
    transaction.commit();
    await Promise.all([removed, transaction.done]);
    database.close();
  } catch {
    // The draft is then offered at the next visit instead of being opened.
  }
}

interface Readable {
  objectStore(name: 'drafts' | 'texts'): { get(id: string): Promise<unknown> };
}

async function readDraft(transaction: Readable, id: string): Promise<Draft | undefined> {
  const [settings, text] = await Promise.all([
    transaction.objectStore('drafts').get(id),
    transaction.objectStore('texts').get(id),
  ]);
  return isText(text) ? { ...readSettings(settings, Date.now()), text } : undefined;
}

/** Recreates a missing or damaged summary, or removes the draft if its text is missing, too. */
async function restoreSummary(database: Database, id: string): Promise<DraftSummary | undefined> {
  const draft = await readDraft(database.transaction(all), id);
  const summary = draft && (await summaryOf(draft));
  const transaction = database.transaction(all, 'readwrite');
  if (summary) await transaction.objectStore('drafts').put(summary, id);
  else await Promise.all(all.map((name) => transaction.objectStore(name).delete(id)));
  await transaction.done;
  return summary;
}

async function inStorage<T>(work: (database: Database) => Promise<T>): Promise<T | undefined> {
  const outcome = await inStorageOrError(work);
  return outcome.ok ? outcome.value : undefined;
}

async function inStorageOrError<T>(
  work: (database: Database) => Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: unknown }> {
  try {
    const database = await open();
    try {
      return { ok: true, value: await work(database) };
    } finally {
      database.close();
    }
  } catch (error) {
    return { ok: false, error };
  }
}

const isQuota = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError';

/** If an older tab blocks an upgrade, there are no drafts, and the screen says so. */
const open = () => openInTime(openDatabase(), 'The browser’s storage doesn’t answer.');

const openDatabase = () =>
  openDB<Schema>('sheaf-draft', 2, {
    // Version 1: one draft per browser, with its text, under the key `last`.
    // Version 2: one draft per tab; summaries are listed without reading texts.
    async upgrade(database, from, _to, transaction) {
      database.createObjectStore('texts');
      database.createObjectStore('opening');
      if (from === 0) return void database.createObjectStore('drafts');
      const drafts = transaction.objectStore('drafts');
      const old = await drafts.get('last');
      const text = typeof old === 'object' && old !== null && 'text' in old ? old.text : undefined;
      // Its summary is made when it is first listed, because a blob can’t be read during an upgrade.
      if (isText(text))
        await Promise.all([
          transaction.objectStore('texts').put(text, 'last'),
          drafts.put(readSettings(old, Date.now()), 'last'),
        ]);
      else await drafts.clear();
    },
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
  });
