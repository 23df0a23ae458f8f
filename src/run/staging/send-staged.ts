import { inOneLine } from '#api/http/failure-of.ts';
import { keepTasksOfProject } from '#api/tasks/tasks.ts';
import { bodyLengthOf } from '#domain/plan/bodies.ts';
import { routeOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { stateOf, waitingRows } from '#domain/results/account.ts';
import type { Staging, StagingProblem } from '#domain/results/run-event.ts';
import { classifyAnswer } from '#run/classify-answer.ts';
import { verifyAnswered, waitUntil } from '#run/confirm.ts';
import type { Route, StagingSteps } from '#run/routes/route.ts';
import type { RunContext } from '#run/run-context.ts';
import { graceMs, sendCall, type Pace } from '#run/send-calls.ts';
import { callUuid } from '#run/unique-id.ts';
import type { Failure } from '#wire/failure.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import { usableStagings } from './open-stagings.ts';
import { sweepDone } from './sweep.ts';

/**
 * Sends the waiting rows of a staging route chunk by chunk: imports predictions, counts them, turns them into
 * annotations, reads back and cleans up. Continues with what an earlier session has staged.
 */
export async function sendStaged(
  context: RunContext,
  route: Route,
  steps: StagingSteps,
  pace: Pace,
): Promise<void> {
  const isOver = () => pace.isOver();
  for (const { staging, isCounted } of usableStagings(context)) {
    // After the count, a late copy of an import without an answer would double what is created.
    if (!isCounted) await waitUntil(context, staging.settledAfter, { why: importing, isOver });
    await pace.wait();
    if (!pace.isOver()) await turn(context, route, steps, staging, pace);
  }
  const chunks = nextChunks(context, route);
  while (!pace.isOver()) {
    const chunk = chunks.next().value;
    if (!chunk) return;
    await pace.wait();
    const staging = pace.isOver() ? undefined : await stage(context, steps, chunk, pace);
    if (staging) await turn(context, route, steps, staging, pace);
    await sweepDone(context, steps);
  }
}

const importing = 'The server may still be working on an import';

interface Chunk {
  project: number;
  rows: number[];
}

/** The unstaged waiting rows of a route as chunks of one project each, of the size that is best at that moment. */
function* nextChunks(context: RunContext, route: Route): Generator<Chunk, undefined> {
  const { account, only, plan } = context;
  const { groups } = plan;
  const staged = new Set(usableStagings(context).flatMap(({ staging }) => staging.rows));
  let chunk: Chunk = { project: 0, rows: [] };
  let tasks = new Set<number>();
  let bytes = 0;
  let most = Infinity;
  for (let group = 0; group < groups.count; group += 1) {
    if (routeOfGroup(groups, group) !== route.name) continue;
    const size = bodyLengthOf(groups, group);
    for (const row of waitingRows(account, plan, group)) {
      if (staged.has(row) || (only && !only.has(row))) continue;
      const [task, project] = [plan.rows.task[row]!, projectOf(plan, row)];
      const maxRows = Math.min(
        most,
        account.splitSize.get(row) ?? Infinity,
        account.staged?.maxRows ?? Infinity,
        route.maxTasksPerCall,
      );
      const isFull =
        chunk.rows.length >= maxRows ||
        project !== chunk.project ||
        tasks.has(task) ||
        bytes + size > limits.stagedBytes;
      if (isFull && chunk.rows.length > 0) {
        yield chunk;
        chunk = { project, rows: [] };
        tasks = new Set();
        bytes = 0;
        most = Infinity;
      }
      chunk.project = project;
      chunk.rows.push(row);
      tasks.add(task);
      bytes += size;
      most = Math.min(most, account.splitSize.get(row) ?? Infinity);
    }
  }
  if (chunk.rows.length > 0) yield chunk;
  return undefined;
}

/** Imports a chunk as predictions. Gives undefined if it can’t be used; its rows then wait or are refused. */
async function stage(
  context: RunContext,
  steps: StagingSteps,
  { project, rows }: Chunk,
  pace: Pace,
): Promise<Staging | undefined> {
  const { append, askAboutCall, client, now, onPhase, plan } = context;
  const id = context.nextCallId();
  let staging: Staging | undefined;
  onPhase('sending', `Importing ${count(rows.length, 'row')} as predictions`);
  const outcome = await steps.stage(client, context, { id, project, rows }, async () => {
    if (pace.isOver()) return undefined;
    const sentAt = now();
    const settledAfter = sentAt + client.timeLimitSeconds * 1000 + graceMs;
    staging = { id, project, rows, sentAt, settledAfter, ...(askAboutCall && { isRemembered: true }) };
    await append({ type: 'staging-sent', staging });
    return `${callUuid(plan.id, id)} ${sentAt}`;
  });
  if (staging === undefined) {
    if (!outcome.ok && !pace.isOver()) pace.notReady(outcome.failure);
    return undefined;
  }
  if (!outcome.ok) {
    await stagingRefused(context, staging, outcome.failure, pace);
    return undefined;
  }
  pace.answered();
  if (outcome.value === rows.length) return staging;
  const missing = await steps.missing(client, plan, staging);
  const left = rows.length - outcome.value;
  const isKnown = missing.ok && missing.value.length === left;
  await fail(
    context,
    staging,
    isKnown ? 'given-up' : 'some-refused',
    isKnown
      ? 'Label Studio left this row out of an import of predictions, without saying why. Choose “One by one” in the review to create it.'
      : `Label Studio left out ${left} of ${count(rows.length, 'row')}.`,
    isKnown ? missing.value : [],
  );
  return undefined;
}

/** The import failed, or got no answer. */
async function stagingRefused(
  context: RunContext,
  staging: Staging,
  failure: Failure,
  pace: Pace,
): Promise<void> {
  const { askAboutCall, client, plan } = context;
  const { project, rows } = staging;
  const reason = inOneLine(failure);
  const found = classifyAnswer(failure, {}, askAboutCall !== undefined);
  if (found.kind !== 'refused') {
    const isNotProcessed = found.kind === 'not-processed';
    await fail(context, staging, isNotProcessed ? 'given-up' : 'unclear', reason);
    return pace.failed(failure, isNotProcessed);
  }
  pace.answered();
  const { tooLarge } = found.refusal;
  let known = rows.length === 1 ? rows : [];
  if (!tooLarge && rows.length > 1) {
    const tasks = rows.map((row) => plan.rows.task[row]!);
    const there = await keepTasksOfProject(client, project, tasks);
    known = there.ok ? rows.filter((_, index) => !there.value.has(tasks[index]!)) : [];
  }
  const problem = tooLarge ? 'too-large' : known.length > 0 ? 'given-up' : 'some-refused';
  await fail(context, staging, problem, reason, known);
}

/**
 * Turns the waiting rows of a staging into annotations if the server has exactly their predictions, and reads them
 * back.
 */
async function turn(
  context: RunContext,
  route: Route,
  steps: StagingSteps,
  staging: Staging,
  pace: Pace,
): Promise<void> {
  const { account, append, client, groupOf, now, only, onPhase, plan } = context;
  const rows = staging.rows.filter(
    (row) => stateOf(account, row) === 'waiting' && (only === undefined || only.has(row)),
  );
  if (rows.length === 0) return;
  // After an earlier attempt, rows may be annotations already, and their predictions may be gone with deleted tasks.
  const isRepeat = rows.some((row) => account.timesUnconfirmed.has(row));
  const counted = await steps.count(client, plan, staging);
  const failure = counted.ok ? wrongCount(counted.value, staging.rows.length, isRepeat) : counted.failure;
  if (failure) {
    const reason = inOneLine(failure);
    // Predictions that only couldn’t be counted are needed to repeat the call later.
    if (counted.ok || !isRepeat) await fail(context, staging, 'unclear', reason);
    // These must not be staged again.
    if (isRepeat) await append({ type: 'left-unsent', at: now(), rows, reason });
    return pace.failed(failure, false);
  }
  await append({ type: 'staging-counted', staging: staging.id, at: now() });
  onPhase('sending', `Creating ${count(rows.length, 'annotation')} of predictions`);
  await sendCall(context, route, { group: groupOf[rows[0]!]!, rows, staging: staging.id }, pace);
  await verifyAnswered(context);
}

/** Why predictions can’t be turned into annotations; undefined if they can. */
function wrongCount(there: number, wanted: number, isRepeat: boolean): Failure | undefined {
  if (there === wanted || (isRepeat && there > 0 && there < wanted)) return undefined;
  const message = `The server has ${count(there, 'prediction')} of the ${wanted} that were imported.`;
  return { kind: 'unreadable', reason: 'unreadable', message, fromLabelStudio: true };
}

const fail = (
  { append, now }: RunContext,
  { id }: Staging,
  problem: StagingProblem,
  reason: string,
  refused: number[] = [],
): Promise<void> =>
  append({
    type: 'staging-failed',
    staging: id,
    at: now(),
    problem,
    reason,
    ...(refused.length > 0 && { refused }),
  });
