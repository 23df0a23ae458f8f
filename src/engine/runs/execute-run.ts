import { readProject, type ProjectAnswer } from '#api/projects.ts';
import { groupOfRows, rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { assertApplies, fold } from '#domain/results/fold-account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import { labelsChanged } from '#engine/batch/project-configs.ts';
import type { Session } from '#engine/session/open-session.ts';
import { aboutProject, configHash } from '#run/prepare.ts';
import { routeNamed } from '#run/routes/routes.ts';
import type { RunContext } from '#run/run-context.ts';
import type { RunLocks } from '#run/store/run-locks.ts';
import { lookForLateCopies } from '#run/submit.ts';
import { count } from '#wire/text/figures.ts';
import type { EarlierRuns } from './earlier-runs.ts';
import type { LiveRun } from './live-run.ts';
import type { LiveRuns } from './live-runs.ts';
import { firstLabelError, LabelsChanged } from './label-errors.ts';
import { activityOf } from './run-progress.ts';
import { viewOfRun, type RunView } from './run-view.ts';

export interface RunOptions {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  locks: RunLocks;
}

export interface RunWork {
  /** True if it may create annotations. */
  sends: boolean;
  carryOut: (context: RunContext) => Promise<void>;
}

const notifyEveryMs = 100;
/** Opening a run after a crash folds at most this many events. */
const eventsPerCheckpoint = 20_000;

/**
 * Executes a run, or a part of it, and reports progress. One run at a time in this tab, and one per project in this
 * browser.
 *
 * @throws ExecutedElsewhere if another tab was faster
 */
export async function executeRun(
  runs: LiveRuns,
  earlier: EarlierRuns,
  id: string,
  session: Session,
  options: RunOptions,
  onChange: (view: RunView) => void,
  { sends, carryOut: work }: RunWork,
): Promise<RunView> {
  if (runs.isBusy) throw new Error('Another run is in progress.');
  runs.isBusy = true;
  let held: HeldLocks | undefined;
  try {
    // The second look holds the journal, and ends by itself.
    await runs.looking;
    const before = await runs.find(id);
    assertSameServer(before, session);
    held = await lock(before, options);
    // Another tab may have continued the run since it was read.
    if (!before.unstored) runs.forget(id);
    const run = await runs.find(id);
    run.textOf = before.textOf;
    const [projects] = await Promise.all([
      readSameProjects(run, session),
      run.unstored && assertNotSentSince(run, earlier),
    ]);
    if (sends) await assertSameLabels(run, projects, session, options);
    if (run.unstored) await storePlan(runs, run, run.unstored, options.now());
    runs.dropSources((other) => other !== run);
    await carryOut(runs, run, session, { ...options, lost: held.lost }, onChange, work);
    void lookLater(runs, run, session, options, onChange);
    return viewOfRun(run);
  } finally {
    held?.release();
    runs.isBusy = false;
  }
}

/** Throws if another tab has sent some of a plan’s rows since it was made. */
async function assertNotSentSince({ plan }: LiveRun, earlier: EarlierRuns): Promise<void> {
  const { address, projects } = plan.server;
  const sent = await earlier.sentRows(address, new Set(projects.keys()));
  for (let group = 0; group < plan.groups.count; group += 1)
    for (const row of rowsOfGroup(plan.groups, group))
      sent.take(projectOf(plan, row), plan.rows.task[row]!, plan.groups.contents[group]!);
  const since = sent.found.find(({ startedAt }) => startedAt > plan.createdAt);
  if (since)
    throw new Error(
      `Another tab has sent ${count(since.rows, 'row')} of this batch meanwhile. Review it again.`,
    );
}

/** Stores a plan before its first call. */
async function storePlan(
  { store }: LiveRuns,
  run: LiveRun,
  unstored: NonNullable<LiveRun['unstored']>,
  now: number,
): Promise<void> {
  run.summary.startedAt = now;
  await store.create(unstored);
  run.unstored = undefined;
}

async function carryOut(
  { store }: LiveRuns,
  run: LiveRun,
  { client, askAboutCall, onTokenRenewed }: Session,
  { now, sleep, lost }: RunOptions & { lost: AbortSignal },
  onChange: (view: RunView) => void,
  work: (context: RunContext) => Promise<void>,
): Promise<void> {
  const { plan, account, summary } = run;
  const activity = await activityOf(run, store);
  const stop = new AbortController();
  const notify = throttled(() => run.execution && onChange(viewOfRun(run)), notifyEveryMs, now, sleep);
  const execution = { stop, notify };
  run.execution = execution;
  void reportRegularly(() => run.execution === execution, notify, sleep);
  let lastCall = account.callsSent;
  let events = 0;
  lost.addEventListener('abort', () => stop.abort());
  async function append(event: RunEvent) {
    if (lost.aborted) throw new Error('The run stopped here: another tab has taken it over.');
    assertApplies(account, event);
    await store.append(plan.id, event);
    fold(account, event);
    activity.add(event);
    events += 1;
    if (events % eventsPerCheckpoint === 0) await store.checkpoint(plan.id, account, {});
    run.order = undefined;
    notify();
  }
  let noting: Promise<void> | undefined;
  // If it can’t be stored, the next event of the run reports that.
  const note = (event: RunEvent) => (noting = append(event).catch(() => {}));
  const unlisten = onTokenRenewed(() => void note({ type: 'token-renewed', at: now() }));
  stop.signal.addEventListener('abort', () => {
    const by = stop.signal.reason === 'another-tab' ? 'another-tab' : 'this-tab';
    if (!lost.aborted) void note({ type: 'stopped', at: now(), by });
  });
  try {
    await work({
      client,
      plan,
      routeOf,
      groupOf: groupOfRows(plan),
      account,
      nextCallId: () => (lastCall += 1),
      append,
      askAboutCall,
      onPhase(phase, waitingFor) {
        const before = run.phase;
        run.phase = phase === 'sending' && stop.signal.aborted ? 'stopping' : phase;
        run.waitingFor = waitingFor;
        // A new phase is shown at once.
        if (run.phase === before) notify();
        else onChange(viewOfRun(run));
      },
      now,
      sleep,
      stop: stop.signal,
    });
  } finally {
    unlisten();
    await noting;
    run.execution = undefined;
    run.phase = account.endedAt === undefined ? 'interrupted' : 'finished';
    const { totals, startedAt, endedAt } = account;
    Object.assign(summary, { totals: { ...totals }, startedAt, endedAt });
    // The journal is complete; without a checkpoint, opening the run only takes longer.
    await store.checkpoint(plan.id, account, summary).catch(() => {});
    onChange(viewOfRun(run));
  }
}

/** Reports to other tabs and the page that the run is alive while nothing happens. */
async function reportRegularly(
  isRunning: () => boolean,
  notify: () => void,
  sleep: RunOptions['sleep'],
): Promise<void> {
  for (await sleep(1000); isRunning(); await sleep(1000)) notify();
}

/** Looks for late copies once all calls have settled, unless the tab is closed or the session ends. */
async function lookLater(
  runs: LiveRuns,
  run: LiveRun,
  session: Session,
  options: RunOptions,
  onChange: (view: RunView) => void,
): Promise<void> {
  const { secondLookAt } = run.account;
  if (secondLookAt === undefined) return;
  await options.sleep(Math.max(0, secondLookAt - options.now()));
  if (runs.isBusy || run.account.secondLookAt !== secondLookAt) return;
  await runs.looking;
  runs.looking = look().finally(() => (runs.looking = undefined));
  await runs.looking;

  async function look(): Promise<void> {
    const held = await options.locks.acquire([journalLock(run)], { runId: run.plan.id });
    if ('heldBy' in held) return;
    try {
      // The run may have been read again in the meantime, by this tab or for another one.
      runs.forget(run.plan.id);
      const current = await runs.find(run.plan.id);
      if (current.account.secondLookAt !== secondLookAt) return;
      const carried = { ...options, lost: held.lost };
      await carryOut(runs, current, session, carried, onChange, lookForLateCopies);
      // Reads may have disagreed. An incomplete look is offered to the person, not repeated.
      if (current.account.secondLookAt !== secondLookAt)
        void lookLater(runs, current, session, options, onChange);
    } catch {
      // Still due: the run page offers it.
    } finally {
      held.release();
    }
  }
}

function routeOf(name: string) {
  const route = routeNamed(name);
  if (!route) throw new Error('A newer version of Sheaf made this run. Reload the page to get that version.');
  return route;
}

interface HeldLocks {
  release(): void;
  lost: AbortSignal;
}

/** Another tab executes the run. */
export class ExecutedElsewhere extends Error {
  /** The screen recognises it by its name. */
  override readonly name = 'ExecutedElsewhere';

  constructor() {
    super('This run is in progress in another tab.');
  }
}

async function lock(run: LiveRun, { locks }: RunOptions): Promise<HeldLocks> {
  const { address, projects } = run.plan.server;
  const names = [...[...projects.keys()].map((project) => `project:${address}:${project}`), journalLock(run)];
  const held = await locks.acquire(names, { runId: run.plan.id });
  if (!('heldBy' in held)) return held;
  if (held.heldBy.runId === run.plan.id) throw new ExecutedElsewhere();
  throw new Error('Another tab is creating annotations in the same project. Its run is under Runs.');
}

const journalLock = ({ plan }: LiveRun) => `run:${plan.id}`;

/** On another server, the same IDs are other tasks; as another user, the annotations wouldn’t count as ours. */
function assertSameServer({ plan, summary }: LiveRun, { connection }: Session): void {
  const { address, user, organisation, boot } = plan.server;
  const { server } = connection;
  if (
    server.linkBase !== address ||
    connection.user.id !== user ||
    connection.organisationId !== organisation
  )
    throw new Error(
      `This run belongs to ${summary.user.name} on ${summary.server.name}. Connect there as ${summary.user.name} first.`,
    );
  if (server.boot !== boot)
    throw new Error('The sandbox was restarted since, so its annotations are gone. This run can’t go on.');
}

/** Read from the server, because a project that was deleted and created again may have the same ID. */
async function readSameProjects({ plan }: LiveRun, { client }: Session): Promise<ProjectAnswer[]> {
  const projects: ProjectAnswer[] = [];
  for (const [id, createdAt] of plan.server.projects) {
    const project = await readProject(client, id);
    if (!project.ok) throw new Error(aboutProject(id, project.failure).message);
    if ((project.value.created_at ?? '') !== createdAt)
      throw new Error(`Project ${id} isn’t the one of this run: it was created at another time.`);
    projects.push(project.value);
  }
  return projects;
}

/**
 * Label Studio stores labels that a project doesn’t have. A resumed run goes on if all its open rows have labels that are
 * still there.
 */
async function assertSameLabels(
  run: LiveRun,
  projects: ProjectAnswer[],
  { connection }: Session,
  options: RunOptions,
): Promise<void> {
  const { labels } = run.plan.server;
  for (const project of projects) {
    if (!labels || labels.get(project.id) === configHash(project)) continue;
    if (run.unstored) throw new Error(`${labelsChanged(project)} Compare again to check it.`);
    const error = await firstLabelError(run, project, connection.edition === 'Enterprise', options);
    if (error !== undefined) throw new LabelsChanged(project, error);
  }
}

/** Limits `call` to once every `every` milliseconds. Calls in between are merged into one at the end. */
function throttled(
  call: () => void,
  every: number,
  now: RunOptions['now'],
  sleep: RunOptions['sleep'],
): () => void {
  let last = -Infinity;
  let isScheduled = false;
  function callNow() {
    isScheduled = false;
    last = now();
    call();
  }
  return () => {
    if (isScheduled) return;
    const left = last + every - now();
    if (left <= 0) return callNow();
    isScheduled = true;
    void sleep(left).then(callNow);
  };
}
