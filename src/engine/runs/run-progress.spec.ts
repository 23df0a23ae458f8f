import { describe, expect, it, test } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { createAll, engineOver, planOf } from '#engine/spec-driver.ts';
import { memoryStore } from '#run/store/memory-store.ts';

const base = 'http://sandbox.test';
const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 1.5 };
const sandbox = createSandbox({ edition: 'enterprise', data: 'seeds' });

test('the activity of a run is the same after a reload', async () => {
  const store = memoryStore();
  const { engine } = engineOver(sandbox.handle, base, store);
  await engine.session.connect(server, sandboxUsers[0]!.legacyToken);
  const run = await createAll(engine, 'task,sentiment\n1,Positive\n2,Positive\n3,Negative\n', 1);

  const { activity, rows, speed } = await engine.runs.progress(run.id);
  expect(activity.map(({ words }) => words)).toEqual([
    'Finished',
    'Checked 3 rows on the server',
    'First 2 annotations created',
    'Started. The plan is saved in this browser',
  ]);
  expect(speed!.rows.reduce((sum, some) => sum + some, 0)).toBe(3);
  expect(rows.map(({ task, state }) => [task, state])).toEqual([
    [3, 'created'],
    [1, 'created'],
    [2, 'created'],
  ]);

  const later = engineOver(() => Promise.reject(new Error('offline')), base, store).engine;
  expect((await later.runs.progress(run.id)).activity).toEqual(activity);
});

describe('the texts of the latest rows', () => {
  const csv = 'task,sentiment\n1,Positive\n2,Negative\n';

  async function connected(store = memoryStore()) {
    const asked: string[] = [];
    const { engine } = engineOver(
      (request) => {
        asked.push(request.url);
        return sandbox.handle(request);
      },
      base,
      store,
    );
    await engine.session.connect(server, sandboxUsers[0]!.legacyToken);
    /** Without asking the server for them. */
    const texts = async (runId: string) => {
      const before = asked.length;
      const { rows } = await engine.runs.progress(runId);
      expect(asked).toHaveLength(before);
      return rows.toSorted((one, other) => one.row - other.row).map(({ text }) => text);
    };
    return { engine, texts };
  }

  it('are those that the review has read, also once the run was resumed', async () => {
    const { engine, texts } = await connected();
    const id = await planOf(engine, csv, 1);
    await engine.runs.compare(id, () => {});
    await engine.runs.startFirst(id, 1, () => {});
    expect(await texts(id)).toEqual([expect.stringMatching(/\w+ \w+/)]);
    await engine.runs.start(id, () => {});
    expect(await texts(id)).toEqual([expect.stringMatching(/\w+ \w+/), expect.stringMatching(/\w+ \w+/)]);
  });

  it('are those of the tasks that were read for matching; none without', async () => {
    const { engine, texts } = await connected();
    const { id } = await createAll(engine, csv, 1);
    expect(await texts(id)).toEqual([undefined, undefined]);
    await engine.tasks.readAll(1, () => {});
    const data = await engine.tasks.dataOf(1, 1);
    expect(await texts(id)).toEqual([data!['text'], expect.any(String)]);
  });
});
