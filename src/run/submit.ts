import { stateOf } from '#domain/results/account.ts';
import { recordBaselines } from './baseline.ts';
import { callsOfWaiting, rowsInState, rowsOfGroups, rowsToRead } from './calls.ts';
import { confirmRows } from './confirm.ts';
import type { RowToRead } from './read-back.ts';
import { isProvenMissing, queueAgain } from './retry.ts';
import type { RunContext, UnconfirmedCall } from './run-context.ts';
import { noAttempts, sendCalls } from './send-calls.ts';

/**
 * Sends the waiting rows, confirms all of them by reading back, sends again what is proven missing, and ends with every
 * row in a final state. Resuming is calling it again with the same plan and account.
 */
export async function submit(context: RunContext): Promise<void> {
  const { plan, account, append, onPhase, now, stop } = context;
  await append({ type: 'started', at: now() });
  const unsent = rowsInState(plan, account, 'not-sent');
  if (unsent.length > 0) await append({ type: 'queued-again', rows: unsent });
  onPhase('sending');
  let haltReason = await recordBaselines(context);
  let calls = callsOfWaiting(plan, context.route, account);
  const sentRows = new Map<number, RowToRead>();
  const attempts = noAttempts();

  while (calls.length > 0 && haltReason === undefined && !stop.aborted) {
    onPhase('sending');
    const sent = await sendCalls(context, calls, attempts);
    haltReason = sent.haltReason;
    for (const row of sent.rows) sentRows.set(row.row, row);
    const rows = sent.unconfirmed.flatMap(({ call }) => rowsToRead(call));
    await confirmRows(context, rows, lastSettled(sent.unconfirmed));
    calls = await queueAgain(context, sent.unconfirmed, attempts);
  }

  // A browser may have sent a call twice without the page knowing, so success is confirmed like everything else.
  await confirmRows(context, [...sentRows.values()]);
  const waiting = rowsInState(plan, account, 'waiting');
  if (waiting.length > 0)
    await append({ type: 'left-unsent', rows: waiting, reason: haltReason ?? 'Not sent: run stopped.' });
  await append({ type: 'finished', at: now() });
  onPhase('finished');
}

/** Reads the tasks of all unknown rows once more. Rows that are now proven missing can be sent again. */
export async function readUnknownAgain(context: RunContext): Promise<void> {
  const { plan, account, append, now, onPhase } = context;
  const isUnknown = (row: number): boolean => stateOf(account, row) === 'unknown';
  await append({ type: 'started', at: now() });
  const unknown = rowsOfGroups(plan).filter(({ row }) => isUnknown(row));
  await confirmRows(context, unknown, now());
  const rows = rowsInState(plan, account, 'unknown').filter((row) => isProvenMissing(account, row));
  const reason = 'Checked again: it isn’t on the task, so it can be sent again.';
  if (rows.length > 0) await append({ type: 'left-unsent', rows, reason });
  await append({ type: 'finished', at: now() });
  onPhase('finished');
}

/** When the last of the lost calls has settled; undefined where none was lost. */
function lastSettled(calls: UnconfirmedCall[]): number | undefined {
  const lost = calls.filter(({ refused }) => !refused);
  return lost.length === 0 ? undefined : Math.max(...lost.map(({ settledAfter }) => settledAfter));
}
