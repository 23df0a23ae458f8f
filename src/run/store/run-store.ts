import type { PlanView } from '#domain/plan/plan-view.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { Account, RunTotals } from '#domain/results/account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';

const keptDays = 90;
/** How long an unpinned run is kept. */
export const keptMs = keptDays * 24 * 60 * 60 * 1000;

/** Keeps runs in this browser, for all tabs. Contains no token. */
export interface RunStore {
  /**
   * Stores a whole run before its first call.
   * Rejects with a sentence for people if the browser can't store it; then nothing may be sent.
   */
  create(run: NewRun): Promise<void>;
  /** Appends an event. Resolves once it is on the disk (durability `strict`); events that wait together share a commit. */
  append(runId: string, event: RunEvent): Promise<void>;
  /** Stores the account as of now, so that opening the run can skip earlier events, and updates its list entry. */
  checkpoint(runId: string, account: Account, summary: Partial<RunSummary>): Promise<void>;
  /** A run with its account as of its last event; undefined if this browser has no such run. */
  open(runId: string): Promise<StoredRun | undefined>;
  /** The number of the last record of a run’s journal; undefined without records. */
  lastRecord(runId: string): Promise<number | undefined>;
  /** All events of a run, oldest first: the history of its rows. */
  events(runId: string): Promise<RunEvent[]>;
  /** The events of these journal records, in order; empty for a missing record. */
  recordsAt(runId: string, numbers: readonly number[]): Promise<RunEvent[][]>;
  /** The submitted text; undefined if it was too large to keep. */
  source(runId: string): Promise<StoredSource | undefined>;
  /** Newest first. */
  list(): Promise<RunSummary[]>;
  /** Deletes unpinned runs that are older than `keptMs`; returns them. */
  expire(): Promise<RunSummary[]>;
  setPinned(runId: string, pinned: boolean): Promise<void>;
  delete(runIds: readonly string[]): Promise<void>;
  /** Storage used by and granted to this origin, and whether the browser may evict it; undefined if unknown. */
  usage(): Promise<StoreUsage | undefined>;
  /** A run as a file for another browser. Contains no token. */
  save(runId: string): Promise<Blob>;
  /** Adds a run from such a file. Rejects with a sentence for people if it is something else or from a newer Sheaf. */
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

/** The submitted text, with what is needed to find its rows in it. */
export interface StoredSource {
  /** UTF-8. */
  bytes: Uint8Array<ArrayBuffer>;
  importSettings: ImportSettings;
}

/** A run as shown in the list. */
export interface RunSummary {
  id: string;
  /** Undefined for pasted text. */
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
  /** Approximate bytes in the store. */
  size: number;
}

export interface StoreUsage {
  used: number;
  granted: number;
  persisted: boolean;
}
