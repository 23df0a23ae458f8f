import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { checkText, engineOver } from '#engine/spec-driver.ts';
import { noChoices, type Policy, type ReviewChoices } from '#engine/runs/review-choices.ts';
import type { RowFilter } from '#engine/runs/review.ts';

const base = 'http://sandbox.test';
const [manager, other] = sandboxUsers as [(typeof sandboxUsers)[0], (typeof sandboxUsers)[0]];
const choice = (name: string) => [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [name] } },
];
const six = { tasks: [201, 202, 203, 204, 205, 206], result: choice('Positive') };

/** An engine with a reviewed batch. All of tasks 201 to 206 but the first have annotations. */
async function reviewed(requests: object = six) {
  const sandbox = createSandbox({ edition: 'enterprise', data: 'seeds' });
  const asked: string[] = [];
  const { engine } = engineOver(async (request) => {
    asked.push(request.url);
    return sandbox.handle(request);
  }, base);
  const annotate = async (task: number, body: object, { legacyToken } = manager) => {
    const headers = { authorization: `Token ${legacyToken}`, 'content-type': 'application/json' };
    const url = `${base}/api/tasks/${task}/annotations/`;
    const answer = await sandbox.handle(
      new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
    expect(answer.status).toBe(201);
  };
  await annotate(202, { result: [{ id: 'x', origin: 'manual', ...choice('Positive')[0] }] });
  await annotate(203, { result: choice('Positive'), ground_truth: true }, other);
  await annotate(204, { result: choice('Negative') });
  await annotate(205, { result: choice('Negative') }, other);
  await annotate(206, { result: [], was_cancelled: true }, other);
  await engine.session.connect(
    { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 2 },
    manager.legacyToken,
  );
  await engine.batch.setProject(1);
  await checkText(engine, JSON.stringify(requests));
  const plan = async () => {
    const outcome = await engine.runs.plan({ selection: 'resolve' });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return outcome.value;
  };
  const { id } = await plan();
  const rows = async (filter: RowFilter) =>
    (await engine.runs.reviewRows(id, { filter, from: 0, to: 100 })).rows;
  return {
    engine,
    id,
    asked,
    plan,
    replan: (choices: Partial<ReviewChoices>) => engine.runs.replan(id, { ...noChoices, ...choices }),
    compare: (onProgress = (_read: number, _of: number) => {}) => engine.runs.compare(id, onProgress),
    rows,
    tasks: async (filter: RowFilter) => (await rows(filter)).map(({ task }) => task),
  };
}

describe('a review', () => {
  it('classifies rows by the annotations of their tasks and their authors', async () => {
    const { engine, id, compare, tasks, rows } = await reviewed();
    const progress: string[] = [];
    await compare((read, of) => progress.push(`${read}/${of}`));
    expect(progress).toEqual(['6/6']);
    expect(await engine.runs.reviewed(id)).toMatchObject({
      rows: 6,
      kinds: { new: 1, same: 2, other: 3, missing: 0, unread: 0 },
      byMe: { same: 1, other: 1 },
      creates: { all: 6, 'not-same': 4, 'not-mine': 4, unlabelled: 1 },
    });
    expect(await tasks('same')).toEqual([202, 203]);
    expect(await tasks('other')).toEqual([204, 205, 206]);
    expect(await rows('other')).toMatchObject([
      { byMe: true, existing: 'sentiment: Negative', labels: ['Positive'] },
      { byMe: false, existing: 'sentiment: Negative' },
      { byMe: false, existing: 'skip' },
    ]);
  });

  it('shows the data field that identifies each task', async () => {
    const { compare, rows } = await reviewed({ tasks: [201], result: choice('Positive') });
    expect((await rows('all'))[0]!.text).toBeUndefined();
    await compare();
    expect((await rows('all'))[0]!.text).toMatch(/\w+ \w+/);
  });

  it.each<[Policy, number[]]>([
    ['all', []],
    ['not-same', [202, 203]],
    ['unlabelled', [202, 203, 204, 205, 206]],
    ['not-mine', [202, 204]],
  ])('applies the policy “%s” without reading again', async (policy, skipped) => {
    const { compare, asked, replan, tasks } = await reviewed();
    await compare();
    const before = asked.length;
    expect(await replan({ policy })).toMatchObject({ rows: 6, skipped: skipped.length });
    expect(await tasks('skipped')).toEqual(skipped);
    expect(asked).toHaveLength(before);
  });

  it('applies decisions about single rows to the plan and its reasons', async () => {
    const { engine, id, compare, replan, rows } = await reviewed();
    await compare();
    const plan = await replan({
      policy: 'not-same',
      decisions: [
        [0, 'skip'],
        [1, 'create'],
      ],
    });
    expect(plan).toMatchObject({ rows: 6, skipped: 2 });
    expect(await rows('skipped')).toMatchObject([
      { task: 201, decision: 'skip', skipped: 'You chose to skip it in the review.' },
      { task: 203, skipped: 'The task has the same labels already, by someone else.' },
    ]);
    expect((await engine.runs.reviewed(id)).creates).toEqual({
      all: 5,
      'not-same': 4,
      'not-mine': 4,
      unlabelled: 1,
    });
    const run = await engine.runs.start(plan.id, () => {});
    expect(run.totals).toMatchObject({ created: 4, skipped: 2 });
    expect(run.reasons).toContainEqual(
      expect.objectContaining({ state: 'skipped', reason: 'You chose to skip it in the review.', rows: 1 }),
    );
  });

  it('lists missing tasks and tasks with several rows', async () => {
    const { engine, id, replan, tasks, rows } = await reviewed([
      { tasks: [201, 7001], result: choice('Positive') },
      { tasks: [201, 202], result: choice('Negative') },
    ]);
    expect(await engine.runs.reviewed(id)).toMatchObject({
      kinds: { missing: 1, unread: 3 },
      repeatedRows: 2,
      creates: { all: 3 },
    });
    expect(await tasks('missing')).toEqual([7001]);
    expect(await tasks('repeated')).toEqual([201, 201]);
    expect(await replan({ keepFirst: true })).toMatchObject({ skipped: 2, repeatedTasks: 0 });
    expect(await rows('skipped')).toMatchObject([
      { entry: 0, task: 7001, isUnavailable: true },
      { entry: 1, task: 201, skipped: 'An earlier row of this batch is for the same task.' },
    ]);
  });

  it('names ground truths that sent rows would clear', async () => {
    const { engine, id, compare, replan, tasks } = await reviewed({ ...six, ground_truth: true });
    const cleared = async () => (await engine.runs.reviewed(id)).clearedGroundTruths;
    expect(await cleared()).toEqual({ tasks: [], count: 0 });
    await compare();
    expect(await cleared()).toEqual({
      tasks: [{ task: 203, link: `${base}/projects/1/data?task=203` }],
      count: 1,
    });
    expect(await tasks('ground-truth')).toEqual([203]);
    await replan({ policy: 'not-same' });
    expect(await cleared()).toEqual({ tasks: [], count: 0 });
  });

  it('compares its labels with those of the tasks', async () => {
    const { engine, id, compare } = await reviewed([
      { tasks: [201, 202, 203, 204], result: choice('Positive') },
      { task: 205, result: choice('Neutral') },
      { task: 206, result: [], was_cancelled: true },
    ]);
    const control = { control: 'sentiment', type: 'choices', moreLabels: 0 };
    expect((await engine.runs.reviewed(id)).shares).toEqual({
      batch: 5,
      existing: undefined,
      controls: [
        {
          ...control,
          labels: [
            { label: 'Positive', batch: 4, existing: 0 },
            { label: 'Neutral', batch: 1, existing: 0 },
          ],
        },
      ],
      moreControls: 0,
    });
    await compare();
    expect((await engine.runs.reviewed(id)).shares).toMatchObject({
      existing: 4,
      controls: [
        {
          labels: [
            { label: 'Positive', batch: 4, existing: 2 },
            { label: 'Neutral', batch: 1, existing: 0 },
            { label: 'Negative', batch: 0, existing: 2 },
          ],
        },
      ],
    });
  });

  it('includes what a run has created since the last review', async () => {
    const { engine, id, plan, compare } = await reviewed();
    await compare();
    await engine.runs.start(id, () => {});
    const again = await plan();
    await engine.runs.compare(again.id, () => {});
    expect(await engine.runs.reviewed(again.id)).toMatchObject({ kinds: { new: 0, same: 6 } });
  });

  it('has no comparison if the check is skipped', async () => {
    const { engine, id, compare, replan } = await reviewed();
    const comparing = compare();
    await engine.runs.cancelCompare();
    expect(await comparing).toEqual({ ok: true, value: false });
    expect((await engine.runs.reviewed(id)).kinds).toMatchObject({ unread: 6, new: 0 });
    expect(await replan({ policy: 'unlabelled' })).toMatchObject({ skipped: 0 });
  });

  it('finds the place of a row in the text', async () => {
    const requests = [six, { task: 207, result: choice('Neutral') }];
    const { engine, id } = await reviewed(requests);
    const { entry, from, to } = await engine.runs.placeOfRow(id, 6);
    expect(entry).toBe(1);
    expect(JSON.parse(JSON.stringify(requests).slice(from, to))).toEqual(requests[1]);
  });

  it('pages through 100,000 rows', async () => {
    const tasks = Array.from({ length: 100_000 }, (_, index) => index + 1);
    const { engine, id } = await reviewed({ tasks, result: choice('Positive') });
    const page = await engine.runs.reviewRows(id, { filter: 'missing', from: 94_990, to: 95_090 });
    expect(page.total).toBe(95_000);
    expect(page.rows.map(({ task }) => task)).toEqual(tasks.slice(-10));
    expect(JSON.stringify(await engine.runs.reviewed(id)).length).toBeLessThan(2000);
  });
});
