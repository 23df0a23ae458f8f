import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { chooseProject, paste, review, startImport, toolbar } from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const sampleButton = (page: Page, format: 'JSON' | 'CSV') =>
  page.getByRole('button', { name: `Download a sample as ${format}` });

async function downloadSample(page: Page, format: 'JSON' | 'CSV') {
  const [file] = await Promise.all([page.waitForEvent('download'), sampleButton(page, format).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('a sample with the project’s labels is downloaded, filled in and submitted', async ({ app }) => {
  await startImport(app, { project: 'Shop photos' });

  const json = await downloadSample(app, 'JSON');
  expect(json.name).toBe('sheaf-sample-project-2.json');
  await expect(app.getByText('sheaf-sample-project-2.json is in your downloads.')).toBeVisible();
  for (const label of ['People', 'Goods', 'building', 'signs']) expect(json.text).toContain(`"${label}"`);

  await paste(app, json.text);
  await expect(app.getByText('No problems found')).toBeVisible();
  const requests = JSON.parse(json.text) as unknown[];
  await review(app, `${requests.length} annotations`);
  await create(app);
  await expectHeadline(app, `${requests.length} annotations created and verified`);
});

test('a sample is also a table, if a table can represent it', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const csv = await downloadSample(app, 'CSV');
  expect(csv.name).toBe('sheaf-sample-project-1.csv');
  expect(csv.text).toMatch(/^task,sentiment\r\n\d+,Positive\r\n\d+,Neutral\r\n\d+,Negative\r\n$/);

  await chooseProject(app, 'Street scenes');
  await sampleButton(app, 'CSV').click();
  await expect(
    app.getByText('No sample: No control of project 5 fits in a table. Download a sample as JSON.'),
  ).toBeVisible();
});

test('a sample to try labels the project’s tasks, which are found by their data', async ({ app, server }) => {
  await startImport(app, { project: 'Shop photos' });
  const samples = app.getByRole('group', { name: 'Samples' });
  await expect(samples.getByRole('button')).toHaveText([
    'Spreadsheet',
    'Label Studio export',
    'Insert an example',
    'Download a sample as CSV',
    'Download a sample as JSON',
  ]);
  await samples.getByRole('button', { name: 'Spreadsheet' }).click();
  await app.getByRole('button', { name: 'Match rows to tasks…' }).click();
  await app.getByRole('button', { name: 'Use 3 matches' }).click();
  await review(app, '3 annotations');
  await create(app);
  await expectHeadline(app, '3 annotations created and verified');
  expect(await server.annotationsOn(6002)).toHaveLength(1);
});

test('samples of boxes and spans are offered if a project has them', async ({ app }) => {
  await startImport(app, { project: 'Street scenes' });
  const samples = app.getByRole('group', { name: 'Samples' });
  await expect(samples.getByRole('button', { name: 'COCO boxes' })).toBeVisible();
  await expect(samples.getByRole('button', { name: 'Spreadsheet' })).toBeHidden();
  await chooseProject(app, 'Company news');
  await samples.getByRole('button', { name: 'Text spans' }).click();
  await app.getByRole('button', { name: 'Match rows to tasks…' }).click();
  await app.getByRole('button', { name: 'Use 10 matches' }).click();
  await review(app, '10 annotations');
});

test.describe('in a window of 360 pixels', () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test('a sample needs a project, and leads to the project picker', async ({ app }) => {
    await startImport(app);
    await sampleButton(app, 'JSON').focus();
    await app.keyboard.press('Enter');
    await expect(app.getByText('Choose a project to get a sample with its labels.')).toBeVisible();
    await expect(app.getByRole('combobox', { name: 'Project' })).toBeFocused();
    await app.keyboard.press('Escape');
    await app.getByRole('button', { name: 'Dismiss' }).click();
    await chooseProject(app, 'Product reviews');
    expect((await downloadSample(app, 'CSV')).name).toBe('sheaf-sample-project-1.csv');
    expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});

test('without a project, a sample chooses the first one with suitable labels', async ({ app }) => {
  await startImport(app);
  await app.getByRole('group', { name: 'Samples' }).getByRole('button', { name: 'COCO boxes' }).click();
  await expect(toolbar(app).getByRole('combobox', { name: 'Project' })).toHaveValue(/^Street scenes/);
  await expect(app.getByRole('button', { name: 'Match rows to tasks…' })).toBeVisible();
});
