import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { noChoices } from '#engine/runs/review-choices.ts';
import { allRows, createAll as createAllIn, engineOver, planOf, table, wholeRun } from './spec-driver.ts';
import type { Engine } from './engine.ts';

const base = 'http://sandbox.test';
const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 2 };
const manager = sandboxUsers[0]!;
const project = 1;
/** More than the minimum for staging in this project of 5,000 tasks. */
const tasks = Array.from({ length: 150 }, (_, index) => index + 1);

const choice = (task: number, name = task % 2 ? 'Positive' : 'Negative') => [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [name] } },
];
const batch = tasks.map((task) => ({ task, result: choice(task) }));

// Fake timers, so that no test waits.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterAll(() => void vi.useRealTimers());

/** Advances the fake clock until the work is done. */
async function soon<T>(work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = work.finally(() => (isDone = true));
  while (!isDone) await vi.advanceTimersByTimeAsync(100);
  return done;
}

const createAll = (engine: Engine, requests: object) => createAllIn(engine, requests, project, soon);

/**
 * A connected engine over a Community sandbox; `answer` can replace its answers. After `eventsLeft` more journal events
 * its tab is dead.
 */
async function community(
  answer: (request: Request, serve: (other?: Request) => Promise<Response>) => Promise<Response> = (
    _,
    serve,
  ) => serve(),
  eventsLeft = Infinity,
) {
  const sandbox = createSandbox({ edition: 'community', data: 'seeds' });
  const store = memoryStore();
  const never = () => new Promise<never>(() => {});
  const dying: RunStore = {
    ...store,
    append: (id, event) => ((eventsLeft -= 1) < 0 ? never() : store.append(id, event)),
  };
  const made = engineOver(
    (request) =>
      eventsLeft < 0 ? never() : answer(request, (other = request.clone()) => sandbox.handle(other)),
    base,
    dying,
  );
  await made.engine.session.connect(server, manager.legacyToken);
  const ask = async (line: string, body?: object) => {
    const [method, path] = line.split(' ') as [string, string];
    const headers = { authorization: `Token ${manager.legacyToken}`, 'content-type': 'application/json' };
    const response = await sandbox.handle(
      new Request(base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) }),
    );
    return (await response.json().catch(() => undefined)) as never;
  };
  /** Another tab over the same store, after the first one died. */
  const reopen = async () => {
    const { engine } = engineOver((request) => sandbox.handle(request), base, store);
    await engine.session.connect(server, manager.legacyToken);
    return { engine, events: async (id: string) => (await store.events(id)).map(({ type }) => type) };
  };
  return {
    ...made,
    ask,
    reopen,
    versions: async () => Object.keys(await ask(`GET /api/projects/${project}/model-versions/`)),
    /** The number of our annotations on each task. */
    async counts(): Promise<number[]> {
      const exported: { id: number; annotations: { result: { id: string }[] }[] }[] = await ask(
        `GET /api/projects/${project}/export?exportType=JSON&download_all_tasks=true${tasks.map((id) => `&ids[]=${id}`).join('')}`,
      );
      return exported.map(
        ({ annotations }) => annotations.filter(({ result }) => result[0]?.id?.startsWith('sheaf-')).length,
      );
    },
  };
}

const isImport = ({ url }: Request) => url.endsWith('/import/predictions');
const isTurn = ({ url }: Request) => url.includes('predictions_to_annotations');
const isSweep = ({ method, url }: Request) => method === 'DELETE' && url.endsWith('/model-versions/');
const isRead = ({ url }: Request) => url.includes('/export?');
const isCount = ({ method, url }: Request) => method === 'GET' && url.endsWith('/model-versions/');
const isRefresh = ({ url }: Request) => url.endsWith('/summary/reset/');

/** A run whose tab died while its predictions were turned, opened again; the server never got that call. */
async function diedWhileTurning() {
  const { engine, reopen, counts, versions } = await community(
    (request, serve) => (isTurn(request) ? new Promise<never>(() => {}) : serve()),
    4,
  );
  const before = await versions();
  const id = await planOf(engine, batch, project);
  void engine.runs.start(id, () => {});
  await vi.advanceTimersByTimeAsync(1000);
  return { id, again: await reopen(), before, counts, versions };
}

describe('rows with only labels, on Community', () => {
  it('become annotations, and leave no predictions', async () => {
    const { engine, posted, versions, counts, ask } = await community();
    const before = await versions();
    const run = await createAll(engine, batch);
    expect(run.totals.created).toBe(150);
    expect(run.left).toBeUndefined();
    expect(run.uncounted).toBe(0);
    expect(posted.filter((path) => !path.includes('token'))).toEqual([
      `/api/projects/${project}/import/predictions`,
      '/api/dm/actions/',
      `/api/projects/${project}/summary/reset/`,
    ]);
    expect(await versions()).toEqual(before);
    expect(new Set(await counts())).toEqual(new Set([1]));
    const rows = await table(engine, run);
    expect(rows.map(({ task }) => task)).toEqual(tasks);
    const one: { result: { value: object }[]; parent_prediction: number | null } = await ask(
      `GET /api/annotations/${rows[6]!.annotations[0]}/`,
    );
    expect(one.result.map(({ value }) => value)).toEqual(choice(7).map(({ value }) => value));
    expect(one.parent_prediction).toBeNull();
  });

  it('can be undone', async () => {
    const { engine, counts } = await community();
    const run = await createAll(engine, batch);
    const undone = await soon(engine.runs.undo(run.id, { query: allRows, copiesOnly: false }, () => {}));
    expect(undone.totals).toMatchObject({ deleted: 150, created: 0 });
    expect(new Set(await counts())).toEqual(new Set([0]));
  });

  it('leave others’ predictions alone', async () => {
    const { engine, ask, versions } = await community();
    await ask(`POST /api/projects/${project}/import/predictions`, [
      { task: 3, result: choice(3), model_version: 'theirs' },
    ]);
    const run = await createAll(engine, batch);
    expect(run.totals.created).toBe(150);
    expect(await versions()).toContain('theirs');
  });

  it('are sent one by one if they have other fields, are few, or a person wants it', async () => {
    const { engine } = await community();
    const routesOf = async (requests: object[], change = {}) => {
      const id = await planOf(engine, requests, project);
      const { routes, slowedByLeadTime } = await engine.runs.replan(id, { ...noChoices, ...change });
      return { routes: routes.map(({ title, rows }) => `${title} ${rows}`), slowedByLeadTime };
    };
    expect(await routesOf(batch)).toEqual({ routes: ['As predictions 150'], slowedByLeadTime: 0 });
    expect(await routesOf(batch, { oneByOne: true })).toMatchObject({ routes: ['One by one 150'] });
    expect(await routesOf(batch.slice(0, 20))).toMatchObject({ routes: ['One by one 20'] });
    const mine = batch.map((row) => ({ ...row, completed_by: 1, was_cancelled: false }));
    expect(await routesOf(mine)).toMatchObject({ routes: ['As predictions 150'] });
    const others = batch.map((row, index) => (index < 10 ? { ...row, completed_by: 2 } : row));
    expect(await routesOf(others)).toMatchObject({ routes: ['As predictions 140', 'One by one 10'] });
    const timed = batch.map((row) => ({ ...row, lead_time: 3.5 }));
    expect(await routesOf(timed)).toEqual({ routes: ['One by one 150'], slowedByLeadTime: 150 });
    expect(await routesOf(timed, { omitLeadTime: true })).toEqual({
      routes: ['As predictions 150'],
      slowedByLeadTime: 0,
    });
  });

  it('are named if the server drops them; the others are created', async () => {
    const { engine, counts, versions } = await community(async (request, serve) => {
      if (!isImport(request)) return serve();
      // The server accepts all but tasks 5 and 80.
      const sent = (await request.clone().json()) as { task: number; result: object }[];
      const taken = sent.map((one) => ([5, 80].includes(one.task) ? { ...one, result: refusedLabels } : one));
      return serve(new Request(request, { method: 'POST', body: JSON.stringify(taken) }));
    });
    const before = await versions();
    const run = await createAll(engine, batch);
    expect(run.totals).toMatchObject({ created: 148, refused: 2 });
    expect(run.reasons[0]!.reason).toContain('left this row out');
    const there = await counts();
    expect(tasks.filter((task) => there[task - 1] === 0)).toEqual([5, 80]);
    expect(await versions()).toEqual(before);
  });

  it('are refused if their task was deleted; the others are created', async () => {
    const { engine, counts } = await community(async (request, serve) => {
      if (!isImport(request)) return serve();
      const sent = (await request.clone().json()) as { task: number }[];
      const isThere = sent.every(({ task }) => task !== 9);
      return isThere ? serve() : Response.json(missingTask, { status: 400 });
    });
    const id = await planOf(engine, batch, project);
    const run = wholeRun(await soon(engine.runs.start(id, () => {})));
    expect(run.totals).toMatchObject({ created: 149, refused: 1 });
    const there = await counts();
    expect(tasks.filter((task) => there[task - 1] === 0)).toEqual([9]);
  });
});

const refusedLabels = choice(1, 'Angry');
const missingTask = {
  status_code: 400,
  detail: 'Validation error',
  validation_errors: { non_field_errors: ['contains invalid "task" field'] },
};

const lost = () => Promise.reject(new TypeError('network error'));

describe('after a failed step, each row has one annotation and no prediction', () => {
  it.each<[string, (request: Request) => boolean, 'before' | 'after']>([
    ['the import is lost', isImport, 'before'],
    ['the import is carried out, and its answer is lost', isImport, 'after'],
    ['turning is lost', isTurn, 'before'],
    ['turning is carried out, and its answer is lost', isTurn, 'after'],
    ['deleting the predictions is lost', isSweep, 'before'],
    ['deleting the predictions is carried out, and its answer is lost', isSweep, 'after'],
    ['the count is lost', isCount, 'before'],
  ])('%s', async (_, isStep, when) => {
    let calls = 0;
    const { engine, counts, versions } = await community(async (request, serve) => {
      if (!isStep(request) || (calls += 1) > 1) return serve();
      if (when === 'after') await serve();
      return lost();
    });
    const before = await versions();
    calls = 0;
    const run = await createAll(engine, batch);
    expect(calls).toBeGreaterThan(0);
    expect(run.totals).toMatchObject({ created: 150 });
    expect(new Set(await counts())).toEqual(new Set([1]));
    // Predictions of an import without an answer are deleted by the second look.
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await versions()).toEqual(before);
  });

  it('the browser repeats a call', async () => {
    for (const isStep of [isImport, isSweep]) {
      let calls = 0;
      const { engine, counts, versions } = await community(async (request, serve) => {
        if (!isStep(request) || (calls += 1) > 1) return serve();
        await serve(request.clone());
        return serve();
      });
      const before = await versions();
      const run = await createAll(engine, batch);
      expect(run.totals).toMatchObject({ created: 150 });
      expect(new Set(await counts())).toEqual(new Set([1]));
      await vi.advanceTimersByTimeAsync(15_000);
      expect(await versions()).toEqual(before);
    }
  });

  it('a database that is locked for some seconds leaves nothing behind', async () => {
    for (const isStep of [isSweep, isRefresh]) {
      let fails = 3;
      const { engine, versions } = await community(async (request, serve) =>
        isStep(request) && (fails -= 1) >= 0
          ? Response.json({ status_code: 500, detail: 'database is locked' }, { status: 500 })
          : serve(),
      );
      const before = await versions();
      // A refresh is asked for once less.
      if (isStep === isRefresh) fails -= 1;
      const run = await createAll(engine, batch);
      expect(run.totals.created).toBe(150);
      expect(run.left).toBeUndefined();
      expect(await versions()).toEqual(before);
    }
  });

  it('predictions that couldn’t be deleted are named, and deleting them can be repeated', async () => {
    let isBroken = true;
    const { engine, versions } = await community(async (request, serve) =>
      isSweep(request) && isBroken
        ? Response.json({ detail: 'database is locked' }, { status: 500 })
        : serve(),
    );
    const before = await versions();
    const run = await createAll(engine, batch);
    expect(run.totals.created).toBe(150);
    expect(run.left).toMatchObject({
      predictions: 150,
      reason: expect.stringContaining('internal error (500)') as string,
    });
    isBroken = false;
    const again = await soon(engine.runs.cleanUp(run.id, () => {}));
    expect(again.left).toBeUndefined();
    expect(await versions()).toEqual(before);
  });

  it('a summary that couldn’t be refreshed is named, and refreshing it can be repeated', async () => {
    let isBroken = true;
    const { engine } = await community(async (request, serve) =>
      isRefresh(request) && isBroken
        ? Response.json({ detail: "KeyError: 'value'" }, { status: 500 })
        : serve(),
    );
    const run = await createAll(engine, batch);
    expect(run.left).toMatchObject({ predictions: 0, unrefreshed: [project] });
    isBroken = false;
    expect((await soon(engine.runs.cleanUp(run.id, () => {}))).left).toBeUndefined();
  });

  it('the tab dies at any event of the journal, and the run is resumed', async () => {
    const seen = new Set<string>();
    for (let eventsLeft = 1; eventsLeft <= 9; eventsLeft += 1) {
      const { engine, reopen, counts, versions } = await community(undefined, eventsLeft);
      const before = await versions();
      const id = await planOf(engine, batch, project);
      void engine.runs.start(id, () => {});
      await vi.advanceTimersByTimeAsync(5000);
      const again = await reopen();
      const last = (await again.events(id)).at(-1)!;
      seen.add(last);
      const run = wholeRun(await soon(again.engine.runs.start(id, () => {})));
      expect(run.totals, last).toMatchObject({ created: 150 });
      expect(new Set(await counts()), last).toEqual(new Set([1]));
      await vi.advanceTimersByTimeAsync(15_000);
      expect(await versions(), last).toEqual(before);
      expect((await again.engine.runs.view(id))!.left, last).toBeUndefined();
    }
    expect([...seen]).toEqual([
      'started',
      'staging-sent',
      'staging-counted',
      'call-sent',
      'call-answered',
      'read-back',
      'swept',
      'summary-refreshed',
      'finished',
    ]);
  });

  it('the tab dies and the run is only checked: staged rows are removed', async () => {
    for (const eventsLeft of [2, 3]) {
      const { engine, reopen, counts, versions } = await community(undefined, eventsLeft);
      const before = await versions();
      const id = await planOf(engine, batch, project);
      void engine.runs.start(id, () => {});
      await vi.advanceTimersByTimeAsync(1000);
      const again = await reopen();
      const run = wholeRun(await soon(again.engine.runs.checkUnknown(id, () => {})));
      expect(run.totals).toMatchObject({ 'never-sent': 150 });
      expect(new Set(await counts())).toEqual(new Set([0]));
      await vi.advanceTimersByTimeAsync(15_000);
      expect(await versions()).toEqual(before);
    }
  });

  it('the tab dies while they are turned, and the run is checked first: resuming creates them', async () => {
    const { id, again, before, counts, versions } = await diedWhileTurning();
    expect((await again.events(id)).at(-1)).toBe('call-sent');
    const checked = wholeRun(await soon(again.engine.runs.checkUnknown(id, () => {})));
    expect(checked).toMatchObject({ totals: { 'not-found': 150 }, resumable: 150, left: { isNeeded: true } });
    await vi.advanceTimersByTimeAsync(15_000);
    const run = wholeRun(await soon(again.engine.runs.start(id, () => {})));
    expect(run).toMatchObject({ totals: { created: 150 }, resumable: 0 });
    expect(run.left).toBeUndefined();
    expect(new Set(await counts())).toEqual(new Set([1]));
    expect(await versions()).toEqual(before);
  });

  it('rows are missing and a person deletes their predictions: they are no longer sent by resuming', async () => {
    const { id, again, before, counts, versions } = await diedWhileTurning();
    await soon(again.engine.runs.checkUnknown(id, () => {}));
    const cleaned = await soon(again.engine.runs.cleanUp(id, () => {}));
    expect(cleaned).toMatchObject({ totals: { 'not-found': 150 }, resumable: 0 });
    expect(cleaned.left).toBeUndefined();
    expect(await versions()).toEqual(before);
    // They may be on the server although two reads didn’t show them.
    const run = wholeRun(await soon(again.engine.runs.start(id, () => {})));
    expect(run.totals['not-found']).toBe(150);
    expect(new Set(await counts())).toEqual(new Set([0]));
  });

  it.each([
    { when: 'before', checked: { 'not-found': 150 } },
    { when: 'after', checked: { created: 150 } },
  ])('turning is lost $when it was carried out, and reading fails', async ({ when, checked }) => {
    let [turns, isBroken] = [0, false];
    const { engine, counts, versions } = await community(async (request, serve) => {
      if (isBroken && isRead(request)) return lost();
      if (!isTurn(request) || (turns += 1) > 1) return serve();
      isBroken = true;
      if (when === 'after') await serve();
      return lost();
    });
    const before = await versions();
    const run = await createAll(engine, batch);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(run).toMatchObject({ totals: { unknown: 150 }, resumable: 0 });
    // Without their predictions, missing rows could not be sent again safely.
    expect((await engine.runs.view(run.id))!.left).toMatchObject({ predictions: 150, isNeeded: true });
    isBroken = false;
    expect((await soon(engine.runs.checkUnknown(run.id, () => {}))).totals).toMatchObject(checked);
    expect((await soon(engine.runs.start(run.id, () => {}))).totals.created).toBe(150);
    expect(new Set(await counts())).toEqual(new Set([1]));
    expect(await versions()).toEqual(before);
    expect((await engine.runs.view(run.id))!.left).toBeUndefined();
  });

  it('turning is answered with no annotations, although the server created all', async () => {
    // Seen on 1.23.2 with SQLite: it repeats a request by itself when its database was locked at the end.
    const { engine, counts, versions } = await community(async (request, serve) => {
      if (isTurn(request)) await serve();
      return serve();
    });
    const before = await versions();
    const run = await createAll(engine, batch);
    // The server’s counters aren’t updated when it repeats the request.
    expect(run).toMatchObject({ totals: { created: 150 }, uncounted: 150 });
    expect(new Set(await counts())).toEqual(new Set([1]));
    expect(await versions()).toEqual(before);
    const undone = await soon(engine.runs.undo(run.id, { query: allRows, copiesOnly: false }, () => {}));
    expect(undone.uncounted).toBe(0);
  });

  it('tasks are deleted while their predictions are turned: no prediction stays for them', async () => {
    let isDeleted = false;
    const server = await community(async (request, serve) => {
      if (isTurn(request) && !isDeleted) {
        isDeleted = true;
        for (const task of [148, 149, 150]) await server.ask(`DELETE /api/tasks/${task}/`);
      }
      return serve();
    });
    const before = await server.versions();
    const run = await createAll(server.engine, batch);
    expect(run).toMatchObject({ totals: { created: 147, unknown: 3 }, uncounted: 0 });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await server.versions()).toEqual(before);
    expect((await server.engine.runs.view(run.id))!.left).toBeUndefined();
  });

  it('turning is answered and reading fails: the predictions are not needed any more', async () => {
    let isBroken = false;
    const { engine, counts, versions } = await community(async (request, serve) => {
      if (isBroken && isRead(request)) return lost();
      isBroken ||= isTurn(request);
      return serve();
    });
    const before = await versions();
    const run = await createAll(engine, batch);
    expect(run.totals.unknown).toBe(150);
    expect(await versions()).toEqual(before);
    isBroken = false;
    expect((await soon(engine.runs.checkUnknown(run.id, () => {}))).totals.created).toBe(150);
    expect(new Set(await counts())).toEqual(new Set([1]));
  });

  it('turning is lost, and so is the count before it is repeated: resuming repeats it', async () => {
    let turns = 0;
    let counts = 0;
    const server = await community(async (request, serve) => {
      if (isTurn(request) && (turns += 1) === 1) return lost();
      if (isCount(request) && (counts += 1) === 3) return lost();
      return serve();
    });
    const before = await server.versions();
    const run = await createAll(server.engine, batch);
    expect(run).toMatchObject({ totals: { unknown: 150 }, left: { isNeeded: true } });
    expect(counts).toBeGreaterThanOrEqual(3);
    const resumed = wholeRun(await soon(server.engine.runs.start(run.id, () => {})));
    expect(resumed.totals.created).toBe(150);
    expect(new Set(await server.counts())).toEqual(new Set([1]));
    expect(await server.versions()).toEqual(before);
  });
});
