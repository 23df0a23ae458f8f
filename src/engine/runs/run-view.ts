import type { Plan } from '#domain/plan/plan.ts';
import type { PlanView } from '#domain/plan/plan-view.ts';
import {
  stateOf,
  type Account,
  type UndoRecord,
  type RowState,
  type RunTotals,
} from '#domain/results/account.ts';
import { kindOfReason } from '#domain/results/result-rows.ts';
import { countResumable, isNeeded } from '#run/staging/open-stagings.ts';
import { limits } from '#wire/limits.ts';
import type { RunPhase } from '#run/run-context.ts';
import type { LiveRun, RunReason } from './live-run.ts';

export type { RunPhase };

/** A run as shown on a screen. */
export interface RunView {
  id: string;
  plan: PlanView;
  /** Undefined for pasted text. */
  fileName: string | undefined;
  /** The server’s address for people, without a final slash. */
  address: string;
  phase: RunPhase;
  /** What the run is waiting for, in words for people. */
  waitingFor?: string;
  totals: RunTotals;
  calls: { sent: number; total: number };
  startedAt: number;
  endedAt?: number;
  /** When missing rows were last looked for. */
  notFoundAt?: number;
  /** How many missing rows are sent again by resuming; 0 while the run continues. */
  resumable: number;
  /** When the tasks will be read again, for late copies. */
  secondLookAt?: number;
  /** True if another tab executes it. */
  isElsewhere?: boolean;
  /** Predictions and stale summaries left on the server; undefined if none, or while the run continues. */
  left?: {
    predictions: number;
    /** True if predictions are kept for rows that may be sent again. */
    isNeeded: boolean;
    unrefreshed: number[];
    reason: string | undefined;
  };
  /** Verified rows whose tasks Label Studio may not count as labelled. */
  uncounted: number;
  /** The last undo, and what it kept. */
  undo?: { isOver: boolean; startedAt: number; kept: { reason: string; rows: number }[] };
  /** Rows with new annotations on their tasks that may be second copies or someone else’s. */
  suspects: number;
  /** Annotations that the server created for a selection, and that match no row. */
  extra: number[];
  /** Most frequent first, at most `limits.listedReasons`. */
  reasons: RunReason[];
}

export function viewOfRun(run: LiveRun): RunView {
  const { plan, account, view, phase, waitingFor, skipReasons } = run;
  return {
    id: plan.id,
    plan: view,
    fileName: run.summary.fileName,
    address: plan.server.address,
    phase,
    ...(waitingFor !== undefined && { waitingFor }),
    totals: { ...account.totals },
    // Split calls and second attempts add to the planned calls.
    calls: { sent: account.callsSent, total: Math.max(view.calls, account.callsSent) },
    startedAt: account.startedAt ?? 0,
    ...(account.endedAt !== undefined && { endedAt: account.endedAt }),
    ...(account.totals['not-found'] > 0 && lastOf(account.notFoundAt)),
    resumable: phase === 'finished' ? countResumable(run) : 0,
    ...(account.secondLookAt !== undefined && { secondLookAt: account.secondLookAt }),
    ...leftOf(run),
    ...(account.undo && { undo: undoView(account.undo) }),
    uncounted: countUncounted(account),
    suspects: account.suspects.size,
    extra: [...account.extra].slice(0, limits.listedReasons),
    reasons: mostFrequent([...skipReasons, ...sendReasons(run)]),
  };
}

function lastOf(times: Account['notFoundAt']): Pick<RunView, 'notFoundAt'> {
  let last = 0;
  for (const at of times?.values() ?? []) last = Math.max(last, at);
  return last === 0 ? {} : { notFoundAt: last };
}

/** Late predictions are handled by the second look, unless rows may need them. */
function leftOf({ account, phase }: LiveRun): Pick<RunView, 'left'> {
  const { staged, secondLookAt } = account;
  if (!staged || phase !== 'finished') return {};
  const open = [...staged.open.values()].filter(
    (one) => one.sweepFailed !== undefined || secondLookAt === undefined || isNeeded(account, one),
  );
  if (open.length === 0 && staged.unrefreshed.size === 0) return {};
  const unneeded = open.filter((one) => !isNeeded(account, one));
  const reasons = [...unneeded.map(({ sweepFailed }) => sweepFailed), ...staged.unrefreshed.values()];
  return {
    left: {
      predictions: open.reduce((sum, { staging }) => sum + staging.rows.length, 0),
      isNeeded: unneeded.length < open.length,
      unrefreshed: [...staged.unrefreshed.keys()],
      reason: reasons.find((reason) => reason !== undefined),
    },
  };
}

function countUncounted(account: Account): number {
  const rows = [...(account.staged?.uncounted ?? [])];
  return rows.filter((row) => ['created', 'duplicated'].includes(stateOf(account, row))).length;
}

const undoView = ({ startedAt, endedAt, kept }: UndoRecord) => ({
  isOver: endedAt !== undefined,
  startedAt,
  kept,
});

/** Why the plan skips rows. Computed once, because it never changes and may cover every row. */
export const skipReasonsOf = (plan: Plan): RunReason[] => countReasons(plan, plan.skips, () => 'skipped');

/** Why rows that should have been sent were not created. */
const sendReasons = ({ plan, account }: LiveRun): RunReason[] =>
  countReasons(plan, unskipped(account), (row) => stateOf(account, row));

function* unskipped(account: Account): Generator<[row: number, reason: string]> {
  for (const entry of account.reason) if (stateOf(account, entry[0]) !== 'skipped') yield entry;
}

/** Counts reasons of the same state, ignoring differences in numbers. */
function countReasons(
  plan: Plan,
  reasons: Iterable<[row: number, reason: string]>,
  stateOfRow: (row: number) => RowState,
): RunReason[] {
  const counted = new Map<string, RunReason>();
  for (const [row, reason] of reasons) {
    const state = stateOfRow(row);
    const key = `${state} ${kindOfReason(reason)}`;
    const known = counted.get(key);
    if (known) {
      known.rows += 1;
      if (known.reason !== reason) known.differs = true;
    } else counted.set(key, { entry: plan.rows.entry[row]!, state, reason, rows: 1 });
  }
  return mostFrequent([...counted.values()]);
}

const mostFrequent = (reasons: RunReason[]) =>
  reasons.toSorted((one, other) => other.rows - one.rows).slice(0, limits.listedReasons);
