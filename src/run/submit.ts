import { proofOfGroup } from '#domain/plan/planned-groups.ts';
import { lookDueAt, rowsIn } from '#domain/results/account.ts';
import { missingRows } from './calls.ts';
import { recordBaseline } from '#run/read/baseline.ts';
import {
  confirmDoubtful,
  confirmRefused,
  confirmUnconfirmed,
  lookAgain,
  takeOverCalls,
  verifyAnswered,
} from './confirm.ts';
import type { RunContext } from './run-context.ts';
import { Pace, sendCalls } from './send-calls.ts';
import { isDone, repeatStaged } from './staging/open-stagings.ts';
import { sendStaged } from './staging/send-staged.ts';
import { removePredictions } from './staging/sweep.ts';

/**
 * Sends the waiting rows, confirms all by reading back, and gives every row a final state. Call it again with the same
 * plan and account to resume: calls that were sent before are confirmed first.
 */
export async function submit(context: RunContext): Promise<void> {
  const { account, append, onPhase, now, stop, only } = context;
  await append({ type: 'started', at: now() });
  onPhase('reading-back');
  await takeOverCalls(context);
  await confirmCalls(context);
  await confirmDoubtful(context);
  await queueUnsent(context);

  const pace = new Pace(context);
  let haltReason = await recordBaseline(context);
  const isAllSent = () =>
    only ? !rowsIn(account, 'waiting').some((row) => only.has(row)) : account.totals.waiting === 0;
  const isOver = () => haltReason !== undefined || stop.aborted || isAllSent();
  while (!isOver()) {
    onPhase('sending');
    haltReason = await sendWaiting(context, pace);
    await confirmRefused(context);
    const mayRepeat = haltReason === undefined && !stop.aborted;
    if (isAllSent()) await confirmUnconfirmed(context, mayRepeat);
  }

  // A browser may send a call twice unnoticed, so successful calls are confirmed, too.
  await confirmCalls(context);
  if (only && !stop.aborted) haltReason ??= 'Not sent yet: only the first rows were to be created.';
  if (await leaveUnsent(context, haltReason)) await confirmDoubtful(context);
  await removePredictions(context);
  await finish(context);
}

/**
 * Sends all waiting rows, until none is left, the run is stopped, or calls keep failing.
 *
 * @returns why sending ended early; undefined if every row was sent, or the run was stopped
 */
async function sendWaiting(context: RunContext, pace: Pace): Promise<string | undefined> {
  for (const name of context.plan.groups.routes) {
    const route = context.routeOf(name);
    if (route.staging) await sendStaged(context, route, route.staging, pace);
    else await sendCalls(context, route, pace);
  }
  return pace.haltReason;
}

/** Sends the first rows of a plan as a pilot. Resuming sends the others. */
export async function submitFirst(context: RunContext, rows: number): Promise<void> {
  const first = rowsIn(context.account, 'waiting').slice(0, rows);
  await submit({ ...context, only: new Set(first) });
}

/** Queues unsent rows, and missing rows whose second copy would be refused. */
async function queueUnsent(context: RunContext): Promise<void> {
  const { account, append, now, plan, groupOf } = context;
  const unsent = rowsIn(account, 'never-sent');
  if (unsent.length > 0) await append({ type: 'queued', at: now(), rows: unsent, why: 'resumed' });
  const missing = missingRows(account);
  const repeatable = missing.filter((row) => proofOfGroup(plan.groups, groupOf[row]!) === 'unique-id');
  if (repeatable.length > 0)
    await append({ type: 'queued', at: now(), rows: repeatable, why: 'safe-to-repeat' });
  await repeatStaged(context, missing);
}

/**
 * Reads the tasks of rows again that were refused, not found or unreadable; of all rows, if late copies are possible.
 * Deleted rows too: stale reads may have hidden them from an undo.
 */
export async function checkAgain(context: RunContext): Promise<void> {
  const { append, now } = context;
  await append({ type: 'started', at: now() });
  await takeOverCalls(context);
  await confirmCalls(context);
  await leaveUnsent(context);
  await confirmDoubtful(context, 'refused', 'deleted');
  if (lookDueAt(context.account) !== undefined) await lookAgain(context);
  await removePredictions(context);
  await finish(context);
}

/** Sends missing rows again, after a person decided to. */
export async function sendAgain(context: RunContext, rows: number[]): Promise<void> {
  const { append, now } = context;
  await append({ type: 'queued', at: now(), rows, why: 'asked-for' });
  await submit(context);
}

/** Deletes the run’s remaining predictions, those of missing rows too, and refreshes the projects’ summaries. */
export async function cleanUp(context: RunContext): Promise<void> {
  await removePredictions(context, (account, open) => !isDone(account, open));
  context.onPhase('finished');
}

/** Looks for late copies after all calls have settled. The browser itself may have sent a copy. */
export async function lookForLateCopies(context: RunContext): Promise<void> {
  await lookAgain(context);
  await removePredictions(context);
  context.onPhase('finished');
}

async function confirmCalls(context: RunContext): Promise<void> {
  await confirmRefused(context);
  await confirmUnconfirmed(context, false);
  await verifyAnswered(context);
}

/** Stops sending. Rows that waited to be repeated may be on the server already. Returns whether there were any rows. */
async function leaveUnsent({ account, append, now }: RunContext, haltReason?: string): Promise<boolean> {
  const rows = rowsIn(account, 'waiting');
  if (rows.length === 0) return false;
  await append({ type: 'left-unsent', at: now(), rows, reason: haltReason ?? 'Not sent: run stopped.' });
  return true;
}

async function finish({ account, append, onPhase, now }: RunContext): Promise<void> {
  const secondLookAt = lookDueAt(account);
  await append({ type: 'finished', at: now(), ...(secondLookAt !== undefined && { secondLookAt }) });
  onPhase('finished');
}
