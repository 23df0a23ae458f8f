import type { PlanView } from '#domain/plan/plan-view.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { Account, RunTotals } from '#domain/results/account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';

const keptDays = 90;
/** How long a run is kept that isn’t pinned. */
export const keptMs = keptDays * 24 * 60 * 60 * 1000;

/** Keeps runs for a while, in this browser, for all tabs. Holds no token. */
export interface RunStore {
  /**
   * Stores a whole run before its first call.
   * Rejects with a sentence for people if the browser can't store it; then nothing may be sent.
   */
  create(run: NewRun): Promise<void>;
  /** Appends an event. Resolves once it is on the disk (durability `strict`); events that wait together share a commit. */
  append(runId: string, event: RunEvent): Promise<void>;
  /** Keeps the account as of now, so that opening the run needs no earlier events, and updates what the list shows. */
  checkpoint(runId: string, account: Account, summary: Partial<RunSummary>): Promise<void>;
  /** A run with its account as of its last event; undefined if this browser has no such run. */
  open(runId: string): Promise<StoredRun | undefined>;
  /** The number of the last record in a run’s journal, which grows with all that happens; undefined without records. */
  lastRecord(runId: string): Promise<number | undefined>;
  /** All events of a run, oldest first: the history of its rows. */
  events(runId: string): Promise<RunEvent[]>;
  /** The events of these records of the journal, by their numbers in order; none for a record that isn’t there. */
  recordsAt(runId: string, numbers: readonly number[]): Promise<RunEvent[][]>;
  /** The submitted text; undefined if it was too large to be kept. */
  source(runId: string): Promise<StoredSource | undefined>;
  /** Newest first. */
  list(): Promise<RunSummary[]>;
  /** Deletes runs that are older than that and not pinned, and says which. */
  expire(): Promise<RunSummary[]>;
  setPinned(runId: string, pinned: boolean): Promise<void>;
  delete(runIds: readonly string[]): Promise<void>;
  /** Bytes used by this origin and granted to it, and whether the browser may delete them; undefined where it doesn't say. */
  usage(): Promise<StoreUsage | undefined>;
  /** A run as a file, to be opened in another browser. No token in it. */
  save(runId: string): Promise<Blob>;
  /** Adds a run from such a file. Rejects with a sentence for people if it isn't one, or a newer Sheaf wrote it. */
  add(file: Blob): Promise<RunSummary>;
}

export interface NewRun {
  plan: Plan;
  view: PlanView;
  summary: RunSummary;
  source: StoredSource | undefined;
}

export interface StoredRun {
  plan: Plan;
  view: PlanView;
  summary: RunSummary;
  account: Account;
}

/** The text as it was submitted, with what is needed to find its rows in it. */
export interface StoredSource {
  /** UTF-8. */
  bytes: Uint8Array<ArrayBuffer>;
  importSettings: ImportSettings;
}

/** A run as the list of runs shows it. */
export interface RunSummary {
  id: string;
  /** Of the file; undefined for pasted text. */
  fileName: string | undefined;
  projects: { id: number; title: string }[];
  server: { name: string; address: string };
  user: { id: number; name: string };
  rows: number;
  totals: RunTotals;
  createdAt: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
  pinned: boolean;
  /** Bytes in the store, about. */
  size: number;
}

export interface StoreUsage {
  used: number;
  granted: number;
  persisted: boolean;
}
