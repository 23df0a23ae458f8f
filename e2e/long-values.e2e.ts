import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { copyAll, editor, paste, problems, showAs, startImport } from './support/import.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
const activeCell = (page: Page) => grid(page).locator('[aria-selected=true]');
const details = (page: Page) => page.getByRole('region', { name: 'The active cell' });
const form = (page: Page) => page.getByRole('form', { name: 'Set of labels 1' });

async function open(page: Page, name: string, text: string) {
  await page
    .getByLabel('File to open')
    .first()
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

test('a cell of megabytes is cut with its length, and never saved cut', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const long = 'lorem ipsum '.repeat(500_000);
  await open(app, 'long.csv', `task,sentiment,note\n1,Positive,short\n2,Grumble,"${long}"\n`);
  await expect(app.getByText('1 error', { exact: true })).toBeVisible({ timeout: 60_000 });
  await showAs(app, 'Grid');
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+End');
  await expect(details(app)).toContainText(
    'Row 2, note: 6,000,000 characters, of which the first 300 are shown',
  );
  expect((await activeCell(app).innerText()).length).toBeLessThan(310);

  const refusal = app.getByText(
    'This cell has 6,000,000 characters. Up to 10,000 can be edited or copied here. Use the text view.',
  );
  for (const key of ['Enter', 'Delete', 'ControlOrMeta+c']) {
    await app.keyboard.press(key);
    await expect(refusal).toBeVisible();
    await app.getByRole('button', { name: 'Dismiss' }).click();
    await expect(refusal).toBeHidden();
    await grid(app).focus();
  }
  await expect(details(app)).toContainText('6,000,000 characters');

  // Changing a short cell of the same row keeps the long one.
  await app.keyboard.press('ArrowLeft');
  await app.keyboard.type('Neutral');
  await app.keyboard.press('Enter');
  await expect(app.getByText('No problems found')).toBeVisible();
  await app.keyboard.press('ArrowRight');
  await expect(details(app)).toContainText('6,000,000 characters');
});

test('a cell longer than shown in the grid is edited and copied in full', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const note = Array.from({ length: 400 }, (_, word) => `word ${word}`).join(' ');
  await paste(app, `task,note\n1,${note}\n2,short\n`);
  await showAs(app, 'Grid');
  await grid(app).focus();
  await app.keyboard.press('End');
  await expect(details(app)).toContainText(/characters, of which the first 300 are shown/);
  await app.keyboard.press('ControlOrMeta+c');
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toBe(note);
  await app.keyboard.press('F2');
  await app.keyboard.type('!');
  await app.keyboard.press('Enter');
  await showAs(app, 'Text');
  await expect.poll(() => copyAll(app)).toBe(`task,note\n1,${note}!\n2,short\n`);
});

const requestsOf = async (page: Page) => JSON.parse(await copyAll(page)) as unknown;

const region = (choice: string) => ({
  from_name: 'sentiment',
  to_name: 'review',
  type: 'choices',
  value: { choices: [choice] },
});

test('a request with 1,000 regions is shown in pages, and each problem leads to its region', async ({
  app,
}) => {
  await startImport(app, { project: 'Product reviews' });
  const result = Array.from({ length: 1000 }, (_, index) => region(index === 700 ? 'Grumble' : 'Positive'));
  await open(app, 'regions.json', JSON.stringify([{ task: 1, result }], null, 2));
  await expect(problems(app).first()).toBeVisible();
  await showAs(app, 'Form');
  await expect(form(app).getByText('Regions 1–50 of 1,000')).toBeVisible();
  await expect(form(app).getByText('Region 1', { exact: true })).toBeVisible();
  await expect(form(app).getByText('Region 51', { exact: true })).toHaveCount(0);
  await form(app).getByRole('button', { name: 'Later' }).click();
  await expect(form(app).getByText('Regions 51–100 of 1,000')).toBeVisible();

  await form(app)
    .getByRole('button', { name: /“Grumble” isn’t a choice/ })
    .click();
  await expect(form(app).getByText('Regions 701–750 of 1,000')).toBeVisible();
  const input = form(app).getByRole('textbox', { name: 'Region 701 as JSON' });
  await expect(input).toBeFocused();
  await input.fill((await input.inputValue()).replace('Grumble', 'Neutral'));
  await expect(form(app).getByRole('button', { name: /“Grumble”/ })).toBeHidden();
  await expectAccessible(app);
  await showAs(app, 'JSON');
  await expect
    .poll(() => requestsOf(app))
    .toEqual([{ task: 1, result: result.with(700, region('Neutral')) }]);
});

test('values too long for an input stay as in the text', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const request = { task: 1, unique_id: 'x'.repeat(20_000), result: [region('Positive')] };
  await paste(app, [request]);
  await showAs(app, 'Form');
  await expect(form(app).getByText('(20,002 characters)')).toBeVisible();
  await form(app).getByRole('radio', { name: 'Negative' }).check();
  await showAs(app, 'JSON');
  await expect.poll(() => requestsOf(app)).toEqual([{ ...request, result: [region('Negative')] }]);

  await paste(app, [{ ...request, import_id: 'lorem ipsum '.repeat(100_000) }]);
  await showAs(app, 'Form');
  await expect(app.getByText(/^This set of labels has 1,2\d\d,\d\d\d characters/)).toBeVisible();
  await app.getByRole('button', { name: 'Show the JSON' }).click();
  await expect(editor(app)).toBeVisible();
});
