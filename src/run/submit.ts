import { stateOf, type Account } from '#domain/results/account.ts';
import type { Call, Plan } from '#domain/plan/plan.ts';
import { audit, readBaselines } from './audit.ts';
import { callsOfWaiting, partsOf, rowsOfGroups, rowsToRead } from './calls.ts';
import type { RowToRead } from './read-back.ts';
import type { RunContext, UnconfirmedCall } from './run-context.ts';
import { increase, sendCalls, type Memory } from './send-calls.ts';

/** A row is sent at most this often, and only ever again when it is proven missing. */
const maxAttempts = 3;

/**
 * Sends the rows that wait, reads all of them back, sends again what is proven missing, and ends with every row in a
 * final state. To resume is to call it again with the same plan and account.
 */
export async function submit(context: RunContext): Promise<void> {
  const { plan, account, append, onPhase, now, stop } = context;
  await append({ type: 'started', at: now() });

  const again = rowsIn(account, plan, 'not-sent');
  if (again.length > 0) await append({ type: 'queued-again', rows: again });
  onPhase('sending');
  let halt = await readBaselines(context);
  let calls = callsOfWaiting(plan, context.route, account);
  const touched = new Map<number, RowToRead>();
  const memory: Memory = { timesLost: new Map(), refusedAlone: new Map(), refusedGroups: new Map() };

  while (calls.length > 0 && halt === undefined && !stop.aborted) {
    onPhase('sending');
    const sent = await sendCalls(context, calls, memory);
    halt = sent.halt;
    for (const row of sent.rows) touched.set(row.row, row);
    const lost = sent.suspects.filter(({ refused }) => !refused);
    for (const { call } of lost) for (const row of call.rows) increase(memory.timesLost, row);
    await audit(
      context,
      sent.suspects.flatMap(({ call }) => rowsToRead(call)),
      lost.length === 0 ? undefined : Math.max(...lost.map(({ quietAt }) => quietAt)),
    );
    calls = await queueAgain(context, sent.suspects, memory);
  }

  // A browser may have sent a call twice without telling anybody, so success is read back like anything else.
  await audit(context, [...touched.values()], undefined);
  await leaveUnsent(context, halt ?? 'The run was stopped before it was its turn.');
  await append({ type: 'finished', at: now() });
  onPhase('finished');
}

/**
 * Reads the tasks of all unknown rows (and of refused ones that nobody could read back) once more. What is now proven
 * missing can be sent.
 */
export async function readUnknownAgain(context: RunContext): Promise<void> {
  const { plan, account, append, now, onPhase } = context;
  const unknown = new Set(rowsIn(account, plan, 'unknown'));
  await append({ type: 'started', at: now() });
  const asked = rowsOfGroups(plan).filter(({ row }) => unknown.has(row));
  await audit(context, asked, now());
  const rows = rowsIn(account, plan, 'unknown').filter((row) => isMissing(account, row));
  const reason = 'Reading back again proves that nothing of it is on the task.';
  if (rows.length > 0) await append({ type: 'left-unsent', rows, reason });
  await append({ type: 'finished', at: now() });
  onPhase('finished');
}

/** What is proven missing goes into the queue once more, in halves, until a bad row stands alone. */
async function queueAgain(
  { plan, route, account, append }: RunContext,
  suspects: UnconfirmedCall[],
  { timesLost }: Memory,
): Promise<Call[]> {
  const calls: Call[] = [];
  for (const { call, reason, refused } of suspects) {
    const missing = call.rows.filter((row) => isMissing(account, row));
    if (missing.length === 0) continue;
    const rows = Array.from(missing);
    const rest = { group: call.group, rows: missing };
    const parts = partsOf(plan, route, rest);
    const tries = timesLost.get(rows[0]!) ?? 0;
    // Alone and refused is refused; in a crowd each row is worth a call of its own in the end.
    const isOver = parts === undefined ? refused || tries >= maxAttempts : false;
    if (!isOver) {
      await append({ type: 'queued-again', rows });
      calls.push(...(parts ?? [rest]));
    } else if (!refused) {
      const told = `Sent ${tries} times; reading back proves that nothing was created. ${reason}`;
      await append({ type: 'left-unsent', rows, reason: told });
    }
  }
  return calls;
}

/** Read back, and nothing was there. A row that could not be read back has its reason, and is never sent again. */
function isMissing(account: Account, row: number): boolean {
  const state = stateOf(account, row);
  return (state === 'unknown' || state === 'refused') && account.missing.has(row);
}

async function leaveUnsent({ plan, account, append }: RunContext, reason: string): Promise<void> {
  const rows = rowsIn(account, plan, 'waiting');
  if (rows.length > 0) await append({ type: 'left-unsent', rows, reason });
}

function rowsIn(account: Account, plan: Plan, state: ReturnType<typeof stateOf>): number[] {
  return Array.from(plan.rows.task.keys()).filter((row) => stateOf(account, row) === state);
}
