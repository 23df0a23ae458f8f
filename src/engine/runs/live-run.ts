import type { PlanView } from '#domain/plan/plan-view.ts';
import type { RowState } from '#domain/results/account.ts';
import type { CheckedBatch } from '#domain/results/remaining-rows.ts';
import type { RunPhase } from '#run/run-context.ts';
import type { StoredRun } from '#run/run-store.ts';

/** A plan or run of this tab. */
export interface LiveRun {
  stored: StoredRun;
  /** The batch it was planned from; dropped when another run starts. */
  source: CheckedBatch | undefined;
  view: PlanView;
  linkBase: string;
  skipReasons: RunReason[];
  phase: RunPhase;
  waitingFor: string | undefined;
  /** Set while the run is being carried out. */
  execution: { stop: AbortController; notify: () => void } | undefined;
  /** The last asked sort order and filter of the results, until a row changes. */
  order: { query: string; rows: Uint32Array } | undefined;
}

/** Why rows of one entry are in a state, mostly in the server's words. */
export interface RunReason {
  entry: number;
  state: RowState;
  reason: string;
  rows: number;
}
