import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { openPlan, type OldPlan, type Plan } from '#domain/plan/plan.ts';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { newAccount, type Account } from '#domain/results/account.ts';
import { fold } from '#domain/results/fold-account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import { openInTime } from './open-in-time.ts';
import { readRunFile, writeRunFile } from './run-file.ts';
import {
  keptMs,
  type NewRun,
  type RunStore,
  type RunSummary,
  type StoredRun,
  type StoredSource,
} from './run-store.ts';

interface Schema extends DBSchema {
  /** Kept small, because listing runs reads all of them. */
  summaries: { key: string; value: RunSummary };
  plans: { key: string; value: { plan: Plan | OldPlan; view: PlanView } };
  sources: { key: string; value: StoredSource };
  /** The events of each commit, by run and number. */
  journal: { key: [runId: string, number: number]; value: RunEvent[] };
  /** The account as of the journal’s record with this number. */
  accounts: { key: string; value: { upTo: number; account: Account } };
}

type Database = IDBPDatabase<Schema>;

const stores = ['summaries', 'plans', 'sources', 'journal', 'accounts'] as const;

/** Schema version. Each change raises it by one, with its reason in `upgrade`. */
const schemaVersion = 1;

/** Runs in IndexedDB, shared by all tabs of this browser. */
export function indexedDbStore(now: () => number): RunStore {
  const journals = new Map<string, Journal>();
  let opening: Promise<Database> | undefined;

  const database = () => {
    opening ??= openInTime(
      openDatabase(() => (opening = undefined)),
      'Its storage doesn’t answer. Close other tabs with Sheaf, then try again.',
    ).catch((error: unknown) => {
      opening = undefined;
      throw new Error(whyNotOpened(error), { cause: error });
    });
    return opening;
  };

  /** The run and the number of its last record, in one transaction because another tab may be writing. */
  async function read(runId: string): Promise<{ run: StoredRun; last: number } | undefined> {
    const transaction = (await database()).transaction(['summaries', 'plans', 'accounts', 'journal']);
    const [summary, planned, checkpoint] = await Promise.all([
      transaction.objectStore('summaries').get(runId),
      transaction.objectStore('plans').get(runId),
      transaction.objectStore('accounts').get(runId),
    ]);
    if (!summary || !planned) return undefined;
    const plan = openPlan(planned.plan);
    if (!plan)
      throw new Error('Another version of Sheaf made this run. Reload the page to get the newest version.');
    const from = checkpoint?.upTo ?? -1;
    const account = checkpoint?.account ?? newAccount(plan);
    const later = IDBKeyRange.bound([runId, from], [runId, Infinity], true);
    const journal = transaction.objectStore('journal');
    const [keys, records] = await Promise.all([journal.getAllKeys(later), journal.getAll(later)]);
    for (const events of records) for (const event of events) fold(account, event);
    return { run: { plan, view: planned.view, summary, account }, last: keys.at(-1)?.[1] ?? from };
  }

  async function openRun(runId: string): Promise<StoredRun | undefined> {
    const found = await read(runId);
    if (!found) return undefined;
    // This tab may be writing the run while opening it again.
    if (!journals.get(runId)?.isAheadOf(found.last))
      journals.set(runId, new Journal(database, runId, found.last));
    return found.run;
  }

  async function remove(runIds: readonly string[]): Promise<void> {
    const transaction = (await database()).transaction(stores, 'readwrite');
    for (const runId of runIds) {
      for (const name of ['summaries', 'plans', 'sources', 'accounts'] as const)
        void transaction.objectStore(name).delete(runId);
      void transaction.objectStore('journal').delete(recordsOf(runId));
    }
    await transaction.done;
    for (const runId of runIds) journals.delete(runId);
  }

  async function allEvents(runId: string): Promise<RunEvent[]> {
    return (await (await database()).getAll('journal', recordsOf(runId))).flat();
  }

  /** Stores the whole run, or nothing. */
  async function put({ plan, view, summary, source }: NewRun, events: RunEvent[]): Promise<void> {
    const transaction = (await database()).transaction(stores, 'readwrite', { durability: 'strict' });
    const write = async () => {
      // `add` fails if another tab has stored the run.
      await transaction.objectStore('summaries').add(summary, plan.id);
      // One after another, because each is copied: a text of 35 MB and bodies of 45 MB for 100,000 calls.
      if (source) await transaction.objectStore('sources').put(source, plan.id);
      await transaction.objectStore('plans').put({ plan, view }, plan.id);
      if (events.length > 0) await transaction.objectStore('journal').put(events, [plan.id, 0]);
    };
    await Promise.all([write(), transaction.done]);
    journals.set(plan.id, new Journal(database, plan.id, events.length > 0 ? 0 : -1));
  }

  const store: RunStore = {
    async create(run) {
      try {
        await put(run, []);
      } catch (error) {
        throw new Error(`It can’t be stored. ${messageOf(error)}`, { cause: error });
      }
    },

    async append(runId, event) {
      const journal = journals.get(runId);
      if (!journal) throw new Error('This run isn’t open.');
      await journal.append(event);
    },

    async checkpoint(runId, account, changes) {
      const journal = journals.get(runId);
      if (!journal) throw new Error('This run isn’t open.');
      const transaction = (await database()).transaction(['accounts', 'summaries'], 'readwrite', {
        durability: 'strict',
      });
      const summaries = transaction.objectStore('summaries');
      const summary = await summaries.get(runId);
      if (!summary) return transaction.done;
      // Number and account are read at the same moment, because calls may still be answered.
      await Promise.all([
        transaction.objectStore('accounts').put({ upTo: journal.lastStored, account }, runId),
        summaries.put({ ...summary, ...changes }, runId),
        transaction.done,
      ]);
    },

    open: openRun,
    async lastRecord(runId) {
      const journal = (await database()).transaction('journal').store;
      return (await journal.openKeyCursor(recordsOf(runId), 'prev'))?.key[1];
    },
    events: allEvents,
    async recordsAt(runId, numbers) {
      const journal = (await database()).transaction('journal').store;
      return Promise.all(numbers.map(async (number) => (await journal.get([runId, number])) ?? []));
    },
    source: async (runId) => (await database()).get('sources', runId),

    async list() {
      const all = await (await database()).getAll('summaries');
      return all.toSorted((one, other) => other.createdAt - one.createdAt);
    },

    async expire() {
      const oldest = now() - keptMs;
      const all = await (await database()).getAll('summaries');
      const expired = all.filter(({ pinned, createdAt }) => !pinned && createdAt < oldest);
      if (expired.length > 0) await remove(expired.map(({ id }) => id));
      return expired;
    },

    async setPinned(runId, pinned) {
      const transaction = (await database()).transaction('summaries', 'readwrite');
      const summary = await transaction.store.get(runId);
      if (summary) await transaction.store.put({ ...summary, pinned }, runId);
      await transaction.done;
    },

    delete: remove,

    async usage() {
      // Only secure pages (https or localhost) have it.
      const storage = (globalThis.navigator as Partial<Navigator> | undefined)?.storage;
      if (!storage) return undefined;
      const { usage = 0, quota = 0 } = await storage.estimate();
      return { used: usage, granted: quota, persisted: await storage.persisted() };
    },

    async save(runId) {
      const found = await read(runId);
      if (!found) throw new Error('This run isn’t kept in this browser.');
      const { plan, view, summary } = found.run;
      const source = await store.source(runId);
      return writeRunFile({ plan, view, summary, source, events: await allEvents(runId) });
    },

    async add(file) {
      const { events, ...run } = await readRunFile(file);
      const known = await (await database()).get('summaries', run.summary.id);
      if (known) throw new Error('This run is already in this browser.');
      // Otherwise `expire` would delete an old run at once.
      if (run.summary.createdAt < now() - keptMs) run.summary.pinned = true;
      try {
        await put(run, events);
      } catch (error) {
        throw new Error(`The run can’t be stored. ${messageOf(error)}`, { cause: error });
      }
      return run.summary;
    },
  };
  return store;
}

const recordsOf = (runId: string): IDBKeyRange => IDBKeyRange.bound([runId, -Infinity], [runId, Infinity]);

/** Appends the events of one run. Events that arrive during a commit share the next one. */
class Journal {
  lastStored: number;
  private waiting: { event: RunEvent; resolve: () => void; reject: (error: unknown) => void }[] = [];
  private committing: Promise<void> | undefined;
  /** After a failed commit, only opening the run again shows what is stored. */
  private failure: unknown;
  private readonly database: () => Promise<Database>;
  private readonly runId: string;

  constructor(database: () => Promise<Database>, runId: string, lastStored: number) {
    this.database = database;
    this.runId = runId;
    this.lastStored = lastStored;
  }

  append(event: RunEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ event, resolve, reject });
      this.committing ??= this.commitAll().finally(() => (this.committing = undefined));
    });
  }

  /** True if it can continue after this record number, or already has. */
  isAheadOf(last: number): boolean {
    if (this.failure !== undefined) return false;
    return this.committing !== undefined || this.lastStored >= last;
  }

  private async commitAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        if (this.failure !== undefined) throw this.failure;
        const transaction = (await this.database()).transaction(['summaries', 'journal'], 'readwrite', {
          durability: 'strict',
        });
        const key: [string, number] = [this.runId, this.lastStored + 1];
        const assertKept = async () => {
          if ((await transaction.objectStore('summaries').getKey(this.runId)) !== undefined) return;
          transaction.abort();
          throw new Error('It was deleted from this browser.');
        };
        const events = batch.map(({ event }) => event);
        // `add` fails if another tab has written this number.
        await Promise.all([
          assertKept(),
          transaction.objectStore('journal').add(events, key),
          transaction.done,
        ]);
        this.lastStored += 1;
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.failure ??= new Error(`The run stopped: its journal can’t be written. ${messageOf(error)}`);
        for (const { reject } of batch) reject(this.failure);
      }
    }
  }
}

const openDatabase = (onClosed: () => void) =>
  openDB<Schema>('sheaf-runs', schemaVersion, {
    upgrade(database, oldVersion) {
      // 1: first version.
      if (oldVersion < 1) for (const name of stores) database.createObjectStore(name);
    },
    // A newer tab wants to upgrade. Closing waits for pending writes; the next use opens the database again.
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });

const whyNotOpened = (error: unknown): string =>
  error instanceof DOMException && error.name === 'VersionError'
    ? 'A newer version of Sheaf has stored runs in this browser. Reload the page to get that version.'
    : `This browser doesn’t let Sheaf store runs. ${messageOf(error)}`;

function messageOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return 'There is no room left: delete old runs or free disk space.';
  return error instanceof Error ? error.message : String(error);
}
