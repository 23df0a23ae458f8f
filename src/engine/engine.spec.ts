import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import type { SandboxOptions } from '#sandbox/data/settings.ts';
import type { Engine } from './engine.ts';
import {
  checkText,
  createAll as createAllSoon,
  engineOver,
  table,
  whileAdvancing,
  wholeRun,
} from './spec-driver.ts';

const base = 'http://sandbox.test';
const manager = sandboxUsers[0]!;
const positiveOf = (object: string) => [
  { from_name: 'sentiment', to_name: object, type: 'choices', value: { choices: ['Positive'] } },
];
/** For the product reviews and for the project with faults. */
const positive = positiveOf('review');
const positiveFault = positiveOf('text');
const person = [
  {
    from_name: 'entity',
    to_name: 'sentence',
    type: 'labels',
    value: { start: 0, end: 5, labels: ['Person'] },
  },
];

// Fake timers, so that no test waits.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterAll(() => void vi.useRealTimers());

const soon = whileAdvancing(() => vi.advanceTimersByTimeAsync(100));

const createAll = (engine: Engine, batch: object | string, project?: number) =>
  createAllSoon(engine, batch, project, soon);

/** The seeded project with faults: what its tasks do when an annotation is created on them. */
const faults = 6;
const faulty = {
  nothing: 10001,
  refused: 10002,
  errorNothingStoredOnce: 10003,
  errorNothingStored: 10004,
  errorAfterStoreOnce: 10005,
  lostBeforeStoreOnce: 10007,
  lostAfterStoreOnce: 10009,
  cutOffOnce: 10011,
  badGatewayAfterStoreOnce: 10013,
  storedLaterOnce: 10014,
  tooLarge: 10015,
  throttledOnce: 10016,
  storedTwiceOnce: 10017,
  tokenDies: 10018,
};

/** An engine connected to its own sandbox, and direct access to that sandbox. */
async function connected(options: Partial<SandboxOptions> = {}, token = manager.legacyToken) {
  const sandbox = createSandbox({ edition: 'enterprise', data: 'seeds', ...options });
  const { engine, posted: calls } = engineOver(sandbox.handle, base);
  // The sandbox stores at most one second late; a real gateway has 90.
  const server = { base, linkBase: 'https://ls.example.com', name: 'Sandbox', timeLimitSeconds: 1.5 };
  expect(await engine.session.connect(server, token)).toMatchObject({ ok: true });

  const read = async (path: string): Promise<string> => {
    const headers = { authorization: `Token ${manager.legacyToken}` };
    return (await sandbox.handle(new Request(base + path, { headers }))).text();
  };
  /** Stores a lone surrogate in a task, which makes it unreadable. */
  const poison = (task: number): Promise<Response> => {
    const headers = { authorization: `Token ${manager.legacyToken}`, 'content-type': 'application/json' };
    const body = '{"result": [{"type": "choices", "value": {"choices": ["\\ud800"]}}]}';
    return sandbox.handle(
      new Request(`${base}/api/tasks/${task}/annotations/`, { method: 'POST', headers, body }),
    );
  };
  return {
    engine,
    /** The paths of all POST requests, in order. */
    calls,
    read,
    poison,
    /** IDs of all annotations on a task, including cancelled ones. */
    onServer: async (task: number): Promise<number[]> => {
      const { annotations } = JSON.parse(await read(`/api/tasks/${task}/`)) as {
        annotations: { id: number }[];
      };
      return annotations.map(({ id }) => id);
    },
  };
}

describe.each(['enterprise', 'community'] as const)('the main workflow on %s', (edition) => {
  let engine: Engine;
  let server: Awaited<ReturnType<typeof connected>>;
  beforeEach(async () => {
    server = await connected({ edition });
    engine = server.engine;
  });

  it('links every row to its annotation', async () => {
    const run = await createAll(engine, [{ tasks: [11, 12, 13], result: positive }], 1);
    expect(run.totals.created).toBe(3);
    for (const { task, annotations, link } of await table(engine, run)) {
      expect(await server.onServer(task)).toContain(annotations[0]);
      expect(link).toBe(`https://ls.example.com/projects/1/data?task=${task}&annotation=${annotations[0]}`);
    }
  });

  it('finishes the other rows when one request is refused, with the server’s reason', async () => {
    const batch = [
      { tasks: [21, 22], result: positive },
      { tasks: [23], result: positive, completed_by: 99999 },
      { tasks: [25], result: positive },
    ];
    const run = await createAll(engine, batch, 1);
    expect(run.totals).toMatchObject({ created: 3, refused: 1 });
    expect(run.reasons).toMatchObject([
      { entry: 1, state: 'refused', reason: expect.stringContaining('Invalid pk "99999"') },
    ]);
  });

  it('skips tasks outside the project, and says so in the plan', async () => {
    const run = await createAll(engine, [{ tasks: [31, 7001], result: positive }], 1);
    expect(run.totals).toMatchObject({ created: 1, skipped: 1 });
    expect(run.reasons).toEqual([
      { entry: 0, state: 'skipped', reason: 'Task 7001 isn’t in Product reviews.', rows: 1 },
    ]);
  });

  it('creates two annotations for a task that is named twice', async () => {
    const before = await server.onServer(41);
    const run = await createAll(engine, [{ tasks: [41, 41], result: positive }], 1);
    expect(run.totals).toMatchObject({ created: 2 });
    const mine = (await table(engine, run)).flatMap(({ annotations }) => annotations);
    expect([...before, ...mine].toSorted()).toEqual((await server.onServer(41)).toSorted());
  });

  it('verifies skips, which can’t be marked, by the IDs in our own answers', async () => {
    const run = await createAll(engine, [{ tasks: [51, 52, 51], was_cancelled: true, result: [] }], 1);
    expect(run.totals).toMatchObject({ created: 3 });
    expect(new Set((await table(engine, run)).flatMap(({ annotations }) => annotations)).size).toBe(3);
  });

  it('sends and verifies the other tasks if one task is unreadable', async () => {
    expect((await server.poison(52)).status).toBe(500);
    const run = await createAll(engine, [{ tasks: [51, 52, 53], was_cancelled: true }], 1);
    // On the bulk route only the baseline reveals a second copy of a skip, so skips without one aren’t sent.
    const state = edition === 'enterprise' ? 'never-sent' : 'unknown';
    expect(run.totals).toMatchObject({ created: 2, [state]: 1 });
    expect((await table(engine, run))[1]).toMatchObject({ task: 52, state });
  });

  it('sends a 64-bit import_id exactly', async () => {
    const batch = `{"task": 61, "import_id": 9007199254740993, "result": ${JSON.stringify(positive)}}`;
    const [row] = await table(engine, await createAll(engine, batch, 1));
    expect(await server.read(`/api/annotations/${row!.annotations[0]}/`)).toMatch(
      /"import_id": ?9007199254740993\b/,
    );
  });

  it('resolves a selection of all tasks with exceptions', async () => {
    const batch = [{ selected_items: { all: true, excluded: [8001, 8002] }, project: 4, result: person }];
    const run = await createAll(engine, batch);
    expect(run.totals).toMatchObject({ created: 8 });
    expect((await table(engine, run)).map(({ task }) => task)).toEqual([
      8003, 8004, 8005, 8006, 8007, 8008, 8009, 8010,
    ]);
  });

  const repeated: [string, number] = edition === 'enterprise' ? ['not-found', 0] : ['created', 1];
  /** Expected state and number of annotations of each faulty task. */
  const cases: [name: keyof typeof faulty, state: string, created: number][] = [
    ['nothing', 'created', 1],
    ['refused', 'refused', 0],
    // Calls whose second copy wouldn’t be refused are repeated only by a person.
    ['errorNothingStoredOnce', ...repeated],
    ['errorAfterStoreOnce', 'created', 1],
    ['lostBeforeStoreOnce', ...repeated],
    ['lostAfterStoreOnce', 'created', 1],
    ['cutOffOnce', 'created', 1],
    ['badGatewayAfterStoreOnce', 'created', 1],
    ['storedLaterOnce', 'created', 1],
    ['tooLarge', 'created', 1],
    ['throttledOnce', ...repeated],
    [
      'storedTwiceOnce',
      edition === 'enterprise' ? 'duplicated' : 'created',
      edition === 'enterprise' ? 2 : 1,
    ],
    ['errorNothingStored', 'not-found', 0],
  ];

  it.each(cases)(
    'has the true state of a task with the fault: %s',
    async (name, state, created) => {
      const before = await server.onServer(faulty[name]);
      const run = await createAll(engine, [{ tasks: [faulty[name]], result: positiveFault }], faults);
      const [row] = await table(engine, run);
      const fresh = (await server.onServer(faulty[name])).filter((id) => !before.includes(id));
      expect(row).toMatchObject({ state });
      expect(fresh).toHaveLength(created);
      expect(row!.annotations.toSorted()).toEqual(fresh.toSorted());
    },
    20_000,
  );

  it('sends nothing twice if a faulty task shares its call with others', async () => {
    const tasks = [faulty.nothing, faulty.lostAfterStoreOnce, faulty.tooLarge, 10019];
    const before = await Promise.all(tasks.map(server.onServer));
    const run = await createAll(engine, [{ tasks, result: positiveFault }], faults);
    expect(run.totals).toMatchObject({ created: 4 });
    for (const [index, task] of tasks.entries())
      expect(await server.onServer(task)).toHaveLength(before[index]!.length + 1);
  });

  it('stops when the token expires, reports what was not sent, and resumes with a new token', async () => {
    const batch = [
      { tasks: [faulty.tokenDies], result: positiveFault },
      { tasks: Array.from({ length: 20 }, (_, index) => 101 + index), project: 1, result: positive },
    ];
    const run = await createAll(engine, batch, faults);
    expect(run.totals['never-sent'] + run.totals.unknown).toBeGreaterThan(0);
    expect(run.reasons.map(({ reason }) => reason).join()).toContain('token');
  });
});

describe('unknown behaviour of the bulk endpoint', () => {
  const unknowns: Partial<SandboxOptions['bulk'] & object>[] = [
    { idOrder: 'as-sent' },
    { idOrder: 'reversed' },
    { idOrder: 'shuffled' },
    { onBadTask: 'atomic' },
    { onBadTask: 'partial' },
    { ignoredFields: ['lead_time', 'completed_by', 'unique_id'] },
  ];

  it.each(unknowns)(
    'does not matter: %o',
    async (bulk) => {
      const { engine, onServer } = await connected({ bulk });
      const tasks = [faulty.nothing, faulty.refused, 10019, 10020];
      const run = await createAll(engine, [{ tasks, result: positiveFault, lead_time: 2 }], faults);
      for (const { task, annotations, state } of await table(engine, run)) {
        if (state === 'created') expect(await onServer(task)).toContain(annotations[0]);
        else expect({ task, state }).toEqual({ task: faulty.refused, state: 'refused' });
      }
    },
    20_000,
  );

  it('sends 250 tasks in three calls', async () => {
    const { engine, calls } = await connected();
    const tasks = Array.from({ length: 250 }, (_, index) => 1001 + index);
    const run = await createAll(engine, [{ tasks, result: positive }], 1);
    expect(run.totals.created).toBe(250);
    expect(calls.filter((path) => path === '/api/annotations/bulk/')).toHaveLength(3);
  });

  it('lets the server resolve a selection only if that was chosen', async () => {
    const { engine } = await connected();
    await engine.batch.setProject(4);
    await checkText(engine, JSON.stringify({ selected_items: { all: true }, result: person }));
    const plan = await engine.runs.plan({ selection: 'as-is' });
    if (!plan.ok) throw new Error(plan.failure.message);
    expect(plan.value).toMatchObject({ wholeProject: true, calls: 1, rows: 10 });
    expect(await soon(engine.runs.start(plan.value.id, () => {}))).toMatchObject({ totals: { created: 10 } });
  });
});

it('shows at once when a run begins to send and to read back', async () => {
  const { engine } = await connected();
  await engine.batch.setProject(1);
  await checkText(engine, JSON.stringify({ tasks: [71, 72], result: positive }));
  const plan = await engine.runs.plan({ selection: 'resolve' });
  if (!plan.ok) throw new Error(plan.failure.message);
  const phases: string[] = [];
  await soon(
    engine.runs.start(plan.value.id, ({ phase }) => {
      if (phases.at(-1) !== phase) phases.push(phase);
    }),
  );
  expect(phases.slice(-4)).toEqual(['reading-back', 'sending', 'reading-back', 'finished']);
});

it('isn’t deleted while it runs', async () => {
  const { engine } = await connected();
  await engine.batch.setProject(1);
  await checkText(engine, JSON.stringify({ tasks: [73], result: positive }));
  const plan = await engine.runs.plan({ selection: 'resolve' });
  if (!plan.ok) throw new Error(plan.failure.message);
  const { id } = plan.value;
  let deleting: Promise<string> | undefined;
  const tryToDelete = () =>
    engine.runs.delete([id]).then(
      () => 'deleted',
      (error: Error) => error.message,
    );
  await soon(engine.runs.start(id, () => void (deleting ??= tryToDelete())));
  expect(await deleting).toContain('A running run can’t be deleted.');
  await engine.runs.delete([id]);
  expect(await engine.runs.view(id)).toBeUndefined();
});

describe('stopping', () => {
  it('sends nothing more, confirms calls in flight, and can be resumed later', async () => {
    const { engine, calls } = await connected({ edition: 'community', latency: { perCall: 20, perTask: 0 } });
    await engine.batch.setProject(1);
    const tasks = Array.from({ length: 60 }, (_, index) => 2001 + index);
    await checkText(engine, JSON.stringify({ tasks, result: positive }));
    const plan = await engine.runs.plan({ selection: 'resolve' });
    if (!plan.ok) throw new Error(plan.failure.message);
    let stopped = false;
    const run = await soon(
      engine.runs.start(plan.value.id, (view) => {
        if (stopped || view.totals.unconfirmed === 0) return;
        stopped = true;
        void engine.runs.stop(view.id);
      }),
    );
    wholeRun(run);
    const sent = calls.length;
    expect(sent).toBeLessThan(60);
    expect(run.totals).toMatchObject({ created: sent, 'never-sent': 60 - sent });

    const whole = await soon(engine.runs.start(run.id, () => {}));
    expect(whole.totals).toMatchObject({ created: 60, 'never-sent': 0 });
    expect(calls).toHaveLength(60);
  });
});
