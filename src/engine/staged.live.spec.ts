import { expect, it, vi } from 'vitest';
import { createSpecClient, exported, newProject, region } from '#sandbox/spec-client.ts';
import { memoryStore } from '#run/store/memory-store.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { allRows, createAll, engineOver, planOf, table, wholeRun } from './spec-driver.ts';

/* Rows staged as predictions on a real Label Studio Community. Skipped without one. */

// Generous, because slow machines take minutes for this.
vi.setConfig({ testTimeout: 240_000 });

const base = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
const token = process.env['SHEAF_LABEL_STUDIO_TOKEN'] ?? '';
const real = createSpecClient(base, token, fetch);
const server = { base, linkBase: base, name: 'Label Studio', timeLimitSeconds: 3 };

const note = (task: number) => ({
  id: `note-${task}`,
  from_name: 'mood',
  to_name: 'text',
  type: 'choices',
  value: { choices: [task % 2 ? 'Good' : 'Bad'] },
  meta: { text: [`row ${task} 🙂`] },
});
const rowsOf = (tasks: number[]) => tasks.map((task) => ({ task, result: [note(task)] }));

async function connected(store: RunStore = memoryStore(), serve: typeof fetch = fetch) {
  const { engine, posted } = engineOver(serve, base, store);
  expect(await engine.session.connect(server, token)).toMatchObject({ ok: true });
  return { engine, posted };
}

const versionsOf = async (project: number) =>
  (await real.ask(`GET /api/projects/${project}/model-versions/`)).body;

it('creates, verifies, cleans up and undoes 200 rows with different labels', async () => {
  const { project, tasks } = await newProject(real, 200);
  const theirs = [{ task: tasks[0]!, result: [region()], model_version: 'theirs' }];
  await real.ask(`POST /api/projects/${project}/import/predictions`, theirs);
  const { engine, posted } = await connected();
  const run = await createAll(engine, rowsOf(tasks), project);
  expect(run.totals.created).toBe(200);
  expect(run.left).toBeUndefined();
  expect(posted).toContain(`/api/projects/${project}/import/predictions`);
  expect(posted.filter((path) => path.endsWith('/annotations/'))).toEqual([]);
  expect(await versionsOf(project)).toEqual({ theirs: 1 });

  const there = new Map((await exported(real, project, tasks)).map((one) => [one.id as number, one]));
  expect(there.size).toBe(200);
  for (const { task, annotations } of await table(engine, run)) {
    const one = there.get(annotations[0]!)!;
    const { id: _, ...sent } = note(task);
    expect(one).toMatchObject({ task, completed_by: 1, parent_prediction: null, was_cancelled: false });
    expect((one['result'] as object[]).map(({ id: __, ...region }: { id?: string }) => region)).toEqual([
      sent,
    ]);
  }
  // The server’s summary, which protects the labelling config, knows the labels.
  const { body } = await real.ask(`GET /api/projects/${project}/summary/`);
  expect(body['created_annotations']).toEqual({ 'mood|text|choices': 200 });

  const some = { ...allRows, search: String(tasks[0]) };
  const undone = await engine.runs.undo(run.id, { query: some, copiesOnly: false }, () => {});
  const { deleted } = undone.totals;
  expect(deleted).toBeGreaterThan(0);
  expect(await exported(real, project, tasks)).toHaveLength(200 - deleted);
});

it('names a label that the server doesn’t know, and leaves nothing of it', async () => {
  const { project, tasks } = await newProject(real, 60);
  // Another manager renames a label after the batch was checked.
  const { engine } = await connected(memoryStore(), async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.endsWith('/import/predictions')) return fetch(request);
    const sent = (await request.json()) as { task: number; result: { value: object }[] }[];
    const taken = sent.map((one) =>
      one.task === tasks[7]
        ? { ...one, result: one.result.map((it) => ({ ...it, value: { choices: ['Gone'] } })) }
        : one,
    );
    return fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: JSON.stringify(taken),
    });
  });
  const run = await createAll(engine, rowsOf(tasks), project);
  expect(run.totals).toMatchObject({ created: 59, refused: 1 });
  const rows = await table(engine, run);
  expect(rows.filter(({ state }) => state === 'refused').map(({ task }) => task)).toEqual([tasks[7]]);
  expect(await exported(real, project, tasks)).toHaveLength(59);
  expect(await versionsOf(project)).toEqual({});
});

// A tab that dies after another event is in accidents.label-studio.spec.ts.
it('a run whose tab dies after sending the call creates one annotation per task after resuming', async () => {
  const { project, tasks } = await newProject(real, 52);
  const store = memoryStore();
  const never = () => new Promise<never>(() => {});
  let isDead = false;
  let wasReached = false;
  const dying: RunStore = {
    ...store,
    async append(id, event) {
      if ((isDead ||= wasReached)) return never();
      wasReached = event.type === 'call-sent';
      return store.append(id, event);
    },
  };
  const { engine } = await connected(dying, (input, init) => (isDead ? never() : fetch(input, init)));
  const id = await planOf(engine, rowsOf(tasks), project);
  void engine.runs.start(id, () => {});
  await expect.poll(() => isDead, { timeout: 60_000 }).toBe(true);

  const again = await connected(store);
  const run = wholeRun(await again.engine.runs.start(id, () => {}));
  expect(run.totals).toMatchObject({ created: 52 });
  const there = await exported(real, project, tasks);
  const ours = (await table(again.engine, run)).flatMap(({ annotations }) => annotations);
  expect(there.map((one) => one.id as number).toSorted()).toEqual(ours.toSorted());
  expect(new Set(there.map((one) => one['task']))).toEqual(new Set(tasks));
  expect(await versionsOf(project)).toEqual({});
});
