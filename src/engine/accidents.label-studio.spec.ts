import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureLabelStudio, startLabelStudio } from '../../scripts/label-studio.mjs';
import { memoryStore } from '#run/store/memory-store.ts';
import { createSpecClient, exported, newProject, region, type Server } from '#sandbox/spec-client.ts';
import { allRows, engineOver, impatientClock, planOf, table, wholeRun } from './spec-driver.ts';

/*
 * A real Label Studio is killed with SIGKILL at every step of a run and of an undo, and people delete tasks and change
 * annotations in between. In the end each task has one annotation, by the server's own word. This file starts its own server.
 */

/** What a run creates; the route follows from the fields. */
const routes = { single: { result: [region()], lead_time: 1.5 } };

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
  /** How many such requests pass before. */
  after: number;
  /** The server still answers the request, but the answer is lost. */
  isAnswered?: boolean;
}

/** An engine that is connected, and does a deed at one of its requests. */
async function connected() {
  let planned: (Step & { deed: Deed }) | undefined;
  let done: Promise<unknown> = Promise.resolve();
  const serve = async (request: Request): Promise<Response> => {
    await done;
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
  const { engine } = engineOver(serve, labelStudio.url, memoryStore(), impatientClock());
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

/** Starts or resumes a run until all its rows are created. */
async function finish({ engine }: Connected, runId: string) {
  await engine.runs.checkUnknown(runId, () => {});
  return wholeRun(await engine.runs.start(runId, () => {}));
}

/** Each task has one annotation, and the results name it. */
async function expectOneEach({ engine }: Connected, runId: string, project: number, tasks: number[]) {
  const there = await exported(real, project, tasks);
  expect(there.map(({ task }) => task)).toEqual(tasks);
  const rows = await table(engine, (await engine.runs.view(runId))!);
  expect(rows.map(({ annotations }) => annotations)).toEqual(there.map(({ id }) => [id]));
}

const isCreate = (line: string) => /^POST .*\/(annotations|predictions|actions)\/$/.test(line);
const isExport = (line: string) => line.endsWith('/export');
const isDelete = (line: string) => line.startsWith('DELETE ');

const stepsOfRun: Record<string, Step> = {
  'before the first call': { matches: isCreate, after: 0 },
  'when the first answer is lost': { matches: isCreate, after: 0, isAnswered: true },
  'when some are stored': { matches: isCreate, after: 9 },
  'before the rows are read back': { matches: isExport, after: 0 },
  'when what was read back is lost': { matches: isExport, after: 0, isAnswered: true },
};

describe.each(Object.entries(routes))('by the route %s, Label Studio is killed', (_, request) => {
  it.each(Object.entries(stepsOfRun))('%s, and the run is resumed', async (_name, step) => {
    const manager = await connected();
    const { engine } = manager;
    const { project, tasks } = await newProject(real, 16);
    const runId = await planOf(engine, [{ tasks, ...request }], project);
    manager.at(step, labelStudio.kill);
    const run = await engine.runs.start(runId, () => {});
    expect(manager.hasHappened()).toBe(true);
    expect(run.totals.refused + run.totals.duplicated).toBe(0);

    await labelStudio.restart();
    expect((await finish(manager, runId)).totals.created).toBe(16);
    await expectOneEach(manager, runId, project, tasks);
  });

  it.each([0, 5])('in an undo, after %d deletions, and the undo goes on', async (after) => {
    const manager = await connected();
    const { engine } = manager;
    const { project, tasks } = await newProject(real, 12);
    const runId = await planOf(engine, [{ tasks, ...request }], project);
    await engine.runs.start(runId, () => {});
    manager.at({ matches: isDelete, after }, labelStudio.kill);
    await engine.runs.undo(runId, { query: allRows, copiesOnly: false }, () => {});
    expect(manager.hasHappened()).toBe(true);

    await labelStudio.restart();
    const undone = await engine.runs.undo(runId, 'interrupted', () => {});
    expect(undone.totals.deleted).toBe(12);
    expect(await exported(real, project, tasks)).toEqual([]);
  });
});

describe.each(Object.entries(routes))('by the route %s, in the middle of a run', (_, request) => {
  const inTheMiddle: Step = { matches: isCreate, after: 6 };

  it('tasks are deleted: their rows say so, and the others are created', async () => {
    const manager = await connected();
    const { engine } = manager;
    const { project, tasks } = await newProject(real, 16);
    const [deleted, kept] = [tasks.slice(12), tasks.slice(0, 12)];
    const runId = await planOf(engine, [{ tasks, ...request }], project);
    manager.at(inTheMiddle, () => Promise.all(deleted.map((task) => real.ask(`DELETE /api/tasks/${task}/`))));
    const run = wholeRun(await engine.runs.start(runId, () => {}));
    expect(manager.hasHappened()).toBe(true);
    expect(run.totals.created).toBe(12);
    const rows = await table(engine, run);
    for (const { task, state, reason, annotations } of rows.filter(({ task }) => deleted.includes(task))) {
      expect(annotations, String(task)).toEqual([]);
      expect({ task, state }).toEqual({ task, state: 'refused' });
      expect(reason).toContain('No Task matches the given query.');
    }
    expect((await exported(real, project, tasks)).map(({ task }) => task)).toEqual(kept);
  });

  it('someone changes one annotation and adds another: both are kept by an undo', async () => {
    const manager = await connected();
    const { engine } = manager;
    const { project, tasks } = await newProject(real, 12);
    const runId = await planOf(engine, [{ tasks, ...request }], project);
    const first = tasks[0]!;
    let others = 0;
    manager.at({ matches: isCreate, after: 10 }, async () => {
      const made = await real.ask(`POST /api/tasks/${first}/annotations/`, { result: [region('Bad')] });
      others = made.body['id'] as number;
    });
    const run = wholeRun(await engine.runs.start(runId, () => {}));
    expect(run.totals.created).toBe(12);
    const rows = await table(engine, run);
    expect(rows[0]!.annotations).not.toContain(others);
    const changed = rows[1]!.annotations[0]!;
    await real.ask(`PATCH /api/annotations/${changed}/`, { result: [region('Bad')] });

    const undone = await engine.runs.undo(runId, { query: allRows, copiesOnly: false }, () => {});
    expect(undone.totals).toMatchObject({ deleted: 11, created: 1 });
    const left = (await exported(real, project, tasks)).map(({ id }) => id);
    expect(left.toSorted()).toEqual([others, changed].toSorted());
  });
});
