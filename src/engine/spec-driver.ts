import { createEngine } from './create-engine.ts';
import type { ResultRow, RowQuery } from '#domain/results/result-rows.ts';
import type { Verdict } from '#engine/batch/calls/check-calls.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { memoryLocks } from '#run/store/run-locks.ts';
import type { Engine } from './engine.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import type { ServerAddress } from '#engine/session/open-session.ts';
import { valueOf } from '#wire/spec-outcome.ts';

/* Helpers for specs: what a manager does with an engine, one function per task. */

interface Clock {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** A clock that skips waits longer than half a second, which the store never needs. */
export function impatientClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    sleep: async (milliseconds) => {
      const waited = Math.min(milliseconds, 500);
      await realClock.sleep(waited);
      ahead += milliseconds - waited;
    },
  };
}

/** Waits for work with a fake clock; `advance` moves the clock forward. */
export const whileAdvancing =
  (advance: () => Promise<unknown>) =>
  async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    // It may fail while the clock is moved.
    done.catch(() => {});
    while (!isDone) await advance();
    return done;
  };

/** A disconnected engine, and the paths of its POST requests in order, answered or not. */
export function engineOver(
  serve: (request: Request) => Promise<Response>,
  pageBase: string,
  store: RunStore = memoryStore(),
  clock: Clock = realClock,
) {
  const posted: string[] = [];
  const engine = createEngine({
    fetch: (request) => {
      if (request.method === 'POST') posted.push(new URL(request.url).pathname);
      return serve(request);
    },
    ...clock,
    store,
    locks: memoryLocks(),
    channel: { post: () => {}, listen: () => {} },
    isSecurePage: false,
    pageBase,
  });
  return { engine, posted };
}

/** The server that specs sign in to; its answers come from a sandbox. */
export const sandboxServer: ServerAddress = {
  base: 'http://sandbox.test',
  linkBase: 'http://sandbox.test',
  name: 'Sandbox',
  timeLimitSeconds: 5,
};

/** An engine that is signed in to that server. */
export function signedInEngine(
  serve: (request: Request) => Promise<Response>,
  token: string,
): Promise<Engine> {
  return signIn(engineOver(serve, sandboxServer.base).engine, sandboxServer, token);
}

/** An engine that is signed in to a real Label Studio. */
export function engineConnectedTo(base: string, token: string): Promise<Engine> {
  const { engine } = engineOver(fetch, base, memoryStore(), impatientClock());
  return signIn(engine, { base, linkBase: base, name: 'Label Studio', timeLimitSeconds: 30 }, token);
}

async function signIn(engine: Engine, server: ServerAddress, token: string): Promise<Engine> {
  valueOf(await engine.session.connect(server, token));
  return engine;
}

export const allRows: RowQuery = { sort: { by: 'source', descending: false }, states: [], search: '' };

/** Replaces the text of the batch, and checks it. */
export const checkText = async ({ batch }: Pick<Engine, 'batch'>, text: string): Promise<Verdict> =>
  batch.check(await batch.replaceText(text));

/** Plans a batch. */
export async function planOf(engine: Engine, batch: object | string, project?: number): Promise<string> {
  await engine.batch.setProject(project);
  const checked = await checkText(engine, typeof batch === 'string' ? batch : JSON.stringify(batch));
  if (checked.errors > 0) throw new Error(`The batch has ${checked.errors} errors.`);
  return valueOf(await engine.runs.plan({ selection: 'resolve' })).id;
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

/** Asserts that every row has one final state, and that the states add up to the rows. */
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
