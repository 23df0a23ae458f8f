import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import type { SandboxOptions } from '#sandbox/data/settings.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { Engine } from './engine.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import type { PlanChoices } from '#engine/runs/calls/plan-calls.ts';
import {
  allRows,
  checkText,
  createAll,
  engineOver,
  planOf,
  table,
  whileAdvancing,
  wholeRun,
} from './spec-driver.ts';

/*
 * Runs interrupted by the server, the network, the token or the manager: rows are confirmed before they are sent again,
 * and nothing that may exist is sent twice.
 */

const base = 'http://sandbox.test';
const [manager, annotator] = sandboxUsers as [(typeof sandboxUsers)[0], (typeof sandboxUsers)[0]];
const positive = [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: ['Positive'] } },
];
const person = [
  {
    from_name: 'entity',
    to_name: 'sentence',
    type: 'labels',
    value: { start: 0, end: 5, labels: ['Person'] },
  },
];
const skip = { was_cancelled: true, result: [] };
const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

// Fake timers, so that no test waits.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterAll(() => void vi.useRealTimers());

const soon = whileAdvancing(() => vi.advanceTimersByTimeAsync(100));

/** Intercepts a request to the server; undefined lets it through. */
type Hook = (request: Request, path: string) => Promise<Response | undefined> | Response | undefined;

/** A connected engine, a connection to its server that can be cut, and direct access to the server. */
async function connected(
  options: Partial<SandboxOptions> = {},
  token = manager.legacyToken,
  store = memoryStore(),
  sandbox = createSandbox({ edition: 'enterprise', data: 'seeds', ...options }),
) {
  const line: { hook: Hook } = { hook: () => undefined };
  let appendsLeft = Infinity;
  const { engine, posted: calls } = engineOver(
    async (request) => {
      // After a crash, this tab sends nothing.
      if (appendsLeft < 0) return new Promise<Response>(() => {});
      return (await line.hook(request, new URL(request.url).pathname)) ?? sandbox.handle(request);
    },
    base,
    {
      ...store,
      async append(id, event) {
        appendsLeft -= 1;
        if (appendsLeft < 0) return new Promise<void>(() => {});
        return store.append(id, event);
      },
    },
  );
  const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 1.5 };
  const connect = async (secret: string, more: Partial<typeof server> = {}) =>
    expect(await engine.session.connect({ ...server, ...more }, secret)).toMatchObject({ ok: true });
  await connect(token);

  const authorization = `Token ${manager.legacyToken}`;
  return {
    engine,
    line,
    connect,
    sandbox,
    /** The tab crashes after storing this many more events. */
    crashAfter: (events: number) => void (appendsLeft = events),
    /** Paths of creating requests, in order. */
    creating: () => calls.filter((path) => path.includes('annotations')),
    calls,
    /** Direct access to the server, without the connection that can be cut. */
    past: (request: Request) => sandbox.handle(request),
    onServer: async (task: number): Promise<number[]> => {
      const request = new Request(`${base}/api/tasks/${task}/`, { headers: { authorization } });
      const { annotations } = (await (await sandbox.handle(request)).json()) as {
        annotations: { id: number }[];
      };
      return annotations.map(({ id }) => id);
    },
  };
}

/** A request that annotates a task as the manager. */
function annotationOn(task: number, body: object): Request {
  const headers = { authorization: `Token ${manager.legacyToken}`, 'content-type': 'application/json' };
  const url = `${base}/api/tasks/${task}/annotations/`;
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** A current export of these tasks, to replay later. */
async function staleExport(
  past: (request: Request) => Promise<Response>,
  tasks: number[],
): Promise<Response> {
  const ids = tasks.map((task) => `&ids[]=${task}`).join('');
  const url = `${base}/api/projects/1/export?exportType=JSON&download_all_tasks=true${ids}`;
  return past(new Request(url, { headers: { authorization: `Token ${manager.legacyToken}` } }));
}

const isCreating = (path: string) => path.endsWith('/annotations/') || path.endsWith('/bulk/');
const isReading = (path: string) => path.endsWith('/export');
const dead = () => Promise.reject(new TypeError('Failed to fetch'));

const runAll = (engine: Engine, batch: object, project?: number) => createAll(engine, batch, project, soon);

async function runAsIs(engine: Engine, batch: object, project: number): Promise<RunView> {
  const selection: PlanChoices['selection'] = 'as-is';
  await engine.batch.setProject(project);
  expect(await checkText(engine, JSON.stringify(batch))).toMatchObject({ errors: 0 });
  const plan = await engine.runs.plan({ selection });
  if (!plan.ok) throw new Error(plan.failure.message);
  return wholeRun(await soon(engine.runs.start(plan.value.id, () => {})));
}

const idsOf = async (engine: Engine, run: RunView) =>
  (await table(engine, run)).map(({ annotations }) => annotations);

it('checking again finds a refused row whose late copy was hidden by stale reads', async () => {
  const server = await connected();
  let stale: Response | undefined;
  server.line.hook = async (request, path) => {
    if (isReading(path) && stale) return stale.clone();
    if (!isCreating(path)) return undefined;
    stale = await staleExport(server.past, [101]);
    // The first copy is processed; the page sees the answer to the second one.
    await server.past(request.clone());
    return Response.json({ detail: 'Too large.', status_code: 413, version: '1' }, { status: 413 });
  };
  const run = await runAll(server.engine, { tasks: [101], result: positive }, 1);
  expect(run.totals.refused).toBe(1);
  stale = undefined;
  const checked = await soon(server.engine.runs.checkUnknown(run.id, () => {}));
  expect(checked.totals).toMatchObject({ refused: 0, created: 1 });
  expect(await idsOf(server.engine, checked)).toEqual([await server.onServer(101)]);
});

describe('a personal access token', () => {
  it('doesn’t shorten the wait for late copies if renewing is slow', async () => {
    const store = memoryStore();
    const { engine, line } = await connected(
      { edition: 'enterprise', accessTokenSeconds: 30 },
      manager.personalAccessToken,
      store,
    );
    const runId = await planOf(engine, { tasks: [101], result: positive }, 1);
    let leftAt = 0;
    line.hook = async (_, path) => {
      if (path.endsWith('/refresh/')) await new Promise((resolve) => setTimeout(resolve, 9000));
      if (isCreating(path)) leftAt = Date.now();
      return undefined;
    };
    await soon(engine.runs.start(runId, () => {}));
    const events = await store.events(runId);
    const sent = events.find((event) => event.type === 'call-sent')!.call;
    expect(sent).toMatchObject({ sentAt: leftAt, settledAfter: leftAt + 11_500 });
  });

  it('is renewed during a run whenever needed', async () => {
    // Access tokens are renewed 30 s before they expire, so each of these lasts five seconds.
    const server = await connected(
      { edition: 'community', accessTokenSeconds: 35, latency: { perCall: 2000, perTask: 0 } },
      manager.personalAccessToken,
    );
    const run = await runAll(server.engine, { tasks: upTo(40, 101), result: positive }, 1);
    expect(run.totals.created).toBe(40);
    expect(server.creating()).toHaveLength(40);
    expect(server.calls.filter((path) => path === '/api/token/refresh/').length).toBeGreaterThanOrEqual(4);
  });

  it('ends the run if refused early: a second copy of the call might create duplicates', async () => {
    const server = await connected({ edition: 'enterprise' }, manager.personalAccessToken);
    const fault = [{ ...positive[0], to_name: 'text' }];
    const run = await runAll(server.engine, { tasks: [10018], result: fault }, 6);
    expect(run.totals['not-found']).toBe(1);
    expect(server.creating()).toHaveLength(1);
    expect(await server.onServer(10018)).toHaveLength(0);
    // A person decides to send it again.
    const again = wholeRun(await soon(server.engine.runs.sendAgain(run.id, allRows, () => {})));
    expect(again.totals.created).toBe(1);
    expect(await server.onServer(10018)).toHaveLength(1);
  });

  it('stops the run if revoked; the run can be resumed with another token', async () => {
    const server = await connected(
      { edition: 'community', accessTokenSeconds: 35, latency: { perCall: 2000, perTask: 0 } },
      manager.personalAccessToken,
    );
    server.line.hook = async (_, path) => {
      if (!isCreating(path) || server.creating().length !== 3) return undefined;
      const body = JSON.stringify({ refresh: manager.personalAccessToken });
      const headers = { 'content-type': 'application/json' };
      await server.past(new Request(`${base}/api/token/blacklist/`, { method: 'POST', headers, body }));
      return undefined;
    };
    const tasks = upTo(30, 201);
    const run = await runAll(server.engine, { tasks, result: positive }, 1);
    expect(run.totals['never-sent']).toBeGreaterThan(10);
    expect(run.totals.unknown).toBeGreaterThan(3);
    expect(run.reasons.map(({ reason }) => reason).join()).toContain('revoked');

    server.line.hook = () => undefined;
    await server.connect(manager.legacyToken);
    await soon(server.engine.runs.checkUnknown(run.id, () => {}));
    const whole = wholeRun(await soon(server.engine.runs.start(run.id, () => {})));
    expect(whole.totals).toMatchObject({ created: 30 });
    for (const task of tasks) expect(await server.onServer(task)).toHaveLength(1);
  });
});

describe('an unreachable server', () => {
  it('leaves rows unknown until checking again finds them', async () => {
    const server = await connected();
    const tasks = upTo(150, 301);
    server.line.hook = (_, path) => (isReading(path) ? dead() : undefined);
    const run = await runAll(server.engine, { tasks, result: positive }, 1);
    expect(run.totals).toMatchObject({ unknown: 150 });
    expect(run.reasons).toMatchObject([
      { state: 'unknown', reason: expect.stringContaining('Could not be verified') },
    ]);

    server.line.hook = () => undefined;
    const again = wholeRun(await soon(server.engine.runs.checkUnknown(run.id, () => {})));
    expect(again.totals).toMatchObject({ created: 150, unknown: 0 });
    expect(server.creating()).toHaveLength(2);
    const ids = await idsOf(server.engine, run);
    for (const [index, task] of tasks.entries()) expect(ids[index]).toEqual(await server.onServer(task));
  });

  it('may have stored nothing: missing rows are sent again only by a person', async () => {
    const server = await connected();
    let first = true;
    server.line.hook = (_, path) => {
      if (isReading(path)) return dead();
      if (!isCreating(path) || !first) return undefined;
      first = false;
      return dead();
    };
    const tasks = upTo(150, 501);
    const run = await runAll(server.engine, { tasks, result: positive }, 1);
    expect(run.totals).toMatchObject({ unknown: 150 });

    server.line.hook = () => undefined;
    const again = wholeRun(await soon(server.engine.runs.checkUnknown(run.id, () => {})));
    expect(again.totals).toMatchObject({ created: 50, 'not-found': 100, unknown: 0 });
    const resumed = wholeRun(await soon(server.engine.runs.start(run.id, () => {})));
    expect(resumed.totals).toMatchObject({ created: 50, 'not-found': 100 });

    const whole = wholeRun(await soon(server.engine.runs.sendAgain(run.id, allRows, () => {})));
    expect(whole.totals).toMatchObject({ created: 150 });
    for (const task of tasks) expect(await server.onServer(task)).toHaveLength(1);
  });

  it('stops the run after five lost calls in a row', async () => {
    const server = await connected({ edition: 'community' });
    server.line.hook = (_, path) => (isCreating(path) ? dead() : undefined);
    const tasks = upTo(60, 701);
    const run = await runAll(server.engine, { tasks, result: positive }, 1);
    expect(run.totals['never-sent'] + run.totals['not-found']).toBe(60);
    expect(run.totals['never-sent']).toBeGreaterThan(50);
    // Five, and the calls in flight with the fifth.
    expect(server.creating().length).toBeLessThanOrEqual(5 + 3);
    expect(run.reasons[0]!.reason).toMatch(
      /^Not sent: 5 calls in a row got no usable answer\. The last one: /,
    );

    server.line.hook = () => undefined;
    const whole = wholeRun(await soon(server.engine.runs.start(run.id, () => {})));
    expect(whole.totals).toMatchObject({ created: 60 });
    for (const task of tasks) expect(await server.onServer(task)).toHaveLength(1);
  });

  it('doesn’t stop the run if calls are lost only now and then', async () => {
    const server = await connected({ edition: 'community' });
    let sent = 0;
    server.line.hook = (_, path) => (isCreating(path) && (sent += 1) % 5 === 0 ? dead() : undefined);
    const run = await runAll(server.engine, { tasks: upTo(40, 801), result: positive }, 1);
    expect(run.totals).toMatchObject({ created: 40 });
  });

  it('is read only after its time limit', async () => {
    const server = await connected();
    let lostAt = 0;
    let readAt = 0;
    server.line.hook = (_, path) => {
      if (isReading(path) && lostAt > 0 && readAt === 0) readAt = Date.now();
      if (!isCreating(path) || lostAt > 0) return undefined;
      lostAt = Date.now();
      return dead();
    };
    const phases = new Set<string>();
    const id = await planOf(server.engine, { tasks: [901, 902], result: positive }, 1);
    await soon(server.engine.runs.start(id, ({ phase }) => phases.add(phase)));
    expect(readAt - lostAt).toBeGreaterThanOrEqual(11_500);
    expect(phases).toContain('settling');
  });

  it('is read until two reads agree', async () => {
    const server = await connected();
    let isFirst = true;
    server.line.hook = (request, path) => {
      if (!isCreating(path) || !isFirst) return undefined;
      isFirst = false;
      // Between the first and second read, long after the server’s time limit.
      setTimeout(() => void server.past(request.clone()), 11_900);
      return dead();
    };
    const run = await runAll(server.engine, { tasks: [911, 912], result: positive }, 1);
    expect(run.totals).toMatchObject({ created: 2 });
    expect(server.creating()).toHaveLength(1);
    for (const task of [911, 912]) expect(await server.onServer(task)).toHaveLength(1);
  });
});

describe('skips, which only our own answer proves', () => {
  it('are not confused when one of two on the same task is lost', async () => {
    const server = await connected();
    let sent = 0;
    server.line.hook = (_, path) => (isCreating(path) && (sent += 1) === 1 ? dead() : undefined);
    const run = await runAll(server.engine, { tasks: [31, 31], ...skip }, 1);
    expect(run.totals).toMatchObject({ created: 1, unknown: 1 });
    expect((await idsOf(server.engine, run)).flat()).toEqual(await server.onServer(31));
    // It isn’t sent again, because a second copy couldn’t be recognised.
    const whole = wholeRun(await soon(server.engine.runs.start(run.id, () => {})));
    expect(whole.totals).toMatchObject({ created: 1, unknown: 1 });
    expect(server.creating()).toHaveLength(2);
  });

  it('of someone else are reported, not claimed as ours', async () => {
    const server = await connected();
    server.line.hook = async (request, path) => {
      if (!isCreating(path)) return undefined;
      // Someone else skips the task at the same moment, and our own call gets lost.
      await server.past(annotationOn(33, skip));
      void request;
      return dead();
    };
    const run = await runAll(server.engine, { tasks: [33], ...skip }, 1);
    expect(run.totals).toMatchObject({ created: 0, unknown: 1 });
    expect(run.suspects).toBe(1);
    expect(await idsOf(server.engine, run)).toEqual([[]]);
  });

  it('are reported if a browser sent them twice', async () => {
    const server = await connected();
    server.line.hook = async (request, path) => {
      if (isCreating(path)) await server.past(request.clone());
      return undefined;
    };
    const run = await runAll(server.engine, { tasks: [34], ...skip }, 1);
    expect(run.totals).toMatchObject({ created: 1 });
    expect(run.suspects).toBe(1);
    expect(await server.onServer(34)).toHaveLength(2);
  });
});

describe('a stored first copy, while the second one was answered', () => {
  const answers: [status: number, body: object | string][] = [
    [401, { detail: 'Invalid token.', status_code: 401 }],
    [403, { detail: 'You do not have permission to perform this action.', status_code: 403 }],
    [403, '<html>blocked by the gateway</html>'],
    [413, '<html>too large</html>'],
    [429, { detail: 'Request was throttled.', status_code: 429 }],
    [400, { detail: 'Validation error', status_code: 400, validation_errors: { tasks: ['no'] } }],
    [500, { detail: 'boom', status_code: 500 }],
    [502, '<html>bad gateway</html>'],
  ];

  it.each(answers)('is found after a %i, and nothing is sent twice', async (status, body) => {
    const server = await connected();
    let isFirst = true;
    server.line.hook = async (request, path) => {
      if (!isCreating(path) || !isFirst) return undefined;
      isFirst = false;
      await server.past(request.clone());
      return typeof body === 'string'
        ? new Response(body, { status, headers: { 'content-type': 'text/html' } })
        : Response.json(body, { status });
    };
    const tasks = [951, 952, 953];
    const run = await runAll(server.engine, { tasks, result: positive }, 1);
    expect(run.totals).toMatchObject({ created: 3 });
    expect(server.creating()).toHaveLength(1);
    for (const task of tasks) expect(await server.onServer(task)).toHaveLength(1);
  });

  it('is reported as a duplicate by the second look if stored late', async () => {
    const server = await connected();
    server.line.hook = (request, path) => {
      if (!isCreating(path)) return undefined;
      const copy = request.clone();
      // The first copy is still being processed when the second one is answered.
      setTimeout(() => void server.past(copy), 5000);
      return undefined;
    };
    let last: RunView | undefined;
    const id = await planOf(server.engine, { tasks: [961, 962], result: positive }, 1);
    const run = wholeRun(await soon(server.engine.runs.start(id, (view) => (last = view))));
    expect(run.totals).toMatchObject({ created: 2 });
    expect(run.secondLookAt).toBeGreaterThan(Date.now());
    await vi.advanceTimersByTimeAsync(15_000);
    expect(last!.totals).toMatchObject({ duplicated: 2, created: 0 });
    expect(last!.secondLookAt).toBeUndefined();
  });
});

describe('a call that a gateway timed out', () => {
  it('is found if it is stored late', async () => {
    const server = await connected();
    let isFirst = true;
    server.line.hook = (request, path) => {
      if (!isCreating(path) || !isFirst) return undefined;
      isFirst = false;
      const copy = request.clone();
      setTimeout(() => void server.past(copy), 5000);
      return new Response('<html>Gateway Time-out</html>', { status: 504 });
    };
    const run = await runAll(server.engine, { tasks: [971, 972], result: positive }, 1);
    expect(run.totals).toMatchObject({ created: 2 });
    for (const task of [971, 972]) expect(await server.onServer(task)).toHaveLength(1);
  });

  it('doesn’t give up its group if the gateway fails briefly', async () => {
    const server = await connected({ edition: 'community' });
    let isFirst = true;
    server.line.hook = (_, path) => {
      if (!isCreating(path) || !isFirst) return undefined;
      isFirst = false;
      return new Response('<html>Forbidden</html>', { status: 403 });
    };
    const run = await runAll(server.engine, { tasks: upTo(20, 981), result: positive }, 1);
    expect(run.totals).toMatchObject({ created: 20 });
  });
});

it('is never sent again automatically after stale reads, even two that agree', async () => {
  const server = await connected();
  const stale = await staleExport(server.past, [991, 992]);
  server.line.hook = (_, path) => (isReading(path) ? stale.clone() : undefined);
  const run = await runAll(server.engine, { tasks: [991, 992], result: positive }, 1);
  expect(run.totals).toMatchObject({ 'not-found': 2 });
  expect(run.reasons[0]!.reason).toContain('The server answered that it was created');
  server.line.hook = () => undefined;
  const again = wholeRun(await soon(server.engine.runs.start(run.id, () => {})));
  expect(again.totals).toMatchObject({ created: 2 });
  expect(server.creating()).toHaveLength(1);
});

it('refuses a row whose task was deleted after the review, in the server’s words', async () => {
  const server = await connected({ edition: 'community' });
  const id = await planOf(server.engine, { tasks: [1001, 1002], result: positive }, 1);
  const headers = { authorization: `Token ${manager.legacyToken}` };
  await server.past(new Request(`${base}/api/tasks/1001/`, { method: 'DELETE', headers }));
  const run = wholeRun(await soon(server.engine.runs.start(id, () => {})));
  expect(run.totals).toMatchObject({ created: 1, refused: 1 });
  expect(run.reasons.map(({ reason }) => reason).join()).toContain('No Task matches the given query.');
});

it('waits for “Retry-After”', async () => {
  const server = await connected({ edition: 'community' });
  const sentAt: number[] = [];
  server.line.hook = (_, path) => {
    if (!isCreating(path)) return undefined;
    sentAt.push(Date.now());
    return sentAt.length === 1
      ? new Response('', { status: 429, headers: { 'retry-after': '7' } })
      : undefined;
  };
  const run = await runAll(server.engine, { tasks: [1011], result: positive }, 1);
  expect(run.totals).toMatchObject({ created: 1 });
  expect(sentAt[1]! - sentAt[0]!).toBeGreaterThanOrEqual(7000);
});

it('retries a refused connection on Community at once, because its unique_id makes that safe', async () => {
  const server = await connected({ edition: 'community' });
  const begun = Date.now();
  let isFirst = true;
  server.line.hook = (_, path) => {
    if (!isCreating(path) || !isFirst) return undefined;
    isFirst = false;
    return dead();
  };
  const run = await runAll(server.engine, { tasks: [1021], result: positive }, 1);
  expect(run.totals).toMatchObject({ created: 1 });
  expect(Date.now() - begun).toBeLessThan(8000);
});

describe('a tab that is closed during a run', () => {
  it.each(['enterprise', 'community'] as const)(
    'is resumed without a second annotation: %s',
    async (edition) => {
      const store = memoryStore();
      const server = await connected({ edition, latency: { perCall: 500, perTask: 0 } }, undefined, store);
      const tasks = upTo(edition === 'enterprise' ? 900 : 40, 1101);
      const id = await planOf(server.engine, { tasks, result: positive }, 1);
      server.crashAfter(6);
      void server.engine.runs.start(id, () => {}).catch(() => {});
      await vi.advanceTimersByTimeAsync(20_000);

      const next = await connected({ edition }, undefined, store, server.sandbox);
      const interrupted = await next.engine.runs.view(id);
      expect(interrupted).toMatchObject({ phase: 'interrupted' });
      const run = wholeRun(await soon(next.engine.runs.start(id, () => {})));
      expect(run.totals).toMatchObject({ created: tasks.length });
      for (const task of tasks.slice(0, 60)) expect(await next.onServer(task)).toHaveLength(1);
    },
  );
});

describe('a selection resolved by the server', () => {
  const selectionOf = (request: Request) => request.clone().json() as Promise<Record<string, unknown>>;

  it('is one call with its tasks in the selection', async () => {
    const server = await connected();
    const bodies: Record<string, unknown>[] = [];
    server.line.hook = async (request, path) => {
      if (isCreating(path)) bodies.push(await selectionOf(request));
      return undefined;
    };
    const selection = { all: false, included: [8003, 8001] };
    const run = await runAsIs(server.engine, { selected_items: selection, result: person }, 4);
    expect(run).toMatchObject({ totals: { created: 2 }, plan: { wholeProject: false } });
    expect(bodies).toMatchObject([{ selected_items: selection, project: 4 }]);
    expect(bodies[0]).not.toHaveProperty('tasks');
  });

  it('creates two annotations only on a task that it names twice', async () => {
    const server = await connected();
    const before = await server.onServer(8001);
    const selection = { all: false, included: [8001, 8002, 8001] };
    const run = await runAsIs(server.engine, { selected_items: selection, result: person }, 4);
    expect(run.totals).toMatchObject({ created: 3 });
    expect(await server.onServer(8001)).toHaveLength(before.length + 2);
    expect(await server.onServer(8002)).toHaveLength(1);
  });

  it('isn’t sent again if partly done; missing rows are listed', async () => {
    const server = await connected();
    const bodies: Record<string, unknown>[] = [];
    server.line.hook = async (request, path) => {
      if (!isCreating(path)) return undefined;
      const body = await selectionOf(request);
      bodies.push(body);
      if (bodies.length > 1) return undefined;
      const { selected_items: _, ...part } = body;
      await server.past(
        new Request(request.url, {
          method: 'POST',
          headers: request.headers,
          body: JSON.stringify({ ...part, tasks: [8002, 8003, 8004] }),
        }),
      );
      return dead();
    };
    const run = await runAsIs(server.engine, { selected_items: { all: true }, result: person }, 4);
    expect(run.totals).toMatchObject({ created: 3, 'not-found': 7 });
    expect(bodies).toHaveLength(1);
    const whole = wholeRun(await soon(server.engine.runs.sendAgain(run.id, allRows, () => {})));
    expect(whole.totals).toMatchObject({ created: 10 });
    expect(bodies.slice(1).every((body) => !('selected_items' in body))).toBe(true);
    const named = bodies.slice(1).flatMap(({ tasks }) => tasks as number[]);
    expect(named.toSorted()).toEqual([8001, 8005, 8006, 8007, 8008, 8009, 8010]);
    for (const task of upTo(9, 8002)) expect(await server.onServer(task)).toHaveLength(1);
  });

  it('lists annotations on tasks without a row', async () => {
    const server = await connected();
    server.line.hook = async (request, path) => {
      if (!isCreating(path)) return undefined;
      const { selected_items: _, ...body } = await selectionOf(request);
      const { method, url, headers } = request;
      const tasks = upTo(10, 8001);
      const more = JSON.stringify({ ...body, tasks: [...tasks, 101], project: undefined });
      return server.past(new Request(url, { method, headers, body: more }));
    };
    const run = await runAsIs(server.engine, { selected_items: { all: true }, result: person }, 4);
    expect(run.totals).toMatchObject({ created: 10 });
    expect(run.extra).toHaveLength(1);
    expect(await server.onServer(101)).toEqual(expect.arrayContaining(run.extra));
  });
});

describe('a run', () => {
  it('can cover several projects', async () => {
    const server = await connected();
    const invoice = [{ from_name: 'amount', to_name: 'invoice', type: 'number', value: { number: 12.5 } }];
    const batch = [
      { tasks: [61, 62], project: 1, result: positive },
      { tasks: [8005], project: 4, result: person },
      { tasks: [7002, 8006], result: invoice },
    ];
    const run = await runAll(server.engine, batch, 3);
    expect(run.totals).toMatchObject({ created: 4, skipped: 1 });
    expect(run.plan.projects).toEqual([
      { id: 1, title: 'Product reviews', rows: 2 },
      { id: 4, title: 'Company news', rows: 1 },
      { id: 3, title: 'Invoices', rows: 1 },
    ]);
    const rows = await table(server.engine, run);
    expect(rows.map(({ project, state }) => `${project} ${state}`)).toEqual([
      '1 created',
      '1 created',
      '4 created',
      '3 created',
      '3 skipped',
    ]);
    for (const { task, annotations, state } of rows)
      if (state === 'created') expect(await server.onServer(task)).toContain(annotations[0]);
  });

  it('shows a duplicated row with both IDs, on screen and in every file', async () => {
    const server = await connected();
    const fault = [{ ...positive[0], to_name: 'text' }];
    const run = await runAll(server.engine, { tasks: [10017], result: fault }, 6);
    const ids = await server.onServer(10017);
    expect(ids).toHaveLength(2);
    expect(await idsOf(server.engine, run)).toEqual([ids]);
    const file = async (format: 'csv' | 'json') =>
      (await server.engine.runs.exportFile(run.id, format, allRows)).file.text();
    expect(await server.engine.runs.annotationIds(run.id, allRows)).toBe(`${ids.join('\n')}\n`);
    expect(JSON.parse(await file('json'))).toMatchObject([{ state: 'duplicated', annotations: ids }]);
    expect((await file('csv')).split('\r\n').filter((text) => text.includes(',duplicated,'))).toHaveLength(2);
  });

  it('ends soon after stopping if the server throttles it, and sends nothing more', async () => {
    const server = await connected({ edition: 'community' });
    server.line.hook = (_, path) => (isCreating(path) ? new Response('', { status: 429 }) : undefined);
    const id = await planOf(server.engine, { tasks: upTo(20, 401), result: positive }, 1);
    const run = server.engine.runs.start(id, () => {});
    await vi.advanceTimersByTimeAsync(20_000);
    const [sent, stoppedAt] = [server.creating().length, Date.now()];
    await server.engine.runs.stop(id);
    const { totals } = wholeRun(await soon(run));
    expect(totals['never-sent'] + totals['not-found']).toBe(20);
    expect(server.creating()).toHaveLength(sent);
    // Calls with a 429 are confirmed once they have settled.
    expect(Date.now() - stoppedAt).toBeLessThanOrEqual(15_000);
  });

  it('resumes only on its own server as its own user', async () => {
    const server = await connected();
    server.line.hook = (_, path) => (isReading(path) ? dead() : undefined);
    const run = await runAll(server.engine, { tasks: [421], result: positive }, 1);
    server.line.hook = () => undefined;
    const sent = server.calls.length;
    const refused = 'This run belongs to Maya Lindqvist on Sandbox.';

    await server.connect(manager.legacyToken, { linkBase: 'https://other.example.com' });
    await expect(server.engine.runs.checkUnknown(run.id, () => {})).rejects.toThrow(refused);
    await server.connect(annotator.legacyToken);
    await expect(server.engine.runs.start(run.id, () => {})).rejects.toThrow(refused);
    await server.engine.session.disconnect();
    await expect(server.engine.runs.start(run.id, () => {})).rejects.toThrow('Not connected');
    expect(server.calls).toHaveLength(sent);

    await server.connect(manager.legacyToken);
    const again = await soon(server.engine.runs.checkUnknown(run.id, () => {}));
    expect(again.totals).toMatchObject({ created: 1 });
  });

  it('runs alone', async () => {
    const server = await connected({ latency: { perCall: 1000, perTask: 0 } });
    const first = await planOf(server.engine, { tasks: [431], result: positive }, 1);
    const running = server.engine.runs.start(first, () => {});
    const second = await planOf(server.engine, { tasks: [432], result: positive }, 1);
    await expect(server.engine.runs.start(second, () => {})).rejects.toThrow('Another run is in progress.');
    expect((await soon(running)).totals).toMatchObject({ created: 1 });
    expect((await soon(server.engine.runs.start(second, () => {}))).totals).toMatchObject({ created: 1 });
  });
});

it('sends the first rows alone as a pilot; resuming sends the others once', async () => {
  const server = await connected();
  const tasks = upTo(30, 1201);
  const id = await planOf(server.engine, { tasks, result: positive }, 1);
  const pilot = wholeRun(await soon(server.engine.runs.startFirst(id, 10, () => {})));
  expect(pilot.totals).toMatchObject({ created: 10, 'never-sent': 20 });
  expect((await table(server.engine, pilot)).slice(0, 10).every(({ state }) => state === 'created')).toBe(
    true,
  );
  const whole = wholeRun(await soon(server.engine.runs.start(id, () => {})));
  expect(whole.totals).toMatchObject({ created: 30 });
  for (const task of tasks) expect(await server.onServer(task)).toHaveLength(1);
});

it('queues requests during the second look', async () => {
  const server = await connected();
  server.line.hook = (_, path) => (isCreating(path) ? dead() : undefined);
  const run = await runAll(server.engine, { tasks: [1301], result: positive }, 1);
  expect(run.totals).toMatchObject({ 'not-found': 1 });
  server.line.hook = (_, path) => {
    if (!isReading(path)) return undefined;
    // A slow read, during which the manager makes a request.
    return new Promise((resolve) => void setTimeout(() => resolve(undefined), 3000));
  };
  const id = await planOf(server.engine, { tasks: [1302], result: positive }, 1);
  await soon(server.engine.runs.start(id, () => {}));
  await vi.advanceTimersByTimeAsync(9500);
  const again = await soon(server.engine.runs.checkUnknown(id, () => {}));
  expect(again.totals).toMatchObject({ created: 1 });
});
