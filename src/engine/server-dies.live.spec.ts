import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SheafServer } from '../../e2e/support/servers/server.ts';
import { ensureBuilt } from '../../scripts/build.mjs';
import { ensureLabelStudio, startLabelStudio } from '../../scripts/label-studio.mjs';
import { createSpecClient, exported, newProject, region, type Server } from '#sandbox/spec-client.ts';
import type { Engine } from './engine.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { engineOver, planOf, table, wholeRun } from './spec-driver.ts';

/* Kills Label Studio, or the proxy in front of it, while annotations are created. This file starts its own server. */

let labelStudio: Awaited<ReturnType<typeof startLabelStudio>>;
let real: Server;
beforeAll(async () => {
  await ensureBuilt();
  await ensureLabelStudio();
  labelStudio = await startLabelStudio();
  real = createSpecClient(labelStudio.url, labelStudio.token, fetch);
});
afterAll(() => labelStudio.stop());

/** An engine connected to `base`, and the paths of its POST requests, answered or not. */
async function connected(base: string) {
  const { engine, posted } = engineOver(fetch, base);
  // Label Studio needs much less for an annotation.
  const server = { base, linkBase: labelStudio.url, name: 'Label Studio', timeLimitSeconds: 6 };
  expect(await engine.session.connect(server, labelStudio.token)).toMatchObject({ ok: true });
  const callsFor = (task: number) =>
    posted.filter((path) => path.endsWith(`/tasks/${task}/annotations/`)).length;
  return { engine, callsFor };
}

/** Runs a plan and interrupts it once when some rows are done and others are in flight. */
async function runUntil(
  engine: Engine,
  planId: string,
  deed: (before: RunView['totals']) => Promise<void>,
): Promise<RunView> {
  let doing: Promise<void> | undefined;
  const run = await engine.runs.start(planId, ({ totals }) => {
    if (totals.unconfirmed >= 5 && totals['in-flight'] >= 2) doing ??= deed(totals);
  });
  if (!doing) throw new Error('Nothing happened to the run.');
  await doing;
  return wholeRun(run);
}

/** The state of each row in the table, and its annotations on the server. */
async function facts(engine: Engine, run: RunView, project: number) {
  const rows = await table(engine, run);
  const there = await exported(
    real,
    project,
    rows.map(({ task }) => task),
  );
  return rows.map(({ task, state, annotations }) => ({
    task,
    state,
    annotations,
    there: there.filter((one) => one['task'] === task).map(({ id }) => id as number),
  }));
}

type Fact = Awaited<ReturnType<typeof facts>>[number];

/** Asserts that nothing exists twice, and that each row’s state matches the server. */
function isTrue({ state, annotations, there }: Fact): boolean {
  if (state === 'created') return there.length === 1 && annotations.join() === there.join();
  if (state === 'never-sent' || state === 'not-found') return there.length === 0 && annotations.length === 0;
  return state === 'unknown' && there.length <= 1 && annotations.length === 0;
}

async function expectTruth(engine: Engine, run: RunView, project: number): Promise<Fact[]> {
  const all = await facts(engine, run, project);
  expect(all.filter((fact) => !isTrue(fact))).toEqual([]);
  return all;
}

describe('Label Studio is killed during a run', () => {
  it('claims nothing unconfirmed, and later finishes without duplicates', async () => {
    const { engine, callsFor } = await connected(labelStudio.url);
    const { project, tasks } = await newProject(real, 24);
    const planId = await planOf(engine, [{ tasks, result: [region()] }], project);
    const run = await runUntil(engine, planId, labelStudio.kill);
    expect(run.totals).toMatchObject({ created: 0, refused: 0 });
    expect(run.totals.unknown).toBeGreaterThanOrEqual(5);
    expect(run.totals['never-sent']).toBeGreaterThan(0);

    await labelStudio.restart();
    const stored = (await expectTruth(engine, run, project)).filter(({ there }) => there.length > 0);
    const callsBefore = stored.map(({ task }) => callsFor(task));

    const known = wholeRun(await engine.runs.checkUnknown(run.id, () => {}));
    expect(known.totals).toMatchObject({ created: stored.length, unknown: 0 });
    await expectTruth(engine, known, project);

    const finished = wholeRun(await engine.runs.start(run.id, () => {}));
    expect(finished.totals.created).toBe(24);
    await expectTruth(engine, finished, project);
    expect(stored.map(({ task }) => callsFor(task))).toEqual(callsBefore);
  });
});

describe('the proxy in front of Label Studio is killed during a run', () => {
  it('finds what was stored once it is back, and sends only what is missing', async () => {
    const sheaf = new SheafServer({ labelStudio: labelStudio.url });
    await sheaf.start();
    onTestFinished(() => sheaf.kill());

    const { engine, callsFor } = await connected(`${sheaf.address}label-studio`);
    const { project, tasks } = await newProject(real, 24);
    const planId = await planOf(engine, [{ tasks, result: [region()] }], project);
    let answered = 0;
    const run = await runUntil(engine, planId, async (before) => {
      answered = before.unconfirmed;
      await sheaf.kill();
      await sheaf.start();
    });
    // Some were stored, but their answers were lost.
    expect(run.totals.created).toBeGreaterThan(answered);
    expect(run.totals).toMatchObject({ refused: 0, unknown: 0 });
    const stored = (await expectTruth(engine, run, project)).filter(({ there }) => there.length > 0);
    // A lost call is repeated with its unique_id, so the server refuses the second copy.
    const callsBefore = stored.map(({ task }) => callsFor(task));
    expect(callsBefore.filter((calls) => calls === 1).length).toBeGreaterThanOrEqual(answered);

    const finished = wholeRun(await engine.runs.start(run.id, () => {}));
    expect(finished.totals.created).toBe(24);
    await expectTruth(engine, finished, project);
    expect(stored.map(({ task }) => callsFor(task))).toEqual(callsBefore);
  });
});
