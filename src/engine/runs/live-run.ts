import type { Plan } from '#domain/plan/plan.ts';
import type { PlanView } from '#domain/plan/plan-view.ts';
import type { Account, RowState } from '#domain/results/account.ts';
import type { Activity } from '#domain/results/activity.ts';
import type { CheckedBatch } from '#domain/results/exports/remaining-rows.ts';
import type { RunPhase } from '#run/run-context.ts';
import type { NewRun, RunSummary } from '#run/store/run-store.ts';

/** A plan or run in this tab’s memory. */
export interface LiveRun {
  plan: Plan;
  view: PlanView;
  account: Account;
  summary: RunSummary;
  /** What is stored when it starts; undefined after that. */
  unstored: NewRun | undefined;
  /** Its batch; dropped when another run starts. */
  source: CheckedBatch | undefined;
  /** The text of a task, as the review read it; dropped with the batch. */
  textOf: ((project: number, task: number) => string | undefined) | undefined;
  skipReasons: RunReason[];
  phase: RunPhase;
  waitingFor: string | undefined;
  /** The activity log of all events so far; undefined until requested. */
  activity: Activity | undefined;
  /** Set while the run is executed. */
  execution: { stop: AbortController; notify: () => void } | undefined;
  /** The last requested order of the results, until a row changes. */
  order: { query: string; rows: Uint32Array } | undefined;
}

/** Why rows are in a state, mostly in the server’s words. */
export interface RunReason {
  /** The entry of the first such row. */
  entry: number;
  state: RowState;
  /** The first row’s reason. */
  reason: string;
  rows: number;
  /** True if reasons of other rows differ in their numbers. */
  differs?: true;
}
