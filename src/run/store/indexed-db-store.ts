import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { planFormat, type Plan } from '#domain/plan/plan.ts';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { fold, newAccount, type Account } from '#domain/results/account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import { readRunFile, writeRunFile } from './run-file.ts';
import type { RunStore, RunSummary, StoredRun, StoredSource } from './run-store.ts';

interface Schema extends DBSchema {
  /** Small, because the list reads them all. */
  summaries: { key: string; value: RunSummary };
  plans: { key: string; value: { plan: Plan; view: PlanView } };
  sources: { key: string; value: StoredSource };
  /** The events of one commit each, by run and number. */
  journal: { key: [runId: string, number: number]; value: RunEvent[] };
  /** The account as of the journal’s record with this number. */
  accounts: { key: string; value: { upTo: number; account: Account } };
}

type Database = IDBPDatabase<Schema>;

const stores = ['summaries', 'plans', 'sources', 'journal', 'accounts'] as const;
const keptDays = 90;
const dayMs = 24 * 60 * 60 * 1000;

/** The number of the schema, raised by one for each change with its reason in `upgrade`. */
const schemaVersion = 1;

/** Runs in IndexedDB, shared by all tabs of this browser. */
export function indexedDbStore(now: () => number): RunStore {
  const journals = new Map<string, Journal>();
  let opening: Promise<Database> | undefined;

  const database = () => {
    opening ??= open(() => (opening = undefined)).catch((error: unknown) => {
      opening = undefined;
      throw new Error(`This browser doesn’t let Sheaf store runs. ${messageOf(error)}`, { cause: error });
    });
    return opening;
  };

  async function openRun(runId: string): Promise<StoredRun | undefined> {
    const db = await database();
    const [summary, planned] = await Promise.all([db.get('summaries', runId), db.get('plans', runId)]);
    if (!summary || !planned) return undefined;
    if (planned.plan.format !== planFormat)
      throw new Error('Another version of Sheaf made this run. Reload the page to get the newest version.');
    const checkpoint = await db.get('accounts', runId);
    const from = checkpoint?.upTo ?? -1;
    const account = checkpoint?.account ?? newAccount(planned.plan);
    const later = IDBKeyRange.bound([runId, from], [runId, Infinity], true);
    const [keys, records] = await Promise.all([db.getAllKeys('journal', later), db.getAll('journal', later)]);
    for (const events of records) for (const event of events) fold(account, event);
    journals.set(runId, new Journal(database, runId, keys.at(-1)?.[1] ?? from));
    return { ...planned, summary, account };
  }

  async function remove(runIds: string[]): Promise<void> {
    const transaction = (await database()).transaction(stores, 'readwrite');
    for (const runId of runIds) {
      for (const name of ['summaries', 'plans', 'sources', 'accounts'] as const)
        void transaction.objectStore(name).delete(runId);
      void transaction
        .objectStore('journal')
        .delete(IDBKeyRange.bound([runId, -Infinity], [runId, Infinity]));
    }
    await transaction.done;
  }

  async function allEvents(runId: string): Promise<RunEvent[]> {
    const whole = IDBKeyRange.bound([runId, -Infinity], [runId, Infinity]);
    return (await (await database()).getAll('journal', whole)).flat();
  }

  const store: RunStore = {
    async create({ plan, view, summary, source }) {
      const transaction = (await database()).transaction(stores, 'readwrite', { durability: 'strict' });
      const puts: Promise<unknown>[] = [
        transaction.objectStore('summaries').put(summary, plan.id),
        transaction.objectStore('plans').put({ plan, view }, plan.id),
      ];
      if (source) puts.push(transaction.objectStore('sources').put(source, plan.id));
      try {
        await Promise.all([...puts, transaction.done]);
      } catch (error) {
        throw new Error(`The run can’t be stored, so nothing was sent. ${messageOf(error)}`, {
          cause: error,
        });
      }
      journals.set(plan.id, new Journal(database, plan.id, -1));
    },

    async append(runId, event) {
      const journal = journals.get(runId);
      if (!journal) throw new Error('This run isn’t open.');
      await journal.append(event);
    },

    async checkpoint(runId, account, changes) {
      const upTo = journals.get(runId)?.lastStored ?? -1;
      const transaction = (await database()).transaction(['accounts', 'summaries'], 'readwrite', {
        durability: 'strict',
      });
      const summaries = transaction.objectStore('summaries');
      const summary = await summaries.get(runId);
      if (!summary) return transaction.done;
      await Promise.all([
        transaction.objectStore('accounts').put({ upTo, account }, runId),
        summaries.put({ ...summary, ...changes }, runId),
        transaction.done,
      ]);
    },

    open: openRun,
    events: allEvents,
    source: async (runId) => (await database()).get('sources', runId),

    async list() {
      const all = await (await database()).getAll('summaries');
      return all.toSorted((one, other) => other.createdAt - one.createdAt);
    },

    async expire() {
      const oldest = now() - keptDays * dayMs;
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

    delete: (runId) => remove([runId]),

    async deleteAll() {
      const transaction = (await database()).transaction(stores, 'readwrite');
      await Promise.all([...stores.map((name) => transaction.objectStore(name).clear()), transaction.done]);
    },

    async usage() {
      // Only https pages and pages of this computer have it.
      const storage = (globalThis.navigator as Partial<Navigator> | undefined)?.storage;
      if (!storage) return undefined;
      const { usage = 0, quota = 0 } = await storage.estimate();
      return { used: usage, granted: quota, persisted: await storage.persisted() };
    },

    async save(runId) {
      const run = await openRun(runId);
      if (!run) throw new Error('This run isn’t kept in this browser.');
      const { plan, view, summary } = run;
      const source = await store.source(runId);
      return writeRunFile({ plan, view, summary, source, events: await allEvents(runId) });
    },

    async add(file) {
      const { events, ...run } = await readRunFile(file);
      const known = await (await database()).get('summaries', run.summary.id);
      if (known) throw new Error('This run is already in this browser.');
      await store.create(run);
      for (const event of events) void journals.get(run.plan.id)!.append(event);
      await journals.get(run.plan.id)!.stored();
      return run.summary;
    },
  };
  return store;
}

/** Appends the events of one run. Events that come while a commit is under way share the next one. */
class Journal {
  lastStored: number;
  private waiting: { event: RunEvent; resolve: () => void; reject: (error: unknown) => void }[] = [];
  private committing: Promise<void> | undefined;
  /** After a failed commit the account may be ahead of nothing: only opening the run again tells what is stored. */
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

  async stored(): Promise<void> {
    await this.committing;
    if (this.failure !== undefined) throw this.failure;
  }

  private async commitAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        if (this.failure !== undefined) throw this.failure;
        const transaction = (await this.database()).transaction('journal', 'readwrite', {
          durability: 'strict',
        });
        const key: [string, number] = [this.runId, this.lastStored + 1];
        // `add` fails where another tab has written this number.
        await Promise.all([
          transaction.store.add(
            batch.map(({ event }) => event),
            key,
          ),
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

function open(onClosed: () => void): Promise<Database> {
  return openDB<Schema>('sheaf-runs', schemaVersion, {
    upgrade(database, oldVersion) {
      // 1: the first form.
      if (oldVersion < 1) for (const name of stores) database.createObjectStore(name);
    },
    // An older tab holds the database in an old form; the request goes on once it is closed.
    blocked: () => {},
    // A newer tab wants to change the form: let it, unless this tab is writing; it then opens the database again.
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
}

function messageOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return 'There is no room left: delete old runs or free disk space.';
  return error instanceof Error ? error.message : String(error);
}
