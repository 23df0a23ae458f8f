import type { Call } from '#domain/plan/plan.ts';
import { stateOf, type Account } from '#domain/results/account.ts';
import { partsOf } from './calls.ts';
import type { RunContext, UnconfirmedCall } from './run-context.ts';
import { increase, type Attempts } from './send-calls.ts';

/** A row is sent at most this often, and only ever again when it is proven missing. */
const maxAttempts = 3;

/** Queues the rows that are proven missing once more, each call in halves, until a bad row is alone in its call. */
export async function queueAgain(
  { plan, route, account, append }: RunContext,
  unconfirmed: UnconfirmedCall[],
  { timesLost }: Attempts,
): Promise<Call[]> {
  for (const { call, refused } of unconfirmed)
    if (!refused) for (const row of call.rows) increase(timesLost, row);

  const calls: Call[] = [];
  for (const { call, reason, refused } of unconfirmed) {
    const missing = call.rows.filter((row) => isProvenMissing(account, row));
    if (missing.length === 0) continue;
    const rows = Array.from(missing);
    const retry = { group: call.group, rows: missing };
    const parts = partsOf(plan, route, retry);
    const timesSent = timesLost.get(rows[0]!) ?? 0;
    if (parts !== undefined || (!refused && timesSent < maxAttempts)) {
      await append({ type: 'queued-again', rows });
      calls.push(...(parts ?? [retry]));
    } else if (!refused) {
      const words = `Sent ${timesSent} times; verified that nothing was created. ${reason}`;
      await append({ type: 'left-unsent', rows, reason: words });
    }
  }
  return calls;
}

/** True if the row was read back and wasn't there. A row that could not be read back is never sent again. */
export function isProvenMissing(account: Account, row: number): boolean {
  const state = stateOf(account, row);
  return (state === 'unknown' || state === 'refused') && account.missing.has(row);
}
