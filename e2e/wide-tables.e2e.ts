import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { problems, review, showAs, startImport } from './support/import.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
const activeCell = (page: Page) => grid(page).locator('[aria-selected=true]');
const columns = (page: Page) => page.getByRole('list', { name: 'Columns' });
const settings = (page: Page) => page.getByRole('region', { name: 'Import settings' });
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

test('of 10,000 columns the visible ones are drawn, and each can be found, mapped and edited', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await open(app, table(10_000));
  await expect(settings(app).getByText('10,000 columns, 2 mapped')).toBeVisible({ timeout: 60_000 });
  await expect(columns(app).getByRole('combobox', { name: 'sentiment is' })).toHaveValue('control:sentiment');
  expect(await columns(app).getByRole('listitem').count()).toBeLessThan(40);

  await showAs(app, 'Grid');
  await expect(grid(app)).toHaveAttribute('aria-colcount', '10002');
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+End');
  await expect(activeCell(app)).toHaveText('3.9997');
  await expect(grid(app).getByRole('columnheader', { name: 'column 9997' })).toBeVisible();
  expect(await grid(app).getByRole('gridcell').count()).toBeLessThan(300);

  await search(app).fill('column 9997');
  await expect(settings(app).getByText('10,000 columns, 2 mapped; 1 listed')).toBeVisible();
  const last = columns(app).getByRole('combobox', { name: 'column 9997 is' });
  await expect(last).toHaveValue('nothing');
  await last.selectOption('field:lead_time');
  await expect(settings(app).getByText('10,000 columns, 3 mapped; 1 listed')).toBeVisible();
  await search(app).fill('no such column');
  await expect(settings(app).getByText('3 mapped; 0 listed')).toBeVisible();
  await search(app).fill('');
  await app.getByRole('checkbox', { name: 'Only mapped columns' }).check();
  await expect(columns(app).getByRole('combobox')).toHaveCount(3);
  await expectAccessible(app);

  await grid(app).focus();
  await app.keyboard.type('12');
  await app.keyboard.press('Enter');
  await expect(activeCell(app)).toHaveText('12');
  await review(app, '3 annotations');
  await app.getByRole('button', { name: 'Create 3 annotations' }).click();
  await expect(app.getByRole('heading', { name: /3 annotations created/ })).toBeVisible({ timeout: 60_000 });
  expect((await server.annotationsOn(3)).at(-1)).toMatchObject({ lead_time: 12 });
});

test('the target of one column is taken from another, however far away', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await open(app, table(300));
  await search(app).fill('column 250');
  await columns(app).getByRole('combobox', { name: 'column 250 is' }).selectOption('control:sentiment');
  await expect(problems(app).first()).toContainText('“1.250” isn’t a choice');
  await search(app).fill('');
  await expect(columns(app).getByRole('combobox', { name: 'sentiment is' })).toHaveValue('nothing');
});

test('200,000 columns are refused, and another delimiter can be chosen', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await open(app, `task;sentiment${','.repeat(199_999)}\n1;Positive\n`);
  const refusal =
    'This table has 200,000 columns; the limit is 20,000 columns. Delete the columns you don’t need, or choose another delimiter.';
  await expect(problems(app)).toContainText([refusal]);
  await expect(app.getByText('0 rows, 0 annotations')).toBeVisible();
  await showAs(app, 'Grid');
  await expect(app.getByRole('heading', { name: 'Too many columns' })).toBeVisible();
  await expect(app.getByText(refusal)).toBeVisible();
  await expectAccessible(app);
  await settings(app).getByRole('combobox', { name: 'Delimiter' }).selectOption(';');
  await expect(grid(app).getByRole('rowheader')).toHaveText(['1']);
});

test.describe('in a narrow window and the dark theme', () => {
  test.use({ viewport: { width: 390, height: 800 }, colorScheme: 'dark' });

  test('a wide table fits', async ({ app }) => {
    await startImport(app, { project: 'Product reviews' });
    await open(app, table(300));
    await expect(settings(app).getByText('300 columns, 2 mapped')).toBeVisible();
    await showAs(app, 'Grid');
    await expect(grid(app)).toBeVisible();
    await expectAccessible(app);
    const widest = await app.evaluate(() => document.documentElement.scrollWidth);
    expect(widest).toBeLessThanOrEqual(390);
  });
});
