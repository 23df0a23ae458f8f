import { inOneLine } from '#api/failure-of.ts';
import type { Call, Plan } from '#domain/plan/plan.ts';
import { targetFields } from '#domain/requests/target.ts';
import type { Failure } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json.ts';
import { partsOf, rowsToRead } from './calls.ts';
import { callOutcomeOf } from './call-outcome.ts';
import { inParallel } from './in-parallel.ts';
import type { RowToRead } from './read-back.ts';
import type { RunContext, UnconfirmedCall } from './run-context.ts';

/** The run stops sending after this many lost calls in a row. */
const maxLostInARow = 5;
const maxThrottledWaits = 8;
/** A group is abandoned after this many refused calls of a single row, when no call of it was accepted. */
const maxRefusedAlone = 10;

/** Counters of one run, beyond its account. */
export interface Attempts {
  /** By row: how often its call was lost. */
  timesLost: Map<number, number>;
  /** By group: how many calls of a single row were refused before any was accepted. */
  refusedAlone: Map<number, number>;
  /** By group: why its remaining rows are not sent. */
  abandonedGroups: Map<number, string>;
}

/** A new run's counters. */
export function noAttempts(): Attempts {
  return { timesLost: new Map(), refusedAlone: new Map(), abandonedGroups: new Map() };
}

export interface SendResult {
  unconfirmed: UnconfirmedCall[];
  rows: RowToRead[];
  /** Why sending ended early; undefined where every call was sent. */
  haltReason: string | undefined;
}

/** Sends the calls, a few at a time, until none is left, the run is stopped, or calls keep failing. */
export async function sendCalls(context: RunContext, calls: Call[], attempts: Attempts): Promise<SendResult> {
  const { abandonedGroups, refusedAlone } = attempts;
  const { client, plan, route, append, stop, now } = context;
  // Reversed, because pop() is cheap on a long list and shift() is not.
  const queue = calls.toReversed();
  const result: SendResult = { unconfirmed: [], rows: [], haltReason: undefined };
  let lostInARow = 0;

  const isOver = (): boolean => stop.aborted || result.haltReason !== undefined;
  const next = (): Call | undefined => (isOver() ? undefined : queue.pop());
  await inParallel(next, route.callsInFlight, async (call) => {
    const rows = Array.from(call.rows);
    const refusal = abandonedGroups.get(call.group);
    if (refusal !== undefined) return append({ type: 'left-unsent', rows, reason: refusal });

    for (let waits = 0; ; waits += 1) {
      await append({ type: 'call-sending', at: now(), rows });
      if (waits === 0) for (const row of rowsToRead(call)) result.rows.push(row);
      const sentAt = now();
      const outcome = await route.send(client, plan, call);
      if (outcome.ok && new Set(outcome.value).size === rows.length) {
        lostInARow = 0;
        refusedAlone.set(call.group, -Infinity);
        return append({ type: 'call-answered', rows });
      }
      const failure = outcome.ok ? wrongCount(outcome.value, rows.length) : outcome.failure;
      const reason = inOneLine(failure);
      const callOutcome = callOutcomeOf(failure);
      switch (callOutcome.kind) {
        case 'throttled':
          await append({ type: 'call-returned', rows });
          if (waits === maxThrottledWaits) result.haltReason = reason;
          for (let left = Math.min(30, 2 ** waits); left > 0 && !isOver(); left -= 1)
            await context.sleep(1000);
          if (isOver()) return;
          continue;
        case 'locked-out':
          await append({ type: 'call-returned', rows });
          result.haltReason = reason;
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
          if (callOutcome.mayBeOneTask && !isAboutRequest(plan, call, callOutcome.fields))
            result.unconfirmed.push({ call, settledAfter: 0, reason, refused: true });
          else if (route.tasksPerCall > 1) abandonedGroups.set(call.group, abandonedReason(reason));
          if ((refusedAlone.get(call.group) ?? 0) >= maxRefusedAlone)
            abandonedGroups.set(call.group, abandonedReason(reason));
          return;
        case 'lost': {
          await append({ type: 'call-lost', rows, reason });
          const limit = callOutcome.endedAtOnce ? 0 : client.timeLimitSeconds * 1000;
          result.unconfirmed.push({ call, settledAfter: sentAt + limit, reason, refused: false });
          lostInARow += 1;
          if (lostInARow >= maxLostInARow)
            result.haltReason = `Not sent: ${maxLostInARow} calls in a row got no usable answer. The last one: ${reason}`;
          return;
        }
      }
    }
  });
  return result;
}

/** True if the server named a field that all calls of this request have, so that it would refuse every one. */
function isAboutRequest(plan: Plan, call: Call, fields: string[]): boolean {
  const entry = plan.entries.at(plan.groups[call.group]!.entry) as JsonObject;
  return fields.some((field) => field in entry && !targetFields.includes(field));
}

const abandonedReason = (reason: string): string =>
  `Not sent: the server refused another part of this request. ${reason}`;

export function increase(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function wrongCount(ids: number[], wanted: number): Failure {
  return {
    kind: 'unreadable',
    reason: 'unreadable',
    message: `The server returned ${new Set(ids).size} distinct IDs for ${wanted} tasks.`,
    fromLabelStudio: true,
  };
}
