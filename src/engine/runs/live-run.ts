import type { Plan } from '#domain/plan/plan.ts';
import type { PlanView } from '#domain/plan/plan-view.ts';
import type { Account, RowState } from '#domain/results/account.ts';
import type { Activity } from '#domain/results/activity.ts';
import type { CheckedBatch } from '#domain/results/exports/remaining-rows.ts';
import type { RunPhase } from '#run/run-context.ts';
import type { NewRun, RunSummary } from '#run/store/run-store.ts';

/** A plan or run that this tab has in memory. */
export interface LiveRun {
  plan: Plan;
  view: PlanView;
  account: Account;
  summary: RunSummary;
  /** What is stored when it starts; undefined once it is. */
  unstored: NewRun | undefined;
  /** The batch it was planned from; dropped when another run starts. */
  source: CheckedBatch | undefined;
  skipReasons: RunReason[];
  phase: RunPhase;
  waitingFor: string | undefined;
  /** What happened, with all events so far; undefined until it is asked for. */
  activity: Activity | undefined;
  /** Set while the run is being carried out. */
  execution: { stop: AbortController; notify: () => void } | undefined;
  /** The last asked sort order and filter of the results, until a row changes. */
  order: { query: string; rows: Uint32Array } | undefined;
}

/** Why rows are in a state, mostly in the server's words. */
export interface RunReason {
  /** The entry of the first such row. */
  entry: number;
  state: RowState;
  /** Of the first row. */
  reason: string;
  rows: number;
  /** True if the reasons of the other rows have other numbers. */
  differs?: true;
}
