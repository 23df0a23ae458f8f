import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { columnHeader, copyAll, paste, showAs, startImport, undoSaid } from './support/import.ts';
import { expect, test } from './support/test.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
const activeCell = (page: Page) => grid(page).locator('[aria-selected=true]');
const said = (page: Page) => page.getByRole('alert');
const find = (page: Page) => page.getByRole('search', { name: 'Find and replace' });

const table = 'task,sentiment,remark\n11,Positive,fine\n12,Negative,bad taste\n13,Neutral,"taste, ok"\n';

async function openGrid(page: Page, text = table) {
  await startImport(page, { project: 'Product reviews' });
  await paste(page, text);
  await showAs(page, 'Grid');
  await expect(columnHeader(page, 'sentiment')).toContainText('sentiment (Choices)');
  await grid(page).focus();
}

async function pasteCells(page: Page, text: string) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+V');
}

test('a block of cells is pasted over the active cell, undone at once, and what doesn’t fit is said', async ({
  app,
}) => {
  await openGrid(app);
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('ArrowRight');
  await pasteCells(app, 'Positive\t"two\nlines"\tbeside\nNegative\tlast\nNeutral\tbelow\n');
  await expect(said(app)).toContainText(
    'Pasted 2 rows of 2 columns; 4 cells changed. 1 row and 1 column didn’t fit in the grid and weren’t pasted.',
  );
  await expect(activeCell(app)).toHaveText('Positive');
  await undoSaid(app).click();
  await expect(activeCell(app)).toHaveText('Negative');
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+y');
  await expect(activeCell(app)).toHaveText('Positive');
  expect(await copyAll(app)).toBe(
    'task,sentiment,remark\n11,Positive,fine\n12,Positive,"two\nlines"\n13,Negative,last\n',
  );
});

test('a text is found and replaced in the grid by the keyboard, in all cells as one step', async ({
  app,
}) => {
  await openGrid(app);
  await app.keyboard.press('ControlOrMeta+f');
  await expect(app.getByRole('textbox', { name: 'Find in cells' })).toBeFocused();
  await app.keyboard.type('TASTE');
  await expect(find(app).getByRole('status')).toHaveText('2 cells in 2 rows');
  await expectAccessible(app);
  await app.keyboard.press('Enter');
  await expect(find(app).getByRole('status')).toHaveText('1 of 2 cells');
  await expect(activeCell(app)).toHaveText('bad taste');
  await app.keyboard.press('Shift+Enter');
  await expect(activeCell(app)).toHaveText('taste, ok');
  await find(app).getByRole('checkbox', { name: 'Match case' }).check();
  await expect(find(app).getByRole('status')).toHaveText('No match');
  await find(app).getByRole('checkbox', { name: 'Match case' }).uncheck();

  await app.getByRole('textbox', { name: 'Replace with' }).fill('smell');
  await find(app).getByRole('button', { name: 'Replace all 2' }).click();
  await expect(said(app)).toContainText('Replaced in 2 cells.');
  await expect(find(app).getByRole('status')).toHaveText('No match');
  await expect(activeCell(app)).toHaveText('smell, ok');
  // Undo leads to the first of them.
  await undoSaid(app).click();
  await expect(activeCell(app)).toHaveText('bad taste');

  await app.getByRole('textbox', { name: 'Find in cells' }).focus();
  await app.keyboard.press('Escape');
  await expect(find(app)).toBeHidden();
  await expect(grid(app)).toBeFocused();
  expect(await copyAll(app)).toBe(table);
});
