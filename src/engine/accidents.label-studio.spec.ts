import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureLabelStudio, startLabelStudio } from '../../scripts/label-studio.mjs';
import { memoryStore } from '#run/store/memory-store.ts';
import type { RunStore } from '#run/store/run-store.ts';
import { createSpecClient, exported, newProject, region, type Server } from '#sandbox/spec-client.ts';
import { allRows, engineOver, impatientClock, planOf, table, wholeRun } from './spec-driver.ts';

/*
 * Kills a real Label Studio (SIGKILL) at every step of a run and of an undo, while people delete tasks and change
 * annotations. In the end each task has one annotation, and the project no prediction. This file starts its own server.
 */

// Restarting Label Studio takes a minute on a slow machine.
vi.setConfig({ testTimeout: 240_000 });

let labelStudio: Awaited<ReturnType<typeof startLabelStudio>>;
let real: Server;
beforeAll(async () => {
  await ensureLabelStudio();
  labelStudio = await startLabelStudio();
  real = createSpecClient(labelStudio.url, labelStudio.token, fetch);
});
afterAll(() => labelStudio?.stop());

type Deed = () => Promise<unknown>;

interface Step {
  /** True for the request at which something happens. */
  matches: (line: string) => boolean;
  /** Number of such requests that pass before. */
  after: number;
  /** The server processes the request, but its answer is lost. */
  isAnswered?: boolean;
  /** The run is checked before it is resumed. */
  isCheckedFirst?: boolean;
}

const never = () => new Promise<never>(() => {});

/** A connected engine that performs an action at one of its requests. Once its tab is dead, it sends nothing. */
async function connected(store: RunStore = memoryStore(), isDead = () => false) {
  let planned: (Step & { deed: Deed }) | undefined;
  let done: Promise<unknown> = Promise.resolve();
  const serve = async (request: Request): Promise<Response> => {
    await done;
    if (isDead()) return never();
    const line = `${request.method} ${new URL(request.url).pathname}`;
    if (!planned?.matches(line)) return fetch(request);
    planned.after -= 1;
    if (planned.after >= 0) return fetch(request);
    const { deed, isAnswered } = planned;
    planned = undefined;
    if (isAnswered) await fetch(request);
    done = deed();
    await done;
    if (isAnswered) throw new TypeError('The answer was lost.');
    return fetch(request);
  };
  const { engine } = engineOver(serve, labelStudio.url, store, impatientClock());
  const { url, token } = labelStudio;
  const address = { base: url, linkBase: url, name: 'Label Studio', timeLimitSeconds: 20 };
  expect(await engine.session.connect(address, token)).toMatchObject({ ok: true });
  return {
    engine,
    at: (step: Step, deed: Deed) => {
      planned = { ...step, deed };
    },
    hasHappened: () => planned === undefined,
  };
}

type Connected = Awaited<ReturnType<typeof connected>>;

/** Each task has one annotation, which the results name, and no prediction is left. */
async function expectOneEach({ engine }: Connected, runId: string, project: number, tasks: number[]) {
  const there = await exported(real, project, tasks);
  expect(there.map(({ task }) => task)).toEqual(tasks);
  const rows = await table(engine, (await engine.runs.view(runId))!);
  expect(rows.map(({ annotations }) => annotations)).toEqual(there.map(({ id }) => [id]));
  await expectNoPredictions({ engine }, runId, project);
}

/** Late predictions of an import without an answer are deleted at the second look. */
async function expectNoPredictions({ engine }: Pick<Connected, 'engine'>, runId: string, project: number) {
  const versions = async () => (await real.ask(`GET /api/projects/${project}/model-versions/`)).body;
  await expect.poll(versions, { timeout: 60_000 }).toEqual({});
  await expect.poll(async () => (await engine.runs.view(runId))!.left).toBeUndefined();
}

/** The run may have locked SQLite; an answer of 500 doesn’t tell whether the task is gone. */
async function deleteTask(task: number) {
  const deletion = async () => (await real.ask(`DELETE /api/tasks/${task}/`)).status;
  await expect.poll(deletion, { timeout: 60_000 }).toSatisfy((status) => status === 204 || status === 404);
}

const isCreate = (line: string) => /^POST .*\/annotations\/$/.test(line);
const isImport = (line: string) => line.endsWith('/import/predictions');
const isCount = (line: string) => /^GET .*\/model-versions\/$/.test(line);
const isTurn = (line: string) => line === 'POST /api/dm/actions/';
const isExport = (line: string) => line.endsWith('/export');
const isSweep = (line: string) => /^DELETE .*\/model-versions\/$/.test(line);
const isRefresh = (line: string) => line.endsWith('/summary/reset/');
const isDelete = (line: string) => line.startsWith('DELETE ');

/** Killed before the server receives the request, and after it has answered. */
const around = (what: string, matches: Step['matches']): Record<string, Step> => ({
  [`before ${what}`]: { matches, after: 0 },
  [`when the answer to ${what} is lost`]: { matches, after: 0, isAnswered: true },
});

const checkedFirst = (steps: Record<string, Step>): Record<string, Step> =>
  Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [`${name}, and checked`, { ...step, isCheckedFirst: true }]),
  );

interface RouteCase {
  /** The created result of each task; the route follows from the fields and the number of rows. */
  request: object;
  rows: number;
  steps: Record<string, Step>;
  /** When others delete tasks and change annotations. */
  deletedAt: Step;
  changedAt: Step;
  /** The message of a row whose task is gone. */
  gone: { state: string; reason: string };
}

const routes: Record<string, RouteCase> = {
  single: {
    request: { result: [region()], lead_time: 1.5 },
    rows: 16,
    steps: {
      ...around('the first call', isCreate),
      ...checkedFirst({ 'when some are stored': { matches: isCreate, after: 9 } }),
      ...checkedFirst(around('reading back', isExport)),
    },
    deletedAt: { matches: isCreate, after: 6 },
    changedAt: { matches: isCreate, after: 10 },
    gone: { state: 'refused', reason: 'No Task matches the given query.' },
  },
  staged: {
    request: { result: [region()] },
    rows: 60,
    steps: {
      ...around('the import', isImport),
      ...around('the count', isCount),
      ...around('turning', isTurn),
      ...checkedFirst(around('turning', isTurn)),
      ...around('reading back', isExport),
      ...around('the sweep', isSweep),
      ...around('refreshing the summary', isRefresh),
    },
    deletedAt: { matches: isTurn, after: 0 },
    changedAt: { matches: isExport, after: 0 },
    gone: { state: 'unknown', reason: 'The task isn’t in the project’s export: it was probably deleted.' },
  },
};

describe.each(Object.entries(routes))('by the route %s, Label Studio is killed', (_, route) => {
  const { request, rows } = route;
  it.each(Object.entries(route.steps))('%s, and the run is resumed', async (_name, step) => {
    const manager = await connected();
    const { engine } = manager;
    const { project, tasks } = await newProject(real, rows);
    const runId = await planOf(engine, [{ tasks, ...request }], project);
    manager.at(step, labelStudio.kill);
    const run = await engine.runs.start(runId, () => {});
    expect(manager.hasHappened()).toBe(true);
    expect(run.totals.refused + run.totals.duplicated).toBe(0);

    await labelStudio.restart();
    if (step.isCheckedFirst) await engine.runs.checkUnknown(runId, () => {});
    expect(wholeRun(await engine.runs.start(runId, () => {})).totals.created).toBe(rows);
    await expectOneEach(manager, runId, project, tasks);
  });

  it.each([0, 5])('during an undo, after %d deletions, and the undo is continued', async (after) => {
    const manager = await connected();
    const { engine } = manager;
    const { project, tasks } = await newProject(real, rows);
    const runId = await planOf(engine, [{ tasks, ...request }], project);
    await engine.runs.start(runId, () => {});
    manager.at({ matches: isDelete, after }, labelStudio.kill);
    await engine.runs.undo(runId, { query: allRows, copiesOnly: false }, () => {});
    expect(manager.hasHappened()).toBe(true);

    await labelStudio.restart();
    const undone = await engine.runs.undo(runId, 'interrupted', () => {});
    expect(undone.totals.deleted).toBe(rows);
    // A server that has just started again may fail at first.
    await expect.poll(() => exported(real, project, tasks), { timeout: 60_000 }).toEqual([]);
  });
});

describe('by the route staged, a tab dies', () => {
  // The live spec has one more, in the middle.
  it.each(['staging-sent', 'staging-counted', 'call-answered', 'read-back', 'swept'])(
    'after “%s” in its journal, and the run is resumed',
    async (last) => {
      const { request, rows } = routes['staged']!;
      const { project, tasks } = await newProject(real, rows);
      const store = memoryStore();
      let wasReached = false;
      let isDead = false;
      const dying: RunStore = {
        ...store,
        async append(id, event) {
          if ((isDead ||= wasReached)) return never();
          wasReached = event.type === last;
          return store.append(id, event);
        },
      };
      const { engine } = await connected(dying, () => isDead);
      const runId = await planOf(engine, [{ tasks, ...request }], project);
      void engine.runs.start(runId, () => {});
      await expect.poll(() => isDead, { timeout: 120_000 }).toBe(true);

      const again = await connected(store);
      const run = wholeRun(await again.engine.runs.start(runId, () => {}));
      expect(run.totals.created).toBe(rows);
      await expectOneEach(again, runId, project, tasks);
    },
  );
});

describe.each(Object.entries(routes))('by the route %s, in the middle of a run', (_, route) => {
  const { request, rows: count } = route;

  it('tasks are deleted: their rows say so, and the others are created', async () => {
    const manager = await connected();
    const { engine } = manager;
    const { project, tasks } = await newProject(real, count);
    const [kept, deleted] = [tasks.slice(0, -4), tasks.slice(-4)];
    const runId = await planOf(engine, [{ tasks, ...request }], project);
    manager.at(route.deletedAt, async () => {
      for (const task of deleted) await deleteTask(task);
    });
    const run = wholeRun(await engine.runs.start(runId, () => {}));
    expect(manager.hasHappened()).toBe(true);
    expect(run.totals.created).toBe(kept.length);
    const rows = await table(engine, run);
    for (const { task, state, reason, annotations } of rows.filter(({ task }) => deleted.includes(task))) {
      expect(annotations, String(task)).toEqual([]);
      expect({ task, state }).toEqual({ task, state: route.gone.state });
      expect(reason).toContain(route.gone.reason);
    }
    expect((await exported(real, project, tasks)).map(({ task }) => task)).toEqual(kept);
    await expectNoPredictions(manager, runId, project);
  });

  it('someone changes one annotation and adds another: an undo keeps both', async () => {
    const manager = await connected();
    const { engine } = manager;
    const { project, tasks } = await newProject(real, count);
    const runId = await planOf(engine, [{ tasks, ...request }], project);
    const first = tasks[0]!;
    let others = 0;
    manager.at(route.changedAt, async () => {
      const made = await real.ask(`POST /api/tasks/${first}/annotations/`, { result: [region('Bad')] });
      expect(made.status, made.text).toBe(201);
      others = made.body['id'] as number;
    });
    const run = wholeRun(await engine.runs.start(runId, () => {}));
    expect(run.totals.created).toBe(count);
    const rows = await table(engine, run);
    expect(rows[0]!.annotations).not.toContain(others);
    const changed = rows[1]!.annotations[0]!;
    const patched = await real.ask(`PATCH /api/annotations/${changed}/`, { result: [region('Bad')] });
    expect(patched.status, patched.text).toBe(200);

    const undone = await engine.runs.undo(runId, { query: allRows, copiesOnly: false }, () => {});
    expect(undone.totals).toMatchObject({ deleted: count - 1, created: 1 });
    const left = (await exported(real, project, tasks)).map(({ id }) => id);
    expect(left.toSorted()).toEqual([others, changed].toSorted());
  });
});
