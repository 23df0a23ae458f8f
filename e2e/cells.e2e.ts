import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import {
  chooseProject,
  columnHeader,
  copyAll,
  paste,
  showAs,
  startImport,
  undoInNotice,
} from './support/import.ts';
import { keptDraft } from './support/draft.ts';
import { reconnect } from './support/settings.ts';
import { expect, test } from './support/test.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
const activeCell = (page: Page) => grid(page).locator('[aria-selected=true]');
const notice = (page: Page) => page.getByRole('alert');
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

test('a block of cells is pasted over the active cell and undone, with a note about what doesn’t fit', async ({
  app,
}) => {
  await openGrid(app);
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('ArrowRight');
  await pasteCells(app, 'Positive\t"two\nlines"\tbeside\nNegative\tlast\nNeutral\tbelow\n');
  await expect(notice(app)).toContainText(
    'Pasted 2 rows of 2 columns; 4 cells changed. 1 row and 1 column didn’t fit in the grid and weren’t pasted.',
  );
  await expect(activeCell(app)).toHaveText('Positive');
  await undoInNotice(app).click();
  await expect(activeCell(app)).toHaveText('Negative');
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+y');
  await expect(activeCell(app)).toHaveText('Positive');
  expect(await copyAll(app)).toBe(
    'task,sentiment,remark\n11,Positive,fine\n12,Positive,"two\nlines"\n13,Negative,last\n',
  );

  await showAs(app, 'Grid');
  await grid(app).focus();
  await pasteCells(app, 'Neutral\tone\nNeutral\ttwo\nNeutral\tthree\n');
  await expect(notice(app)).toContainText('1 row didn’t fit in the grid and wasn’t pasted.');
});

test('text is found and replaced in the grid by keyboard, in all cells as one step', async ({ app }) => {
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
  await expect(notice(app)).toContainText('Replaced in 2 cells.');
  await expect(find(app).getByRole('status')).toHaveText('No match');
  await expect(activeCell(app)).toHaveText('smell, ok');
  // Undo leads to the first of them.
  await undoInNotice(app).click();
  await expect(activeCell(app)).toHaveText('bad taste');

  await app.getByRole('textbox', { name: 'Find in cells' }).focus();
  await app.keyboard.press('Escape');
  await expect(find(app)).toBeHidden();
  await expect(grid(app)).toBeFocused();
  expect(await copyAll(app)).toBe(table);
});

test('a new order is shown from its start, wherever the grid was', async ({ app }) => {
  const rows = Array.from({ length: 400 }, (_, row) => `${row + 1},Positive,note ${(row * 37) % 400}`);
  await openGrid(app, ['task,sentiment,remark', ...rows].join('\n'));
  const sort = async (order: 'ascending' | 'descending') => {
    await columnHeader(app, 'remark').getByRole('button').click();
    await app.getByRole('menuitem', { name: `Sort ${order}` }).click();
  };
  const noteInSight = (words: string) => expect(grid(app).getByText(words, { exact: true })).toBeInViewport();
  // The active row is the first one, and out of sight.
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+Home');
  await grid(app).getByText('note 37', { exact: true }).hover();
  await app.mouse.wheel(0, 5000);
  await expect(grid(app).getByText('note 37', { exact: true })).toHaveCount(0);
  await sort('descending');
  await noteInSight('note 399');
  // The active row is the last one.
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+End');
  await noteInSight('note 0');
  await sort('ascending');
  await noteInSight('note 1');
  await expect(grid(app).locator('[aria-selected=true]').locator('xpath=..')).toContainText('note 0');
  // In the order of the source, the active row stays in sight.
  await app.getByRole('button', { name: 'Order of the source' }).click();
  await noteInSight('note 0');
});

test('rows are sorted and filtered in a column’s menu; row numbers and the source stay', async ({ app }) => {
  await openGrid(app);
  const numbers = grid(app).getByRole('rowheader');
  const listed = app.getByRole('group', { name: 'Listed rows' });
  const openMenu = async () => {
    await grid(app).focus();
    await app.keyboard.press('Alt+ArrowDown');
  };
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('ArrowRight');
  await openMenu();
  await app.getByRole('menuitem', { name: 'Sort ascending' }).click();
  await expect(numbers).toHaveText(['2', '3', '1']);
  await expect(columnHeader(app, 'sentiment')).toHaveAttribute('aria-sort', 'ascending');
  await expect(listed.getByRole('status')).toHaveText(
    'Sorted by sentiment, ascending; row numbers and the source stay as they are',
  );
  await expectAccessible(app);

  // A change applies to the visible row, and a search follows the visible order.
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('ControlOrMeta+ArrowRight');
  await app.keyboard.type('seen first');
  await app.keyboard.press('Enter');
  await expect(activeCell(app)).toHaveText('taste, ok');
  await pasteCells(app, 'second\nthird\n');
  await expect(activeCell(app)).toHaveText('second');
  await expect(numbers).toHaveText(['2', '3', '1']);

  await app.keyboard.press('ControlOrMeta+ArrowLeft');
  await app.keyboard.press('ArrowRight');
  await openMenu();
  await app.getByRole('button', { name: /^Only rows with Negative/ }).click();
  await expect(numbers).toHaveText(['2']);
  await expect(listed.getByRole('status')).toContainText('1 row with “Negative” in sentiment, Sorted by');
  await listed.getByRole('button', { name: 'Show all rows' }).click();
  await listed.getByRole('button', { name: 'Order of the source' }).click();
  await expect(numbers).toHaveText(['1', '2', '3']);
  await expect(listed).toBeHidden();
  expect(await copyAll(app)).toBe(
    'task,sentiment,remark\n11,Positive,third\n12,Negative,seen first\n13,Neutral,second\n',
  );
});

test('rows stay sorted and filtered when some of them are deleted, and when that is undone', async ({
  app,
}) => {
  await openGrid(
    app,
    'task,sentiment,remark\n11,Positive,a\n12,Negative,b\n11,Positive,a\n13,Neutral,c\n14,Negative,d\n',
  );
  const numbers = grid(app).getByRole('rowheader');
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('Alt+ArrowDown');
  await app.getByRole('menuitem', { name: 'Sort descending' }).click();
  await expect(numbers).toHaveText(['5', '4', '2', /^1/, /^3/]);
  await app.getByRole('button', { name: 'Delete 1 duplicate' }).click();
  await expect(numbers).toHaveText(['4', '3', '2', '1']);
  await expect(columnHeader(app, 'task')).toHaveAttribute('aria-sort', 'descending');
  await undoInNotice(app).click();
  await expect(numbers).toHaveText(['5', '4', '2', /^1/, /^3/]);
});

test('what divides several picks in a cell is chosen in the header and remembered', async ({ app }) => {
  await startImport(app, { project: 'Shop photos' });
  const photos = 'task\tcontents\n6001\tPeople, Goods\n6002\tGoods\n6003\tbuilding, signs\n';
  const separator = (page: Page) =>
    page
      .getByRole('dialog', { name: 'Column contents' })
      .getByRole('combobox', { name: 'Several in a cell' });
  const openMenu = () => columnHeader(app, 'contents').getByRole('button').click();
  await paste(app, photos);
  await showAs(app, 'Grid');
  await expect(app.getByText('2 errors', { exact: true })).toBeVisible();
  await openMenu();
  await separator(app).selectOption('Divided by ,');
  await expect(app.getByText('2 errors', { exact: true })).toBeHidden();
  await expect(app.getByRole('button', { name: 'Review 3 annotations' })).toBeVisible();
  await app.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(app.getByText('2 errors', { exact: true })).toBeVisible();
  await app.getByRole('button', { name: 'Redo' }).click();

  await expect.poll(async () => (await keptDraft(app))?.reading.separators).toEqual({ contents: ',' });
  await app.reload();
  await app.getByRole('button', { name: 'Not connected' }).click();
  await reconnect(app);
  await chooseProject(app, 'Shop photos');
  await openMenu();
  await expect(separator(app)).toHaveValue(',');
});

test('a column is resized by its edge, by keys and in its menu, and stays so', async ({ app }) => {
  await openGrid(app);
  const widthOf = async (name: string) => (await columnHeader(app, name).boundingBox())!.width;
  const expectWidth = (name: string, width: number) => expect.poll(() => widthOf(name)).toBe(width);
  await app.keyboard.press('ControlOrMeta+Home');
  await expect(columnHeader(app, 'task')).toBeVisible();
  const first = await widthOf('task');
  await app.keyboard.press('Alt+Shift+ArrowRight');
  await expectWidth('task', first + 24);
  await app.keyboard.press('Alt+Shift+ArrowRight');
  await app.keyboard.press('Alt+Shift+ArrowRight');
  await app.keyboard.press('Alt+Shift+ArrowLeft');
  await expectWidth('task', first + 48);

  const { x, y, width, height } = (await columnHeader(app, 'task').boundingBox())!;
  await app.mouse.move(x + width - 3, y + height / 2);
  await app.mouse.down();
  await app.mouse.move(x + width + 97, y + height / 2, { steps: 3 });
  await app.mouse.up();
  await expectWidth('task', first + 148);
  // The next column moves along.
  expect((await columnHeader(app, 'sentiment').boundingBox())!.x).toBe(x + first + 148);
  await expect(app.getByRole('dialog')).toHaveCount(0);
  await showAs(app, 'Text');
  await showAs(app, 'Grid');
  await expectWidth('task', first + 148);

  await app.mouse.dblclick(x + first + 145, y + height / 2);
  await expect.poll(() => widthOf('task')).toBeLessThan(150);
  await columnHeader(app, 'task').getByRole('button').click();
  await app.getByRole('menuitem', { name: 'Standard width' }).click();
  await expectWidth('task', first);
  await columnHeader(app, 'remark').getByRole('button').click();
  await app.getByRole('menuitem', { name: 'Fit width to content' }).click();
  await expect.poll(() => widthOf('remark')).toBeLessThan(150);
  await expectAccessible(app);

  // On a narrow window a column isn’t made wider than what is seen of it.
  await app.setViewportSize({ width: 390, height: 800 });
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+Home');
  for (let press = 0; press < 20; press += 1) await app.keyboard.press('Alt+Shift+ArrowRight');
  expect(await widthOf('task')).toBeLessThan(390 - 80);
});
