import { inOneLine } from '#api/http/failure-of.ts';
import { bodyOf, routeOfGroup } from '#domain/plan/planned-groups.ts';
import { waitingRows, whyGivenUp, type Account } from '#domain/results/account.ts';
import type { Call } from '#domain/results/run-event.ts';
import type { Failure } from '#wire/failure.ts';
import { classifyAnswer } from './classify-answer.ts';
import { inParallel } from './in-parallel.ts';
import type { Created, Draft, Route } from './routes/route.ts';
import type { RunContext } from './run-context.ts';
import { callUuid } from './unique-id.ts';

/** Sending stops after this many calls in a row without a usable answer. */
const maxUnconfirmedInARow = 5;
const maxThrottledInARow = 8;
/** Added to the server’s time limit: a copy of the call may still be processed until then. */
export const graceMs = 10_000;
/** If storing a call took longer than this, its time of sending is set again, a few times. */
const maxStoreMs = 1_000;
const maxStores = 5;

/** Sends the waiting rows of a route, a few calls at a time, until none is left or `pace` ends it. */
export async function sendCalls(context: RunContext, route: Route, pace: Pace): Promise<void> {
  const calls = nextCalls(context, route);
  await inParallel(
    () => (pace.isOver() ? undefined : calls.next().value),
    route.callsInFlight,
    async (draft) => {
      await pace.wait();
      if (!pace.isOver()) await sendCall(context, route, draft, pace);
    },
  );
}

/** Decides whether and when the next call may be sent. */
export class Pace {
  haltReason: string | undefined;
  private notBefore = 0;
  private whyLater = '';
  private throttledInARow = 0;
  private notReadyInARow = 0;
  private readonly context: RunContext;

  constructor(context: RunContext) {
    this.context = context;
  }

  isOver(): boolean {
    return this.haltReason !== undefined || this.context.stop.aborted;
  }

  async wait(): Promise<void> {
    const { now, sleep, onPhase } = this.context;
    for (let left = this.notBefore - now(); left > 0 && !this.isOver(); left = this.notBefore - now()) {
      onPhase('sending', `${this.whyLater}: ${Math.ceil(left / 1000)} s to go`);
      await sleep(Math.min(1000, left));
    }
  }

  private waitFor(ms: number, why: string): void {
    const notBefore = this.context.now() + ms;
    if (notBefore <= this.notBefore) return;
    this.notBefore = notBefore;
    this.whyLater = why;
  }

  answered(): void {
    this.throttledInARow = 0;
    this.notReadyInARow = 0;
  }

  /** No call could be sent for lack of a valid token. */
  notReady(failure: Failure): void {
    this.notReadyInARow += 1;
    this.waitFor(500 * 2 ** this.notReadyInARow, 'The token can’t be renewed, next attempt');
    if (failure.status === 401 || failure.kind === 'input' || this.notReadyInARow >= maxUnconfirmedInARow)
      this.haltReason ??= `Not sent: ${inOneLine(failure)}`;
  }

  async failed(failure: Failure, isNotProcessed: boolean): Promise<void> {
    const { account, now, append } = this.context;
    const reason = inOneLine(failure);
    const { status, kind, retryAfterSeconds } = failure;
    if (status === 429 || (status === 503 && retryAfterSeconds !== undefined)) {
      this.throttledInARow += 1;
      const seconds = retryAfterSeconds ?? Math.min(30, 2 ** this.throttledInARow);
      this.waitFor(seconds * 1000, 'The server asks to wait');
      if (this.throttledInARow > maxThrottledInARow) this.haltReason ??= reason;
      await append({ type: 'throttled', at: now(), seconds, asked: retryAfterSeconds !== undefined });
    } else if (status === 401 || kind === 'input' || isNotProcessed) this.haltReason ??= reason;
    else {
      // The wait doubles with each lost answer, so that a server in trouble isn’t flooded.
      this.waitFor(500 * 2 ** account.unconfirmedInARow.length, 'No usable answer, next attempt');
      if (account.unconfirmedInARow.length >= maxUnconfirmedInARow)
        this.haltReason ??= `Not sent: ${maxUnconfirmedInARow} calls in a row got no usable answer. The last one: ${reason}`;
    }
  }
}

/** The waiting rows of this route as calls, each of the size that is best at that moment. */
function* nextCalls({ plan, account, only }: RunContext, route: Route): Generator<Draft, undefined> {
  const { groups } = plan;
  for (let group = 0; group < groups.count; group += 1) {
    if (routeOfGroup(groups, group) !== route.name) continue;
    const waiting = waitingRows(account, plan, group);
    const rows = only ? waiting.filter((row) => only.has(row)) : waiting;
    const isSelection =
      groups.selections.has(group) && rows.length === groups.starts[group + 1]! - groups.starts[group]!;
    for (let from = 0; from < rows.length;) {
      const size = Math.min(
        account.splitSize.get(rows[from]!) ?? Infinity,
        account.tasksPerCall,
        route.maxTasksPerCall,
      );
      // A selection can’t be divided: the server chooses its tasks.
      const to = isSelection ? rows.length : from + size;
      yield { group, rows: Array.from(rows.subarray(from, to)) };
      from = to;
    }
  }
  return undefined;
}

/** Sends a call and records its answer. */
export async function sendCall(context: RunContext, route: Route, draft: Draft, pace: Pace): Promise<void> {
  const { account, append, plan, client, now } = context;
  const { group, rows } = draft;
  const reasonNotToSend = whyGivenUp(account, group);
  if (reasonNotToSend !== undefined)
    return append({ type: 'left-unsent', at: now(), rows, reason: reasonNotToSend });

  let call: Call | undefined;
  const outcome = await route.send(client, plan, draft, async () => {
    // Renewing the token may have taken a while.
    if (pace.isOver()) return undefined;
    call = await announce(context, draft);
    return `${callUuid(plan.id, call.id)} ${call.sentAt}`;
  });
  if (call === undefined) return outcome.ok || pace.isOver() ? undefined : pace.notReady(outcome.failure);
  const answer = { call: call.id, at: now() };
  if (outcome.ok && isWhole(outcome.value, draft, account)) {
    pace.answered();
    return append({ type: 'call-answered', ...answer, ids: outcome.value.ids });
  }
  const failure = outcome.ok ? wrongCount(outcome.value, rows.length) : outcome.failure;
  const reason = inOneLine(failure);
  const found = classifyAnswer(failure, bodyOf(plan.groups, group), context.askAboutCall !== undefined);
  // Staged rows were accepted before, so a refusal proves nothing about them.
  if (found.kind === 'refused' && draft.staging !== undefined) {
    await append({ type: 'call-unconfirmed', ...answer, reason });
    return pace.failed(failure, false);
  }
  switch (found.kind) {
    case 'refused':
      await append({ type: 'call-refused', ...answer, reason, refusal: found.refusal });
      return pace.answered();
    case 'not-processed':
      await append({ type: 'call-not-processed', ...answer, reason });
      return pace.failed(failure, true);
    case 'unconfirmed':
      await append({
        type: 'call-unconfirmed',
        ...answer,
        reason,
        ...(outcome.ok && {
          ids: outcome.value.ids,
          ...(draft.staging !== undefined && outcome.value.count === 0 && { isNothing: true }),
        }),
      });
      return pace.failed(failure, false);
  }
}

/** Stores that a call is about to be sent. */
async function announce(context: RunContext, draft: Draft): Promise<Call> {
  const { client, append, now } = context;
  for (let stores = 1; stores <= maxStores; stores += 1) {
    const sentAt = now();
    const settledAfter = sentAt + client.timeLimitSeconds * 1000 + graceMs;
    const call: Call = {
      id: context.nextCallId(),
      ...draft,
      sentAt,
      settledAfter,
      ...(context.askAboutCall && { isRemembered: true }),
    };
    await append({ type: 'call-sent', call });
    if (now() - sentAt <= maxStoreMs) return call;
    await append({
      type: 'call-not-processed',
      call: call.id,
      at: now(),
      reason: 'It took too long to be stored.',
    });
  }
  throw new Error(
    'The run stopped: this browser takes too long to store what is sent. Close other programs, and resume.',
  );
}

/** Rows that were sent before may be annotations already: a prediction becomes one only once. */
const isWhole = ({ count }: Created, { rows, staging }: Draft, { timesUnconfirmed }: Account): boolean =>
  count === rows.length ||
  (staging !== undefined && count < rows.length && rows.every((row) => timesUnconfirmed.has(row)));

function wrongCount({ ids, count }: Created, wanted: number): Failure {
  const created = ids.length > 0 ? `returned ${count} distinct IDs` : `created ${count} annotations`;
  return {
    kind: 'unreadable',
    reason: 'unreadable',
    message: `The server ${created} for ${wanted} tasks.`,
    fromLabelStudio: true,
  };
}
