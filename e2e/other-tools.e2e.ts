import { openSample, pasteAnywhere, startImport } from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create, createButton } from './support/review.ts';
import { expect, test } from './support/test.ts';

/* Files of other tools name images or texts, so their rows are first matched to tasks. */

interface ToolFile {
  file: string;
  project: string;
  chip: string;
  rows: number;
  task: number;
  labels: string[];
}

const files: ToolFile[] = [
  {
    file: 'coco.json',
    project: 'Street scenes',
    chip: 'COCO',
    rows: 2,
    task: 9001,
    labels: ['Sign', 'Vehicle'],
  },
  { file: 'yolo.zip', project: 'Street scenes', chip: 'YOLO', rows: 2, task: 9004, labels: ['Vehicle'] },
  {
    file: 'doccano.jsonl',
    project: 'Company news',
    chip: 'doccano',
    rows: 2,
    task: 8001,
    labels: ['Person', 'Company', 'Place'],
  },
  {
    file: 'prodigy.jsonl',
    project: 'Company news',
    chip: 'Prodigy',
    rows: 2,
    task: 8003,
    labels: ['Place', 'Person'],
  },
  {
    file: 'prodigy-images.jsonl',
    project: 'Street scenes',
    chip: 'Prodigy',
    rows: 2,
    task: 9001,
    labels: ['Sign', 'Vehicle'],
  },
];

for (const { file, project, chip, rows, task, labels } of files) {
  test(`${file} is recognised, matched and created`, async ({ app, server }) => {
    await startImport(app, { project });
    await openSample(app, file);
    await expect(app.getByRole('button', { name: new RegExp(`${file}.* · ${chip}`) })).toBeVisible();
    await app.getByRole('button', { name: 'Match rows to tasks…' }).click();
    const dialog = app.getByRole('dialog', { name: 'Match rows to tasks' });
    await dialog.getByRole('button', { name: `Use ${rows} matches` }).click();
    await app.getByRole('button', { name: `Review ${rows} annotations` }).click();
    await expect(createButton(app)).toBeVisible();
    await create(app);
    await expectHeadline(app, new RegExp(`^${rows} annotations created and verified`));
    const annotation = (await server.annotationsOn(task)).at(-1) as {
      result: { value: Record<string, string[]> }[];
    };
    const found = annotation.result.map(({ value }) => value['rectanglelabels'] ?? value['labels']);
    expect(found.flat()).toEqual(labels);
  });
}

test('an export of another project: tasks by text, controls by type, annotators by e-mail', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Company news' });
  const span = { start: 0, end: 13, text: 'Amelia Brandt', labels: ['Person'] };
  const result = [{ id: 'a', from_name: 'ner', to_name: 'article', type: 'labels', value: span }];
  const tomas = { id: 44, email: 'Tomas.Ferreira@northwind.example' };
  const text = 'Amelia Brandt, who founded Kestrel Robotics in Leipzig, hands over to Jonas Weil.';
  await pasteAnywhere(
    app,
    JSON.stringify([{ id: 31, data: { text }, annotations: [{ result, completed_by: tomas }] }], null, 2),
  );
  const controls = app.getByRole('group', { name: 'Controls of another project' });
  await expect(controls.getByLabel('ner is')).toHaveValue('entity');
  await controls.getByRole('button', { name: 'Use 1 control' }).click();
  await expect(controls).toBeHidden();
  const annotators = app.getByRole('group', { name: 'Annotators of the export' });
  await annotators.getByRole('button', { name: 'Keep 1 annotator' }).click();
  await expect(annotators).toBeHidden();
  await app.getByRole('button', { name: 'Match rows to tasks…' }).click();
  await app.getByRole('button', { name: 'Use 1 match' }).click();
  await app.getByRole('button', { name: 'Review 1 annotation' }).click();
  await create(app);
  await expectHeadline(app, /^1 annotation created and verified/);
  const created = (await server.annotationsOn(8001)).at(-1);
  expect(created).toMatchObject({
    completed_by: { id: 2 },
    result: [{ from_name: 'entity', to_name: 'sentence', value: { labels: ['Person'] } }],
  });
});
