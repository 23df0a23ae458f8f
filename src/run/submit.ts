import { proofOfGroup } from '#domain/plan/planned-groups.ts';
import { lookDueAt, rowsIn } from '#domain/results/account.ts';
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
import { Pace } from './send-calls.ts';
import { sendWaiting } from './send-waiting.ts';
import { repeatStaged } from './staging/open-stagings.ts';
import { removePredictions } from './staging/sweep.ts';

/**
 * Sends the waiting rows, confirms all of them by reading back, and ends with every row in a final state. Resuming is
 * calling it again with the same plan and account: what was sent before is confirmed before anything is sent.
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

  // A browser may have sent a call twice without the page knowing, so success is confirmed like everything else.
  await confirmCalls(context);
  if (only && !stop.aborted) haltReason ??= 'Not sent yet: only the first rows were to be created.';
  if (await leaveUnsent(context, haltReason)) await confirmDoubtful(context);
  await removePredictions(context);
  await finish(context);
}

/** Sends the first rows of a plan, so that they can be looked at. Resuming sends the others. */
export async function submitFirst(context: RunContext, rows: number): Promise<void> {
  const first = rowsIn(context.account, 'waiting').slice(0, rows);
  await submit({ ...context, only: new Set(first) });
}

/** Queues what was never sent, and rows that weren’t found and whose second copy would be refused. */
async function queueUnsent(context: RunContext): Promise<void> {
  const { account, append, now, plan, groupOf } = context;
  const unsent = rowsIn(account, 'never-sent');
  if (unsent.length > 0) await append({ type: 'queued', at: now(), rows: unsent, why: 'resumed' });
  // What was verified once was deleted since, by someone.
  const missing = rowsIn(account, 'not-found').filter((row) => account.resultHash[row] === 0);
  const repeatable = missing.filter((row) => proofOfGroup(plan.groups, groupOf[row]!) === 'unique-id');
  if (repeatable.length > 0)
    await append({ type: 'queued', at: now(), rows: repeatable, why: 'safe-to-repeat' });
  await repeatStaged(context, missing);
}

/**
 * Reads the tasks of all rows once more that could not be found or read, or were refused; of all rows, if late copies may be
 * there. Deleted ones, too: stale reads may have hidden them from an undo.
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

/** Sends rows again that were not found, because a person has seen the facts and says so. */
export async function sendAgain(context: RunContext, rows: number[]): Promise<void> {
  const { append, now } = context;
  await append({ type: 'queued', at: now(), rows, why: 'asked-for' });
  await submit(context);
}

/** Deletes what is left of the run’s predictions, and has the projects’ summaries refreshed. */
export async function cleanUp(context: RunContext): Promise<void> {
  await removePredictions(context);
  context.onPhase('finished');
}

/** Looks for late copies after all calls have settled. A copy may have been sent by the browser itself. */
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

/** Sends no more. Rows that waited to be repeated may be on the server already. Returns whether there were any rows. */
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
