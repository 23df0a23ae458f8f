import { describe, expect, it } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { checkText, createAll, sandboxServer, signedInEngine } from '#engine/spec-driver.ts';

const { base } = sandboxServer;
const reviews = 1;

const sentiment = (label: string) => [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [label] } },
];

/** An engine in the reviews project, and a counter of task reads. */
async function connected() {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  let reads = 0;
  const counting: typeof handle = (request) => {
    if (request.url.includes('/api/tasks')) reads += 1;
    return handle(request);
  };
  const engine = await signedInEngine(counting, sandboxUsers[0]!.legacyToken);
  await engine.batch.setProject(reviews);
  return { engine, reads: () => reads };
}

describe('the preview of a set of labels', () => {
  const batch = (label: string) => JSON.stringify([{ tasks: [16, 46, 76], result: sentiment(label) }]);

  it('steps through the tasks of the set, and stops at the last one', async () => {
    const { engine } = await connected();
    await checkText(engine, batch('Negative'));
    const shown = [await engine.batch.preview(0), await engine.batch.preview(0, 1)];
    expect(shown).toMatchObject([
      { task: { id: 16, url: `${base}/projects/1/data?task=16` }, tasks: 3, place: 0 },
      { task: { id: 46 }, tasks: 3, place: 1 },
    ]);
    expect(await engine.batch.preview(0, 9)).toMatchObject({ task: { id: 76 }, place: 2 });
    expect(shown[0]?.preview.answers).toMatchObject([{ control: 'sentiment', values: ['Negative'] }]);
    expect(shown[0]?.preview.texts[0]?.text).toMatch(/\w+ \w+/);
    expect(shown[0]?.others.fields.map(({ name }) => name)).not.toContain('text');
    expect(shown[0]?.others.fields.map(({ name }) => name)).toContain('sku');
  });

  it('doesn’t read its task again after each change', async () => {
    const { engine, reads } = await connected();
    await checkText(engine, batch('Negative'));
    await engine.batch.preview(0);
    const before = reads();
    for (const label of ['Neutral', 'Positive']) {
      await checkText(engine, batch(label));
      expect(await engine.batch.preview(0)).toMatchObject({
        preview: { answers: [{ values: [label] }] },
      });
    }
    expect(reads()).toBe(before);
    await engine.batch.preview(0, 1);
    expect(reads()).toBe(before + 1);
  });

  it('says why it shows no task', async () => {
    const { engine } = await connected();
    const sets = [
      { tasks: [], result: sentiment('Neutral') },
      { selected_items: { all: true }, result: sentiment('Neutral') },
      { task: 999_999, result: sentiment('Neutral') },
    ];
    await checkText(engine, JSON.stringify(sets));
    expect(await engine.batch.preview(0)).toMatchObject({ noTask: 'No task is named yet.', tasks: 0 });
    expect(await engine.batch.preview(1)).toMatchObject({
      noTask: 'These labels are for all tasks of the project, so none of them is shown.',
    });
    expect(await engine.batch.preview(2)).toMatchObject({ noTask: 'Task 999999 isn’t in this project.' });
  });
});

describe('the tasks of a set of labels', () => {
  it('are listed page by page with their texts, and can be removed from the typed list', async () => {
    const { engine } = await connected();
    await checkText(engine, JSON.stringify([{ tasks: [16, 46, 999_999, 76], result: sentiment('Neutral') }]));
    expect(await engine.batch.tasksOfEntry(0, 1, 3)).toEqual({ project: 1, total: 4, ids: [46, 999_999] });
    expect(await engine.tasks.byId(1, [46, 999_999])).toMatchObject({
      ok: true,
      value: [{ id: 46, text: expect.stringMatching(/\w+ \w+/) as string }],
    });
    expect(await engine.tasks.withoutId('16, 46-49, 16', 16)).toBe('46-49');
    expect(await engine.tasks.withoutId('1-5', 3)).toBe('1, 2, 4, 5');
  });
});

describe('the preview of a row', () => {
  const csv = 'task,sentiment\n1,Positive\n2,Negative\n';

  it('is the same in review and run', async () => {
    const { engine } = await connected();
    await checkText(engine, csv);
    const plan = await engine.runs.plan({ selection: 'resolve' });
    if (!plan.ok) throw new Error(plan.failure.message);
    const expected = {
      task: { id: 2 },
      preview: { answers: [{ control: 'sentiment', values: ['Negative'] }] },
    };
    expect(await engine.runs.reviewPreview(plan.value.id, 1)).toMatchObject(expected);

    const { id } = await createAll(engine, csv, reviews);
    // The batch has changed by now, but the run keeps what was sent.
    await checkText(engine, 'task,sentiment\n7,Neutral\n');
    expect(await engine.runs.previewOfRow(id, 1)).toMatchObject(expected);
  });
});
