import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { startImport } from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create, createButton } from './support/review.ts';
import { expect, test } from './support/test.ts';

/* Files of other tools name images or texts, so that their rows are matched to tasks first. */

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
];

const open = (page: Page, name: string) =>
  page
    .getByLabel('File to open')
    .first()
    .setInputFiles(fileURLToPath(new URL(`../seeds/samples/${name}`, import.meta.url)));

for (const { file, project, chip, rows, task, labels } of files) {
  test(`${file} is named, matched and created`, async ({ app, server }) => {
    await startImport(app, { project });
    await open(app, file);
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
