import { proofOfGroup, routeOfGroup } from '#domain/plan/planned-groups.ts';
import { annotationsOf, lookDueAt, stateOf, whyGivenUp, type RowState } from '#domain/results/account.ts';
import { hasAttemptsLeft, openCallsOf, sentRows, unconfirmedRows } from './calls.ts';
import { readBackInParts, type ReadBack } from '#run/read/read-back.ts';
import type { RunContext } from './run-context.ts';
import { repeatStaged } from './staging/open-stagings.ts';
import { callUuid } from './unique-id.ts';

/** Pause between the two reads that must agree before something counts as missing. */
export const betweenReadsMs = 1000;

/**
 * Reads back the rows of refused calls once: what is found is created. A call with several rows is sent again in halves
 * until the bad row is alone; that one stays refused.
 */
export async function confirmRefused(context: RunContext): Promise<void> {
  const { account, append, now, plan } = context;
  const calls = openCallsOf(account, 'refused');
  const rows = calls.flatMap((open) => unconfirmedRows(account, open));
  if (rows.length === 0) return;
  // If the server says that a task doesn’t exist, the export may omit it.
  const goneRows = new Set(
    calls.filter(({ refusal }) => refusal!.status === 404).flatMap(({ call }) => call.rows),
  );
  await readAndRecord(context, rows, { goneRows });
  for (const open of calls) {
    const left = unconfirmedRows(account, open);
    if (left.length === 0) continue;
    const { status } = open.refusal!;
    // The server says that this unique_id exists, so a read that doesn’t show it is stale.
    if (status === 409 && proofOfGroup(plan.groups, open.call.group) === 'unique-id') {
      await confirmAbsence(context, left);
    } else if (left.length > 1 && whyGivenUp(account, open.call.group) === undefined)
      await append({ type: 'queued', at: now(), rows: left, why: 'split' });
    // An earlier call of the row may still be processed.
    else if (left.some((row) => account.timesUnconfirmed.has(row)))
      await append({ type: 'call-unconfirmed', call: open.call.id, at: now(), reason: open.reason });
    else await append({ type: 'refused', at: now(), rows: left, reason: open.reason });
  }
}

/**
 * Reads back calls without a usable answer, once they have settled.
 *
 * @param mayRepeat true if rows may be queued whose second copy the server would refuse
 */
export async function confirmUnconfirmed(context: RunContext, mayRepeat: boolean): Promise<void> {
  const { account } = context;
  await askServer(context);
  if (mayRepeat) await repeatSafely(context);
  const calls = openCallsOf(account, 'unconfirmed');
  if (calls.length === 0) return;
  await waitUntil(context, Math.max(...calls.map(({ call }) => call.settledAfter)));
  const rows = calls.flatMap((open) => unconfirmedRows(account, open));
  const missing = await readAndRecord(context, rows);
  const repeated = new Set(mayRepeat ? await repeatStaged(context, missing) : []);
  await confirmAbsence(
    context,
    missing.filter((row) => !repeated.has(row)),
  );
}

/** Reads back what the server claims to have created. */
export async function verifyAnswered(context: RunContext): Promise<void> {
  const { account } = context;
  const rows = openCallsOf(account, 'answered').flatMap((open) => unconfirmedRows(account, open));
  await confirmAbsence(context, await readAndRecord(context, rows));
}

/**
 * Reads rows once more whose annotations could not be found or read, after all calls have settled.
 *
 * @param more other row states to read: stale reads may have hidden a late copy of a refused row
 */
export async function confirmDoubtful(context: RunContext, ...more: RowState[]): Promise<void> {
  const { account } = context;
  const states: RowState[] = ['unknown', 'not-found', ...more];
  const rows = sentRows(account).filter((row) => states.includes(stateOf(account, row)));
  if (rows.length === 0) return;
  await waitUntil(context, account.settledAfter);
  await confirmAbsence(context, await readAndRecord(context, rows));
}

/** Looks for late copies on all tasks of the run, and for annotations that have disappeared. */
export async function lookAgain(context: RunContext): Promise<void> {
  const { account, append, now } = context;
  await waitUntil(context, lookDueAt(account) ?? 0);
  let isComplete = true;
  const onUnread = () => (isComplete = false);
  await confirmAbsence(context, await readAndRecord(context, sentRows(account), { onUnread }), onUnread);
  // Tasks that couldn’t be read still have to be checked.
  if (isComplete) await append({ type: 'looked-again', at: now() });
}

/** Takes over the calls of an interrupted session: the outcome of those in flight is unknown. */
export async function takeOverCalls({ account, append, now }: RunContext): Promise<void> {
  const reason = 'Sheaf was closed before the answer came.';
  for (const { call } of openCallsOf(account, 'in-flight'))
    await append({ type: 'call-unconfirmed', call: call.id, at: now(), reason });
}

/**
 * Reads rows back and records what is found. A first read may be stale: less than expected proves nothing.
 *
 * @param goneRows rows whose task doesn’t exist any more according to the server: failing to read it isn’t an error
 * @param onUnread called if tasks could not be read, although they may exist
 * @returns the rows without an annotation; after a first read also those with fewer than expected
 */
async function readAndRecord(
  context: RunContext,
  rows: number[],
  {
    isSecond = false,
    goneRows = new Set(),
    onUnread = () => {},
  }: { isSecond?: boolean; goneRows?: ReadonlySet<number>; onUnread?: () => void } = {},
): Promise<number[]> {
  const { account, append, now } = context;
  const missing: number[] = [];
  if (rows.length === 0) return missing;
  const isWhole = (row: number, { length }: unknown[]): boolean =>
    length > 0 && (isSecond || length >= annotationsOf(account, row).length);
  await read(context, rows, async ({ found, suspects, failed }) => {
    const there: number[] = [];
    for (const [row, annotations] of found) (isWhole(row, annotations) ? there : missing).push(row);
    if (there.length > 0)
      await append({
        type: 'read-back',
        at: now(),
        rows: there,
        found: there.map((row) => found.get(row)!),
      });
    if (suspects.size > 0)
      await append({
        type: 'suspects',
        at: now(),
        rows: [...suspects.keys()],
        annotations: [...suspects.values()],
      });
    for (const { rows: notRead, reason, isTaskGone } of failed) {
      const unread = isTaskGone ? notRead.filter((row) => !goneRows.has(row)) : notRead;
      if (unread.length > 0)
        await append({
          type: 'read-back-failed',
          at: now(),
          rows: unread,
          reason,
          ...(isTaskGone && { isTaskGone }),
        });
      if (!isTaskGone) onUnread();
    }
  });
  return missing;
}

/** Reads missing rows a second time, and records the time if they are still missing. */
async function confirmAbsence(context: RunContext, rows: number[], onUnread = () => {}): Promise<void> {
  const { account, append, plan, groupOf, now, sleep } = context;
  if (rows.length === 0) return;
  await sleep(betweenReadsMs);
  const missing = await readAndRecord(context, rows, { isSecond: true, onUnread });
  // Rows that only our own answer proves: without that answer, not finding them proves nothing.
  const isProvable = (row: number): boolean =>
    proofOfGroup(plan.groups, groupOf[row]!) !== 'answer' || account.answeredIds.has(account.callOf[row]!);
  const open = missing.filter((row) => !['refused', 'never-sent', 'deleted'].includes(stateOf(account, row)));
  const absent = open.filter(isProvable);
  const unprovable = open.filter((row) => !isProvable(row));
  if (absent.length > 0) await append({ type: 'not-found', at: now(), rows: absent });
  if (unprovable.length > 0) {
    const reason =
      'The answer was lost. Without regions nothing tells this annotation from others on the task.';
    await append({ type: 'read-back-failed', at: now(), rows: unprovable, reason });
  }
}

/** Asks Sheaf’s own server for the outcome of calls, so that they needn’t settle first. */
async function askServer(context: RunContext): Promise<void> {
  const { account, append, askAboutCall, now, onPhase, plan, sleep, stop } = context;
  if (!askAboutCall) return;
  for (const open of openCallsOf(account, 'unconfirmed')) {
    const { call } = open;
    // A call that was sent straight from the browser isn’t in the server’s memory, but may be in Label Studio.
    if (!call.isRemembered) continue;
    const answer = { call: call.id, at: now() };
    for (;;) {
      const report = await askAboutCall(callUuid(plan.id, call.id), call.sentAt);
      if (report.state === 'in-progress' && now() < call.settledAfter && !stop.aborted) {
        onPhase('settling', 'The server is still working on a call');
        await sleep(1000);
        continue;
      }
      if (report.state === 'not-processed')
        await append({ type: 'call-not-processed', ...answer, reason: report.reason });
      if (report.state === 'answered') {
        const route = context.routeOf(routeOfGroup(plan.groups, call.group));
        const created = route.readAnswer(report.status, report.body);
        if (created?.count === call.rows.length)
          await append({ type: 'call-answered', ...answer, ids: created.ids });
      }
      break;
    }
  }
}

/** Queues rows that can be sent again: the server refuses a second copy by its `unique_id`. */
async function repeatSafely({ account, append, now, plan }: RunContext): Promise<void> {
  const rows = openCallsOf(account, 'unconfirmed')
    .filter(({ call }) => proofOfGroup(plan.groups, call.group) === 'unique-id')
    .flatMap((open) => unconfirmedRows(account, open))
    .filter((row) => hasAttemptsLeft(account, row));
  if (rows.length > 0) await append({ type: 'queued', at: now(), rows, why: 'safe-to-repeat' });
}

/** Waits until calls have settled, or `isOver`; reports the seconds left with `why`. */
export async function waitUntil(
  { now, sleep, onPhase }: RunContext,
  settledAfter: number,
  { why = 'The server may still be working on an unanswered call', isOver = (): boolean => false } = {},
): Promise<void> {
  for (let left = settledAfter - now(); left > 0 && !isOver(); left = settledAfter - now()) {
    onPhase('settling', `${why}: ${Math.ceil(left / 1000)} s to go`);
    await sleep(Math.min(1000, left));
  }
}

async function read(
  { client, plan, account, onPhase }: RunContext,
  rows: number[],
  onPart: (part: ReadBack) => Promise<void>,
): Promise<void> {
  onPhase('reading-back', 'Verifying …');
  const onProgress = (done: number, of: number) =>
    onPhase('reading-back', `Verifying: ${done} of ${of} tasks read`);
  await readBackInParts(client, plan, account, rows, { onProgress, onPart });
}
