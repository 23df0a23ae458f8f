import { beforeAll, afterAll, describe, expect, it, vi } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import type { Engine } from '#engine/engine.ts';
import { allRows, createAll, engineOver, table, whileAdvancing } from '#engine/spec-driver.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { RunView } from '#engine/runs/run-view.ts';

const base = 'http://sandbox.test';
const manager = sandboxUsers[0]!;
const region = {
  from_name: 'sentiment',
  to_name: 'review',
  type: 'choices',
  value: { choices: ['Positive'] },
};
const batch = (tasks: number[]) => ({ tasks, result: [region] });
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 101);

beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterAll(() => void vi.useRealTimers());

const soon = whileAdvancing(() => vi.advanceTimersByTimeAsync(100));

type Hook = (request: Request, path: string) => Promise<Response | undefined> | Response | undefined;

async function connected(edition: 'enterprise' | 'community') {
  const sandbox = createSandbox({ edition, data: 'seeds' });
  const line: { hook: Hook } = { hook: () => undefined };
  const store = memoryStore();
  const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 1.5 };
  let tab = 0;
  /** A tab over the same store. The previous one is dead from then on. */
  async function openTab(): Promise<Engine> {
    const own = (tab += 1);
    const whileAlive = <T>(work: () => Promise<T>): Promise<T> =>
      own === tab ? work() : new Promise(() => {});
    const { engine } = engineOver(
      (request) =>
        whileAlive(
          async () => (await line.hook(request, new URL(request.url).pathname)) ?? sandbox.handle(request),
        ),
      base,
      { ...store, append: (id, event) => whileAlive(() => store.append(id, event)) },
    );
    expect(await engine.session.connect(server, manager.legacyToken)).toMatchObject({ ok: true });
    return engine;
  }
  const engine = await openTab();
  /** Annotates as someone else, without the engine. */
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Token ${manager.legacyToken}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await sandbox.handle(new Request(`${base}${path}`, init));
    return response.status === 204 ? undefined : ((await response.json()) as Record<string, unknown>);
  };
  const onServer = async (task: number) =>
    ((await ask('GET', `/api/tasks/${task}/`))!['annotations'] as { id: number }[]).map(({ id }) => id);
  return { engine, openTab, line, ask, onServer };
}

const run = (engine: Engine, tasks: number[]) => createAll(engine, batch(tasks), 1, soon);
const undoAll = (engine: Engine, { id }: RunView) =>
  soon(engine.runs.undo(id, { query: allRows, copiesOnly: false }, () => {}));

describe('an undo one by one', () => {
  it('repeats only the deletion whose answer was lost', async () => {
    const { engine, line, onServer } = await connected('community');
    const created = await run(engine, upTo(20));
    const deleted: string[] = [];
    line.hook = ({ method }, path) => {
      if (method !== 'DELETE' || !path.includes('/annotations/')) return undefined;
      return deleted.push(path) === 7 ? Promise.reject(new TypeError('network error')) : undefined;
    };
    const undone = await undoAll(engine, created);
    expect(undone.totals).toMatchObject({ deleted: 20, created: 0 });
    expect(deleted).toHaveLength(21);
    expect(deleted.filter((path) => path === deleted[6])).toHaveLength(2);
    for (const task of upTo(20)) expect(await onServer(task)).toEqual([]);
  });
});

describe.each(['enterprise', 'community'] as const)('an undo on %s', (edition) => {
  it('deletes what the run created, even more than a hundred, and reads back that it is gone', async () => {
    const { engine, onServer } = await connected(edition);
    const created = await run(engine, upTo(130));
    const preview = await soon(
      engine.runs.undoPreview(created.id, { query: allRows, copiesOnly: false }, () => {}),
    );
    expect(preview).toEqual({ deletes: 130, gone: 0, kept: [] });
    expect(await onServer(101)).toHaveLength(1);
    const undone = await undoAll(engine, created);
    expect(undone.totals).toMatchObject({ deleted: 130, created: 0 });
    expect(undone.undo).toMatchObject({ isOver: true, kept: [] });
    for (const task of [101, 230]) expect(await onServer(task)).toEqual([]);
  });

  it('keeps others’ annotations, the same label of an earlier run, and a changed one of ours', async () => {
    const { engine, ask, onServer } = await connected(edition);
    const earlier = await table(engine, await run(engine, [101]));
    const other = await ask('POST', '/api/tasks/101/annotations/', { result: [region] });
    const created = await run(engine, [101, 102]);
    const [, second] = await table(engine, created);
    const changed = second!.annotations[0]!;
    await ask('PATCH', `/api/annotations/${changed}/`, {
      result: [{ ...region, id: 'x', value: { choices: ['Negative'] } }],
    });
    const undone = await undoAll(engine, created);
    expect(undone.totals).toMatchObject({ deleted: 1, created: 1 });
    expect(undone.undo?.kept).toEqual([
      { reason: 'Changed since it was created, perhaps by someone else.', rows: 1 },
    ]);
    expect(await onServer(101)).toEqual([earlier[0]!.annotations[0], other!['id']]);
    expect(await onServer(102)).toEqual([changed]);
  });

  it('keeps what someone changed before the second look', async () => {
    const { engine, ask, onServer } = await connected(edition);
    const created = await run(engine, [101]);
    const [own] = await onServer(101);
    await ask('PATCH', `/api/annotations/${own}/`, {
      result: [{ ...region, id: 'x', value: { choices: ['Negative'] } }],
    });
    await vi.advanceTimersByTimeAsync(60_000);
    const undone = await undoAll(engine, created);
    expect(undone.totals).toMatchObject({ deleted: 0, created: 1 });
    expect(await onServer(101)).toEqual([own]);
  });

  it('keeps ground truth and predictions', async () => {
    const { engine, ask, onServer } = await connected(edition);
    const truth = (await ask('POST', '/api/tasks/101/annotations/', {
      result: [region],
      ground_truth: true,
    }))!['id'] as number;
    const predicted = [{ task: 101, result: [region], model_version: 'one' }];
    await ask('POST', '/api/projects/1/import/predictions', predicted);
    const predictions = async () => (await ask('GET', '/api/tasks/101/'))!['predictions'];
    const before = await predictions();
    expect(before).toHaveLength(1);
    const undone = await undoAll(engine, await run(engine, [101]));
    expect(undone.totals.deleted).toBe(1);
    expect(await onServer(101)).toEqual([truth]);
    expect(await ask('GET', `/api/annotations/${truth}/`)).toMatchObject({ ground_truth: true });
    expect(await predictions()).toEqual(before);
  });

  it('needs two reads to believe that something is gone', async () => {
    const { engine, line, onServer } = await connected(edition);
    const created = await run(engine, [101]);
    let isStale = true;
    line.hook = async (_, path) => {
      if (!path.endsWith('/export') || !isStale) return undefined;
      isStale = false;
      return Response.json([{ id: 101, project: 1, annotations: [] }]);
    };
    const undone = await undoAll(engine, created);
    expect(isStale).toBe(false);
    expect(undone.totals.deleted).toBe(1);
    expect(await onServer(101)).toEqual([]);
  });

  it('may be requested again when it is done', async () => {
    const { engine } = await connected(edition);
    const created = await run(engine, [101]);
    await undoAll(engine, created);
    const again = await soon(engine.runs.undo(created.id, 'interrupted', () => {}));
    expect(again.totals.deleted).toBe(1);
    expect(again.undo).toMatchObject({ isOver: true, kept: [] });
  });

  it('continues after a crash', async () => {
    const { engine, openTab, line, ask, onServer } = await connected(edition);
    const created = await run(engine, upTo(130));
    let deletes = 0;
    let crashed: (() => void) | undefined;
    const crash = new Promise<void>((resolve) => (crashed = resolve));
    line.hook = async (request, path) => {
      const isDeleting = request.method === 'DELETE' || path.endsWith('/bulk-delete/');
      if (!isDeleting || (deletes += 1) < 2) return undefined;
      crashed!();
      return new Promise<Response>(() => {});
    };
    void engine.runs.undo(created.id, { query: allRows, copiesOnly: false }, () => {});
    await soon(crash);
    line.hook = () => undefined;
    const edited = (await onServer(230))[0]!;
    await ask('PATCH', `/api/annotations/${edited}/`, {
      result: [{ ...region, id: 'x', value: { choices: ['Negative'] } }],
    });
    const next = await openTab();
    expect((await next.runs.view(created.id))?.undo?.isOver).toBe(false);
    const undone = await soon(next.runs.undo(created.id, 'interrupted', () => {}));
    expect(undone.totals).toMatchObject({ deleted: 129, created: 1 });
    expect(await onServer(101)).toEqual([]);
    expect(await onServer(230)).toEqual([edited]);
  });

  it('waits for a deletion that a gateway timed out and the server processes later', async () => {
    const { engine, line, ask, onServer } = await connected(edition);
    const created = await run(engine, upTo(2));
    line.hook = async (request, path) => {
      const isDeleting = request.method === 'DELETE' || path.endsWith('/bulk-delete/');
      if (!isDeleting) return undefined;
      const text = await request.text();
      const body = text ? (JSON.parse(text) as object) : undefined;
      setTimeout(() => void ask(request.method, path, body).catch(() => {}), 5000);
      return new Response('Gateway time-out', { status: 504 });
    };
    const undone = await undoAll(engine, created);
    expect(undone.totals).toMatchObject({ deleted: 2, created: 0 });
    expect(undone.undo).toMatchObject({ isOver: true, kept: [] });
    expect(await onServer(101)).toEqual([]);
  });

  it('finds the effect of a lost answer, and can be repeated', async () => {
    const { engine, line, onServer } = await connected(edition);
    const created = await run(engine, upTo(3));
    let isLost = false;
    line.hook = async (request, path) => {
      const isDeleting = request.method === 'DELETE' || path.endsWith('/bulk-delete/');
      if (!isDeleting || isLost) return undefined;
      isLost = true;
      throw new TypeError('Failed to fetch');
    };
    const undone = await undoAll(engine, created);
    expect(isLost).toBe(true);
    expect(undone.totals.deleted).toBe(3);
    expect(await onServer(101)).toEqual([]);
    const again = await undoAll(engine, created);
    expect(again.totals.deleted).toBe(3);
    expect(again.undo).toMatchObject({ isOver: true, kept: [] });
  });
});

it('removes all duplicates but the first', async () => {
  const { engine, line, ask, onServer } = await connected('enterprise');
  line.hook = async (request, path) => {
    if (!path.endsWith('/bulk/') || request.method !== 'POST') return undefined;
    // The browser sends a second copy.
    await ask('POST', path, (await request.clone().json()) as object);
    return undefined;
  };
  const created = await run(engine, [101, 102]);
  expect(created.totals.duplicated).toBe(2);
  const [first] = await onServer(101);
  const cleaned = await soon(engine.runs.undo(created.id, { query: allRows, copiesOnly: true }, () => {}));
  expect(cleaned.totals).toMatchObject({ created: 2, duplicated: 0, deleted: 0 });
  expect(await onServer(101)).toEqual([first]);
});
