import { mkdir, writeFile } from 'node:fs/promises';
import { dropFiles, openImportSettings, openSample, review, startImport } from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const positive = { result: [{ value: { choices: ['Positive'] } }], was_cancelled: false };
const negative = { result: [{ value: { choices: ['Negative'] } }], was_cancelled: false };
const neutral = { result: [{ value: { choices: ['Neutral'] } }], was_cancelled: false };
const skipped = { result: [], was_cancelled: true };

/** Real-world files, and the expected annotations of each task. */
const files: [string, Record<number, object[]>][] = [
  ['bom-and-semicolons.csv', { 3001: [positive], 3002: [negative], 3003: [neutral] }],
  ['utf-16.tsv', { 3004: [positive], 3005: [negative] }],
  ['sheets-range.tsv', { 3006: [positive], 3007: [neutral] }],
  ['old-mac.csv', { 3008: [positive], 3009: [negative] }],
  ['export-with-a-skip.json', { 3010: [positive, skipped], 3011: [] }],
  ['lines.jsonl', { 3012: [positive], 3013: [negative] }],
  ['records.json', { 3014: [positive], 3015: [neutral] }],
  ['packed.csv.gz', { 3016: [positive], 3017: [negative] }],
  ['tasks.jsonl', { 3020: [positive], 3021: [neutral] }],
  ['target-storage.json', { 3022: [negative] }],
  ['api-annotations.json', { 3023: [positive] }],
  ['api-tasks.json', { 3024: [neutral] }],
];

for (const [name, tasks] of files) {
  test(`${name} is imported correctly`, async ({ app, server }) => {
    await startImport(app, { project: 'Product reviews' });
    await openSample(app, name);
    const annotations = Object.values(tasks).flat().length;
    const words = annotations === 1 ? '1 annotation' : `${annotations} annotations`;
    await review(app, words);
    await create(app);
    await expectHeadline(app, `${words} created and verified`);
    for (const [task, expected] of Object.entries(tasks)) {
      const there = await server.annotationsOn(Number(task));
      expect(there, `task ${task}`).toHaveLength(expected.length);
      for (const one of expected) expect(there).toContainEqual(expect.objectContaining(asFound(one)));
    }
  });
}

/** Regions are returned with IDs and other fields. */
function asFound(annotation: object) {
  const { result, was_cancelled: wasCancelled } = annotation as typeof positive;
  return { was_cancelled: wasCancelled, result: result.map((region) => expect.objectContaining(region)) };
}

test('a sheet of an Excel workbook is imported correctly', async ({ app, server }) => {
  await startImport(app, { project: 'Product reviews' });
  await openSample(app, 'workbook.xlsx');
  const dialog = app.getByRole('dialog', { name: 'Which sheet of workbook.xlsx?' });
  await expect(dialog.getByRole('button', { name: 'Notes' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Labels' }).click();
  await expect(dialog).toBeHidden();
  await review(app, '2 annotations');
  await create(app);
  await expectHeadline(app, '2 annotations created and verified');
  expect(await server.annotationsOn(3025)).toContainEqual(expect.objectContaining(asFound(positive)));
  expect(await server.annotationsOn(3026)).toContainEqual(expect.objectContaining(asFound(negative)));
});

test('predictions become annotations on request', async ({ app, server }) => {
  await startImport(app, { project: 'Product reviews' });
  await openSample(app, 'predictions.json');
  await app.getByRole('button', { name: 'Import predictions' }).click();
  await openImportSettings(app);
  await app.getByLabel('Minimum score').fill('0.5');
  await app.getByLabel('Minimum score').press('Tab');
  await app.keyboard.press('Escape');
  await review(app, '1 annotation');
  await create(app);
  expect(await server.annotationsOn(3018)).toContainEqual(expect.objectContaining(asFound(positive)));
  expect(await server.annotationsOn(3019)).toEqual([]);
});

test('a file that isn’t text is refused, and nothing is lost', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await app
    .getByLabel('File to open')
    .first()
    .setInputFiles({
      name: 'photo.png',
      mimeType: 'image/png',
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]),
    });
  await expect(
    app.getByText(/photo\.png wasn’t opened: This is an image \(PNG\), not a text file/),
  ).toBeVisible();
});

test('a folder among dropped files is refused with what to do', async ({ app }, testInfo) => {
  await startImport(app);
  const folder = testInfo.outputPath('labels');
  await mkdir(folder, { recursive: true });
  await writeFile(testInfo.outputPath('empty.csv'), '');
  await dropFiles(app, testInfo.outputPath('empty.csv'));
  await expect(app.getByText('empty.csv wasn’t opened: The file is empty.')).toBeVisible();
  await dropFiles(app, testInfo.outputPath('empty.csv'), folder);
  await expect(
    app.getByText(/^2 files weren’t opened: labels: .*If it is a folder, open its files/),
  ).toBeVisible();
});
