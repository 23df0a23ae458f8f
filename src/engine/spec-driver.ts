import { createEngine } from './create-engine.ts';
import type { ResultRow, RowQuery } from '#domain/results/result-rows.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { memoryLocks } from '#run/store/run-locks.ts';
import type { Engine } from './engine.ts';
import type { RunView } from '#engine/runs/run-view.ts';

/* What a manager does with an engine, one function per task. For specs. */

/** A disconnected engine, and the paths of its POST requests in order, answered or not. */
export function engineOver(
  serve: (request: Request) => Promise<Response>,
  pageBase: string,
  store: RunStore = memoryStore(),
) {
  const posted: string[] = [];
  const engine = createEngine({
    fetch: (request) => {
      if (request.method === 'POST') posted.push(new URL(request.url).pathname);
      return serve(request);
    },
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    store,
    locks: memoryLocks(),
    channel: { post: () => {}, listen: () => {} },
    isSecurePage: false,
    pageBase,
  });
  return { engine, posted };
}

export const allRows: RowQuery = { sort: { by: 'source', descending: false }, states: [], search: '' };

/** Plans a batch. */
export async function planOf(engine: Engine, batch: object | string, project?: number): Promise<string> {
  await engine.batch.setProject(project);
  const checked = await engine.batch.check(typeof batch === 'string' ? batch : JSON.stringify(batch));
  if (checked.errors > 0) throw new Error(`The batch has ${checked.errors} errors.`);
  const plan = await engine.runs.plan({ selection: 'resolve' });
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value.id;
}

/** Plans and runs a batch. `soon` advances the clock of specs with fake timers. */
export async function createAll(
  engine: Engine,
  batch: object | string,
  project?: number,
  soon: <T>(work: Promise<T>) => Promise<T> = (work) => work,
): Promise<RunView> {
  return wholeRun(await soon(engine.runs.start(await planOf(engine, batch, project), () => {})));
}

/** Asserts that every row is in one final state, and that the states add up to the rows. */
export function wholeRun(run: RunView): RunView {
  const { totals, plan, phase } = run;
  const rows = Object.values(totals).reduce((sum, count) => sum + count, 0);
  const open = totals.waiting + totals['in-flight'] + totals.unconfirmed;
  if (phase !== 'finished' || rows !== plan.rows || open > 0)
    throw new Error(
      `The run is ${phase}, and its states are ${JSON.stringify(totals)} of ${plan.rows} rows.`,
    );
  return run;
}

export async function table(engine: Engine, run: RunView): Promise<ResultRow[]> {
  return (await engine.runs.rows(run.id, allRows, 0, 10_000)).rows;
}
