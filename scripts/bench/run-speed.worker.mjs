/* The worker that measures the speed of runs: engines as in the app, over a server with latency. */
import { browserStorage } from '../../src/engine/browser-storage.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { noChoices } from '../../src/engine/runs/review-choices.ts';
import { memoryLocks } from '../../src/run/store/run-locks.ts';
import { memoryStore } from '../../src/run/store/memory-store.ts';
import { answeredRows, paceOf, withSample } from '../../src/ui/runs/live/pace.ts';
import { clock, median } from './timing.mjs';

/**
 * @typedef {{ base: string, token: string, project: number }} Server
 * @typedef {{ do: 'loop', tasks: number[], result: object[] } & Server} LoopTask
 * @typedef {{ do: 'run', text: string, rows: number, store: 'browser' | 'memory' } & Server} RunTask
 * @typedef {{ do: 'reopen', id: string, rows: number }} ReopenTask
 * @typedef {{ do: 'review', text: string } & Server} ReviewTask
 * @typedef {LoopTask | RunTask | ReopenTask | ReviewTask | { do: 'policies' }} RunSpeedTask
 */

/**
 * A run in milliseconds. `estimate`: of how long creating still takes, a third of the way, and how long it took. `sweeping`: until
 * predictions were deleted. `own`: no request was on its way.
 * @typedef {{ id: string, created: number, verified: number, sweeping: number, own: number, planned: number, estimate?: { estimated: number, was: number } }} RunTimes
 */

/**
 * @param {'browser' | 'memory'} store
 * @param {(request: Request) => Promise<Response>} [ask]
 */
const engineWith = (store, ask = fetch) =>
  createEngine({
    ...clock,
    ...(store === 'browser'
      ? browserStorage(clock)
      : { store: memoryStore(), locks: memoryLocks(), channel: { post: () => {}, listen: () => {} } }),
    fetch: (request) => ask(request),
    isSecurePage: false,
    pageBase: `${location.origin}/`,
  });

globalThis.addEventListener('message', ({ data }) => {
  answer(data).then(
    (value) => postMessage({ ok: true, value }),
    (/** @type {Error} */ error) => postMessage({ ok: false, message: error.stack ?? error.message }),
  );
});

/** @param {RunSpeedTask} task */
async function answer(task) {
  switch (task.do) {
    case 'loop':
      return timeLoop(task);
    case 'run':
      return timeRun(task);
    case 'reopen':
      return timeReopening(task);
    case 'review':
      reviewed = await planned(engineWith('memory'), task);
      return undefined;
    case 'policies':
      return choosePolicies();
  }
}

/**
 * The naive loop: one POST after another. Returns the median of a call.
 * @param {LoopTask} task
 */
async function timeLoop({ base, token, tasks, result }) {
  const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
  const times = [];
  for (const id of tasks) {
    const start = performance.now();
    const body = JSON.stringify({ result });
    const answer = await fetch(`${base}/api/tasks/${id}/annotations/`, { method: 'POST', headers, body });
    await answer.json();
    if (!answer.ok) throw new Error(`The loop was answered ${answer.status}.`);
    times.push(performance.now() - start);
  }
  return median(times);
}

/**
 * Connects an engine and plans a batch.
 * @param {import('../../src/engine/engine.ts').Engine} engine
 * @param {{ text: string } & Server} task
 */
async function planned(engine, { base, token, project, text }) {
  const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 90 };
  const connected = await engine.session.connect(server, token);
  if (!connected.ok) throw new Error(connected.failure.message);
  await engine.batch.setProject(project);
  const { errors } = await engine.batch.check(await engine.batch.replaceText(text));
  if (errors > 0) throw new Error(`The batch has ${errors} errors.`);
  const plan = await engine.runs.plan({ selection: 'resolve' });
  if (!plan.ok) throw new Error(plan.failure.message);
  return { engine, plan: plan.value };
}

/** @type {Awaited<ReturnType<typeof planned>> | undefined} */
let reviewed;

/** Each makes another plan of all rows: nothing was read of their tasks. */
async function choosePolicies() {
  if (!reviewed) throw new Error('Nothing is planned.');
  const { engine, plan } = reviewed;
  for (const policy of /** @type {const} */ (['not-same', 'not-mine', 'unlabelled', 'all'])) {
    const { rows, skipped } = await engine.runs.replan(plan.id, { ...noChoices, policy });
    if (rows !== plan.rows || skipped > 0) throw new Error(`${skipped} of ${rows} rows are skipped.`);
  }
}

/**
 * @param {RunTask} task
 * @returns {Promise<RunTimes>}
 */
async function timeRun({ rows, store, ...task }) {
  const watch = watchRequests();
  const { engine, plan } = await planned(engineWith(store, watch.ask), task);
  if (plan.rows !== rows) throw new Error(`${plan.rows} rows of ${rows} are planned.`);

  const start = performance.now();
  const before = { ...watch.times };
  /** @type {import('../../src/ui/runs/live/pace.ts').PaceSample[]} */
  let samples = [];
  let created = 0;
  /** @type {{ estimated: number, at: number } | undefined} */
  let estimate;
  const { id } = plan;
  const { totals } = await engine.runs.start(id, ({ totals: now }) => {
    const at = performance.now();
    const left = now.waiting + now['in-flight'];
    samples = withSample(samples, { at, rows: answeredRows(now) });
    const secondsLeft = paceOf(samples, at, left)?.secondsLeft;
    if (!estimate && secondsLeft !== undefined && 0 < left && left < (rows * 2) / 3)
      estimate = { estimated: secondsLeft * 1000, at };
    if (created === 0 && left === 0) created = at - start;
  });
  if (totals.created !== rows) throw new Error(`Created: ${totals.created} of ${rows}.`);
  const verified = performance.now() - start;
  const { sweeping, waiting } = watch.times;
  return {
    id,
    created,
    verified,
    sweeping: sweeping - before.sweeping,
    own: verified - (waiting - before.waiting),
    planned: plan.estimateSeconds * 1000,
    ...(estimate && { estimate: { estimated: estimate.estimated, was: start + created - estimate.at } }),
  };
}

/** How long requests take, in milliseconds: any at all, and those that delete predictions. */
function watchRequests() {
  const times = { waiting: 0, sweeping: 0 };
  let open = 0;
  let since = 0;
  return {
    times,
    /** @param {Request} request */
    async ask(request) {
      const start = performance.now();
      if (open === 0) since = start;
      open += 1;
      try {
        return await fetch(request);
      } finally {
        const end = performance.now();
        open -= 1;
        if (open === 0) times.waiting += end - since;
        if (request.method === 'DELETE') times.sweeping += end - start;
      }
    },
  };
}

/**
 * Time until the first rows of a stored run can be shown, in a new engine.
 * @param {ReopenTask} task
 */
async function timeReopening({ id, rows }) {
  const times = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const engine = engineWith('browser');
    const start = performance.now();
    const view = await engine.runs.view(id);
    const query = {
      sort: { by: /** @type {const} */ ('source'), descending: false },
      states: [],
      search: '',
    };
    const { total, rows: shown } = await engine.runs.rows(id, query, 0, 50);
    times.push(performance.now() - start);
    if (view?.totals.created !== rows || total !== rows || shown.length === 0)
      throw new Error(`Reopened: ${total} of ${rows} rows, ${view?.totals.created} created.`);
  }
  return median(times);
}
