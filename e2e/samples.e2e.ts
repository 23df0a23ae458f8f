import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { chooseProject, paste, review, startImport } from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const sampleButton = (page: Page, format: 'JSON' | 'CSV') =>
  page.getByRole('button', { name: `Download a sample as ${format}` });

async function downloadSample(page: Page, format: 'JSON' | 'CSV') {
  const [file] = await Promise.all([page.waitForEvent('download'), sampleButton(page, format).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('a sample of the project’s own labels is downloaded, filled and submitted', async ({ app }) => {
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

test('a sample is a table too, where a table can hold it', async ({ app }) => {
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

test.describe('in a window of 360 pixels', () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test('a sample needs a project, and leads to where one is chosen', async ({ app }) => {
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
