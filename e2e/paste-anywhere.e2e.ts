import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import {
  columnHeader,
  copyAll,
  dropFiles,
  editor,
  paste,
  pasteAnywhere,
  review,
  showAs,
  startImport,
  undoInNotice,
} from './support/import.ts';
import { slowRows } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { start } from './support/review.ts';
import { expect, test } from './support/test.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
const question = (page: Page) => page.getByRole('dialog', { name: /^Replace .*\?$/ });
const notice = (page: Page) => page.getByRole('alert');

const first = 'task,sentiment,remark\n11,Positive,fine\n12,Negative,bad\n';
const second = 'Sentiment\ttask\nNeutral\t13\nPositive\t14\n';

/** Pastes where the focus is, or where no field has it. */
async function pasteHere(page: Page, text: string, { inGrid = false } = {}) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  if (inGrid) await grid(page).focus();
  else await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('ControlOrMeta+V');
}

/** Drops a file on the bar above the batch. */
async function drop(page: Page, name: string, text: string) {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([content], fileName));
      return dropped;
    },
    [name, text] as const,
  );
  await page.dispatchEvent('h1', 'drop', { dataTransfer });
}

async function withBatch(page: Page) {
  await startImport(page, { project: 'Product reviews' });
  await pasteAnywhere(page, first);
  await expect(columnHeader(page, 'sentiment')).toContainText('sentiment (Choices)');
}

test('a clipboard without text is reported, by the button and by the key', async ({ app }) => {
  await startImport(app);
  await app.evaluate(() => {
    const html = new Blob(['<table><tr><td>11</td></tr></table>'], { type: 'text/html' });
    return navigator.clipboard.write([new ClipboardItem({ 'text/html': html })]);
  });
  await app.getByRole('button', { name: 'Paste', exact: true }).click();
  const noText = 'The clipboard has no text. Copy the cells in the spreadsheet again, or drop the file here.';
  await expect(notice(app)).toHaveText(noText);
  await app.reload();
  await expect(app.getByRole('button', { name: 'Paste', exact: true })).toBeVisible();
  await expect(notice(app)).toBeHidden();
  await app.keyboard.press('ControlOrMeta+V');
  await expect(notice(app)).toHaveText(noText);
});

test('two pastes one after the other: the second one asks, too, and changes no cell', async ({ app }) => {
  await withBatch(app);
  await app.evaluate(() => navigator.clipboard.writeText('task,mood\n15,Neutral\n'));
  await app.keyboard.press('ControlOrMeta+V');
  await expect(question(app)).toBeVisible();
  await question(app).getByRole('button', { name: 'Cancel' }).click();
  await expect(grid(app).getByRole('gridcell', { name: 'fine' })).toBeVisible();
});

test('a table that is pasted over a batch is appended by its header, and undone', async ({ app }) => {
  await withBatch(app);
  await pasteHere(app, second);
  await expect(question(app)).toContainText(
    '2 rows can be appended by the names of the columns. “remark” will be empty in them.',
  );
  await expectAccessible(app);
  await expect(question(app).getByRole('button', { name: 'Append 2 rows' })).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(notice(app)).toContainText('Rows appended.');
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '5');
  await undoInNotice(app).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');
  await app.getByRole('button', { name: 'Redo' }).click();
  expect(await copyAll(app)).toBe(`${first}13,Neutral,\n14,Positive,\n`);
});

test('a table replaces the batch, or nothing happens, as one chooses', async ({ app }) => {
  await withBatch(app);
  await pasteHere(app, second);
  await expect(question(app)).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(question(app)).toBeHidden();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');

  await pasteHere(app, 'task,mood\n15,Neutral\n');
  await expect(question(app).getByRole('heading')).toHaveText('Replace this batch?');
  await expect(question(app)).toContainText(
    'The pasted text can’t be appended: “mood” isn’t a column of this batch. You can undo the replacement.',
  );
  await expect(question(app).getByRole('button', { name: /^Append/ })).toBeHidden();
  await question(app).getByRole('button', { name: 'Replace' }).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '2');
  await undoInNotice(app).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');
});

test('in the grid only a table with its own header asks; in a field and in the text it is a paste as any other', async ({
  app,
}) => {
  await withBatch(app);
  await pasteHere(app, second, { inGrid: true });
  await question(app).getByRole('button', { name: 'Paste over the cells' }).click();
  await expect(notice(app)).toContainText('Pasted 2 rows of 2 columns');
  await undoInNotice(app).click();

  await showAs(app, 'Text');
  await editor(app).focus();
  await app.keyboard.press('ControlOrMeta+End');
  await app.keyboard.press('ControlOrMeta+V');
  await expect(editor(app)).toContainText('Neutral');
  await expect(question(app)).toBeHidden();
});

test('a file that is dropped over a batch is appended or replaces it, as one chooses', async ({ app }) => {
  await withBatch(app);
  await drop(app, 'december.csv', second);
  await expect(question(app)).toContainText(
    '2 rows of december.csv can be appended by the names of the columns. “remark” will be empty in them.',
  );
  await expect(question(app).getByRole('heading')).toHaveText('Replace this batch or append to it?');
  await question(app).getByRole('button', { name: 'Append 2 rows' }).click();
  await expect(notice(app)).toContainText('december.csv was appended.');
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '5');
  await undoInNotice(app).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');

  const requests = '[\n  {"task": 15, "result": []}\n]\n';
  await drop(app, 'requests.json', requests);
  await expect(question(app)).toContainText('requests.json can’t be appended: It isn’t a table.');
  await question(app).getByRole('button', { name: 'Cancel' }).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');
  await drop(app, 'requests.json', requests);
  await question(app).getByRole('button', { name: 'Replace' }).click();
  await expect(app.getByRole('button', { name: /^requests\.json · 1 request/ })).toBeVisible();

  await drop(app, 'more.json', '[{"task": 16, "result": []}]');
  await question(app).getByRole('button', { name: 'Append 1 request' }).click();
  await expect(notice(app)).toContainText('more.json was appended.');
  expect(await copyAll(app)).toBe('[\n  {"task": 15, "result": []},\n{"task": 16, "result": []}\n]\n');
  const undo = app.getByRole('button', { name: 'Undo', exact: true }).first();
  await undo.click();
  await expect(app.getByRole('button', { name: /^requests\.json · 1 request/ })).toBeVisible();
  await undo.click();
  await showAs(app, 'Grid');
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');
});

test('a file that is chosen while there is a batch asks, and one that can’t be read changes nothing', async ({
  app,
}) => {
  await withBatch(app);
  const choose = (name: string, content: Buffer) =>
    app.getByLabel('File to open').first().setInputFiles({ name, mimeType: '', buffer: content });
  await choose('more.csv', Buffer.from(second));
  await expect(question(app)).toBeVisible();
  await app.keyboard.press('Escape');
  await choose('photo.png', Buffer.from([0x89, 0x50, 0xff, 0xfe]));
  await expect(notice(app)).toContainText('photo.png wasn’t opened');
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');
});

test('a file that is dropped on the review is imported', async ({ app }, testInfo) => {
  const december = testInfo.outputPath('december.csv');
  await writeFile(december, second);
  await withBatch(app);
  await review(app, '2 annotations');
  await dropFiles(app, december);
  await question(app).getByRole('button', { name: 'Append 2 rows' }).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '5');
});

test('a file that is dropped on a run is imported, while the run goes on', async ({ app }, testInfo) => {
  const december = testInfo.outputPath('december.csv');
  await writeFile(december, second);
  await startImport(app);
  await paste(app, slowRows(6));
  await review(app, '6 annotations');
  await start(app);
  await expect(app.getByRole('list', { name: 'Rows by state' })).toContainText('Sending4');
  await dropFiles(app, december);
  await question(app).getByRole('button', { name: 'Replace' }).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');
  await app.getByRole('link', { name: 'Runs', exact: true }).click();
  await app.getByRole('list', { name: 'Runs' }).getByRole('link', { name: 'Pasted batch' }).click();
  await expectHeadline(app, '6 annotations created and verified');

  // From the list of runs, too.
  await app.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(app.getByRole('list', { name: 'Runs' })).toBeVisible();
  await dropFiles(app, december);
  await expect(question(app)).toContainText('2 rows of december.csv can be appended');
});
