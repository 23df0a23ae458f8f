import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { columnHeader, openImportSettings, review, startImport, useColumn } from './support/import.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
const activeCell = (page: Page) => grid(page).locator('[aria-selected=true]');
const columns = (page: Page) => page.getByRole('listbox', { name: 'Columns' }).getByRole('option');
const search = (page: Page) => page.getByRole('searchbox', { name: 'Find a column' });

function table(width: number) {
  const names = Array.from({ length: width - 2 }, (_, column) => `column ${column}`);
  const rows = [1, 2, 3].map((row) => [row, 'Positive', ...names.map((_, column) => `${row}.${column}`)]);
  return ['task,sentiment', names.join()].join(',') + '\n' + rows.map((row) => row.join()).join('\n') + '\n';
}

async function open(page: Page, text: string) {
  await page
    .getByLabel('File to open')
    .first()
    .setInputFiles({ name: 'wide.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
}

test('only visible ones of 10,000 columns are rendered, and each can be found, mapped and edited', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await open(app, table(10_000));
  await expect(grid(app)).toHaveAttribute('aria-colcount', '10001', { timeout: 60_000 });
  await expect(columnHeader(app, 'sentiment')).toContainText('sentiment (Choices)');
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+End');
  await expect(activeCell(app)).toHaveText('3.9997');
  await expect(columnHeader(app, 'column 9997')).toBeVisible();
  expect(await grid(app).getByRole('gridcell').count()).toBeLessThan(300);
  await app.keyboard.press('ControlOrMeta+ArrowLeft');

  const settings = await openImportSettings(app);
  await expect(settings.getByText('10,000 columns, 2 mapped')).toBeVisible();
  expect(await columns(app).count()).toBeLessThan(40);
  await search(app).fill('no such column');
  await expect(settings.getByText('2 mapped; 0 listed')).toBeVisible();
  await search(app).fill('column 9997');
  await expect(settings.getByText('10,000 columns, 2 mapped; 1 listed')).toBeVisible();
  await expectAccessible(app);
  await columns(app).click();
  await expect(settings).toBeHidden();
  await expect(activeCell(app)).toHaveText('3.9997');
  await useColumn(app, 'column 9997', 'field:lead_time');
  await openImportSettings(app);
  await app.getByRole('checkbox', { name: 'Only mapped columns' }).check();
  await expect(columns(app)).toHaveCount(3);
  await app.keyboard.press('Escape');

  await grid(app).focus();
  await app.keyboard.type('12');
  await app.keyboard.press('Enter');
  await expect(activeCell(app)).toHaveText('12');
  await review(app, '3 annotations');
  await app.getByRole('button', { name: 'Create 3 annotations' }).click();
  await expect(app.getByRole('heading', { name: /3 annotations created/ })).toBeVisible({ timeout: 60_000 });
  expect((await server.annotationsOn(3)).at(-1)).toMatchObject({ lead_time: 12 });
});

test('a column takes its target from another one, however far away', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await open(app, table(300));
  await openImportSettings(app);
  await search(app).fill('column 250');
  await expect(columns(app)).toHaveCount(1);
  await columns(app).click();
  await useColumn(app, 'column 250', 'control:sentiment');
  await expect(app.getByRole('group', { name: 'Values' })).toContainText('“1.250”');
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+ArrowLeft');
  await expect(columnHeader(app, 'sentiment')).toContainText('Ignored');
});

test('200,000 columns are refused, and another delimiter can be chosen', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await open(app, `task;sentiment${','.repeat(199_999)}\n1;Positive\n`);
  const refusal =
    'This table has 200,000 columns; the limit is 20,000 columns. Delete the columns you don’t need, or choose another delimiter.';
  await expect(app.getByRole('heading', { name: 'Too many columns' })).toBeVisible();
  await expect(app.getByText(refusal).first()).toBeVisible();
  await expectAccessible(app);
  const settings = await openImportSettings(app);
  await settings.getByRole('combobox', { name: 'Delimiter' }).selectOption(';');
  await app.keyboard.press('Escape');
  await expect(grid(app).getByRole('rowheader')).toHaveText(['1']);
});

test.describe('in a narrow window and the dark theme', () => {
  test.use({ viewport: { width: 390, height: 800 }, colorScheme: 'dark' });

  test('a wide table fits', async ({ app }) => {
    await startImport(app, { project: 'Product reviews' });
    await open(app, table(300));
    await expect(grid(app)).toBeVisible();
    await expectAccessible(app);
    const widest = await app.evaluate(() => document.documentElement.scrollWidth);
    expect(widest).toBeLessThanOrEqual(390);
  });
});
