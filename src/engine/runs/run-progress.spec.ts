import { expect, test } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { createAll, engineOver } from '#engine/spec-driver.ts';
import { memoryStore } from '#run/store/memory-store.ts';

const base = 'http://sandbox.test';

test('the activity of a run is the same after a reload', async () => {
  const store = memoryStore();
  const { engine } = engineOver(createSandbox({ edition: 'enterprise', data: 'seeds' }).handle, base, store);
  const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 1.5 };
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
