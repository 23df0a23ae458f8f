import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import {
  columnHeader,
  copyAll,
  editor,
  pasteAnywhere,
  showAs,
  startImport,
  undoSaid,
} from './support/import.ts';
import { expect, test } from './support/test.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
const question = (page: Page) => page.getByRole('dialog', { name: /^Replace .* or append to it\?$/ });
const said = (page: Page) => page.getByRole('alert');

const first = 'task,sentiment,remark\n11,Positive,fine\n12,Negative,bad\n';
const second = 'Sentiment\ttask\nNeutral\t13\nPositive\t14\n';

/** Pastes where the focus is, or where no field has it. */
async function pasteHere(page: Page, text: string, { inGrid = false } = {}) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  if (inGrid) await grid(page).focus();
  else await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('ControlOrMeta+V');
}

async function withBatch(page: Page) {
  await startImport(page, { project: 'Product reviews' });
  await pasteAnywhere(page, first);
  await expect(columnHeader(page, 'sentiment')).toContainText('sentiment (Choices)');
}

test('a table that is pasted over a batch is appended by its header, and undone', async ({ app }) => {
  await withBatch(app);
  await pasteHere(app, second);
  await expect(question(app)).toContainText(
    '2 rows can be appended by the names of the columns. “remark” will be empty in them.',
  );
  await expectAccessible(app);
  await expect(question(app).getByRole('button', { name: 'Append 2 rows' })).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(said(app)).toContainText('Rows appended.');
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '5');
  await undoSaid(app).click();
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
  await expect(question(app)).toContainText('can’t be appended: “mood” isn’t a column of this batch.');
  await expect(question(app).getByRole('button', { name: /^Append/ })).toBeHidden();
  await question(app).getByRole('button', { name: 'Replace' }).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '2');
  await undoSaid(app).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');
});

test('in the grid only a table with its own header asks; in a field and in the text it is a paste as any other', async ({
  app,
}) => {
  await withBatch(app);
  await pasteHere(app, second, { inGrid: true });
  await question(app).getByRole('button', { name: 'Paste over the cells' }).click();
  await expect(said(app)).toContainText('Pasted 2 rows of 2 columns');
  await undoSaid(app).click();

  await showAs(app, 'Text');
  await editor(app).focus();
  await app.keyboard.press('ControlOrMeta+End');
  await app.keyboard.press('ControlOrMeta+V');
  await expect(editor(app)).toContainText('Neutral');
  await expect(question(app)).toBeHidden();
});
