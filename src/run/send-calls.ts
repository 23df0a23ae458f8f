import { inOneLine } from '#api/failure-of.ts';
import type { Call, Plan } from '#domain/plan/plan.ts';
import { targets } from '#domain/requests/request-bodies.ts';
import type { Failure } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json.ts';
import { partsOf, rowsToRead } from './calls.ts';
import { callOutcomeOf } from './fate.ts';
import { inParallel } from './in-parallel.ts';
import type { RowToRead } from './read-back.ts';
import type { RunContext, UnconfirmedCall } from './run-context.ts';

/** After so many calls in a row without a proper answer, the run stops sending by itself. */
const maxLostInARow = 5;
const maxThrottledWaits = 8;
/** So many refused calls of one row, and not one that was taken: the rest of the request is not worth asking for. */
const maxRefusedAlone = 10;

/** What one go of a run remembers of its calls, beyond the account. */
export interface Memory {
  /** By row. */
  timesLost: Map<number, number>;
  /** By group: how many calls of a single row were refused while none was taken. */
  refusedAlone: Map<number, number>;
  /** Groups that are given up, with the reason. */
  refusedGroups: Map<number, string>;
}

export interface Sent {
  suspects: UnconfirmedCall[];
  rows: RowToRead[];
  /** Why nothing more is sent; undefined where everything was. */
  halt: string | undefined;
}

/** Sends the calls, a few at a time, until none is left, the manager stops it, or it is hopeless. */
export async function sendCalls(context: RunContext, calls: Call[], memory: Memory): Promise<Sent> {
  const { refusedGroups, refusedAlone } = memory;
  const { client, plan, route, append, stop, now } = context;
  // From the end, so that taking one stays cheap however many there are.
  const queue = calls.toReversed();
  const sent: Sent = { suspects: [], rows: [], halt: undefined };
  let lostInARow = 0;

  const isOver = (): boolean => stop.aborted || sent.halt !== undefined;
  const next = (): Call | undefined => (isOver() ? undefined : queue.pop());
  await inParallel(next, route.callsInFlight, async (call) => {
    const rows = Array.from(call.rows);
    const refusal = refusedGroups.get(call.group);
    if (refusal !== undefined) return append({ type: 'left-unsent', rows, reason: refusal });

    for (let waits = 0; ; waits += 1) {
      await append({ type: 'call-sending', at: now(), rows });
      if (waits === 0) for (const row of rowsToRead(call)) sent.rows.push(row);
      const sentAt = now();
      const outcome = await route.send(client, plan, call);
      if (outcome.ok && new Set(outcome.value).size === rows.length) {
        lostInARow = 0;
        refusedAlone.set(call.group, -Infinity);
        return append({ type: 'call-answered', rows });
      }
      const failure = outcome.ok ? wrongCount(outcome.value, rows.length) : outcome.failure;
      const reason = inOneLine(failure);
      const fate = callOutcomeOf(failure);
      switch (fate.kind) {
        case 'throttled':
          await append({ type: 'call-returned', rows });
          if (waits === maxThrottledWaits) sent.halt = reason;
          for (let left = Math.min(30, 2 ** waits); left > 0 && !isOver(); left -= 1)
            await context.sleep(1000);
          if (isOver()) return;
          continue;
        case 'locked-out':
          await append({ type: 'call-returned', rows });
          sent.halt = reason;
          return;
        case 'too-large': {
          const parts = partsOf(plan, route, call);
          if (parts === undefined) return append({ type: 'call-refused', rows, reason });
          await append({ type: 'call-returned', rows });
          queue.push(...parts.toReversed());
          return;
        }
        case 'refused':
          lostInARow = 0;
          await append({ type: 'call-refused', rows, reason });
          if (rows.length === 1 && plan.groups[call.group]!.rows.length > 1)
            increase(refusedAlone, call.group);
          if (fate.mayBeOneTask && !isAboutRequest(plan, call, fate.fields))
            sent.suspects.push({ call, quietAt: 0, reason, refused: true });
          else if (route.tasksPerCall > 1) refusedGroups.set(call.group, leftBecause(reason));
          if ((refusedAlone.get(call.group) ?? 0) >= maxRefusedAlone)
            refusedGroups.set(call.group, leftBecause(reason));
          return;
        case 'lost': {
          await append({ type: 'call-lost', rows, reason });
          const limit = fate.endedAtOnce ? 0 : client.timeLimitSeconds * 1000;
          sent.suspects.push({ call, quietAt: sentAt + limit, reason, refused: false });
          lostInARow += 1;
          if (lostInARow >= maxLostInARow)
            sent.halt = `Not sent: ${maxLostInARow} calls in a row had no proper answer. The last: ${reason}`;
          return;
        }
      }
    }
  });
  return sent;
}

/** Whether the server named a field that every call of this request has, so that none of them will be taken. */
function isAboutRequest(plan: Plan, call: Call, fields: string[]): boolean {
  const entry = plan.entries.at(plan.groups[call.group]!.entry) as JsonObject;
  return fields.some((field) => field in entry && !targets.includes(field));
}

const leftBecause = (reason: string): string =>
  `Not sent: the server refused a part of this request. ${reason}`;

export function increase(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function wrongCount(ids: number[], wanted: number): Failure {
  return {
    kind: 'unreadable',
    reason: 'unreadable',
    message: `The server answered with ${new Set(ids).size} distinct ids for ${wanted} tasks.`,
    fromLabelStudio: true,
  };
}
