import { expectAccessible } from './support/axe.ts';
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

const sentence = 'Kestrel Robotics buys the Danish firm Havblik for 40 million euros.';
const unlabelled = 'Havblik’s laboratory in Aarhus stays open, says Ida Kjær.';
const company = { start: 0, end: 16, label: 'Company' };
const box = { image_id: 1, category_id: 1, bbox: [215, 190, 50, 46] };
const image = (id: number, name: string) => ({ id, file_name: name, width: 640, height: 480 });

const notImported = [
  {
    tool: 'doccano',
    project: 'Company news',
    text: [
      JSON.stringify({ id: 1, text: sentence, label: [[0, 16, 'Company']] }),
      JSON.stringify({ id: 2, text: unlabelled, label: [] }),
    ].join('\n'),
    note: '1 text has no labels and isn’t imported.',
  },
  {
    tool: 'Prodigy',
    project: 'Company news',
    text: [
      JSON.stringify({ text: sentence, _input_hash: 1, spans: [company], answer: 'accept' }),
      JSON.stringify({ text: unlabelled, _input_hash: 2, spans: [company], answer: 'reject' }),
    ].join('\n'),
    note: '1 example was rejected or ignored and isn’t imported.',
  },
  {
    tool: 'COCO',
    project: 'Street scenes',
    text: JSON.stringify({
      images: [image(1, 'crossing.png'), image(2, 'roundabout.png')],
      categories: [{ id: 1, name: 'Sign' }],
      annotations: [box],
    }),
    note: '1 image has no annotations and isn’t imported.',
  },
];

for (const { tool, project, text, note } of notImported) {
  test(`what isn’t imported from ${tool} is shown beside the grid and in the review`, async ({ app }) => {
    await startImport(app, { project });
    await pasteAnywhere(app, text);
    const groups = app.getByRole('list', { name: 'Groups of problems' });
    await expect(groups.getByRole('group', { name: note })).toBeVisible();
    await app.getByRole('button', { name: 'Match rows to tasks…' }).click();
    await app.getByRole('button', { name: 'Use 1 match' }).click();
    await expect(app.getByRole('button', { name: 'Review 1 annotation' })).toBeEnabled();
    await expect(groups.getByRole('group', { name: note })).toBeVisible();
    await expectAccessible(app);
    await app.getByRole('button', { name: 'Review 1 annotation' }).click();
    await expect(app.getByRole('list', { name: 'Before you create' })).toContainText(note);
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
