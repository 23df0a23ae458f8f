import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import {
  columnHeader,
  copyAll,
  openImportSettings,
  paste,
  pasteAnywhere,
  review,
  showAs,
  startImport,
  toolbar,
  useColumn,
} from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
const rowOf = (page: Page, number: number) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: rowName(number) }) });
const rowName = (number: number) => new RegExp(`^${number.toLocaleString('en')}(, |$)`);
/** The row’s number has the number of its errors. */
const expectErrors = (page: Page, number: number, words: string) =>
  expect(rowOf(page, number).getByRole('rowheader')).toHaveAccessibleName(
    words === '' ? number.toLocaleString('en') : `${number.toLocaleString('en')}, ${words}`,
  );
/** A cell by its row and its column in the text, both from 1. */
const cell = (page: Page, number: number, column: number) =>
  rowOf(page, number).locator(`[aria-colindex="${column + 1}"]`);
const words = (page: Page) => page.getByRole('region', { name: 'The active cell' });
const activeCell = (page: Page) => grid(page).locator('[aria-selected=true]');

const table = 'task,sentiment,remark\n11,Positive,fine\n12,Grumble,"a, b"\n13x,Negative,\n14,Neutral,last\n';

test('errors of a table are fixed in the grid by keyboard, undone, redone and submitted', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, table);
  await showAs(app, 'Grid');
  await expect(columnHeader(app, 'sentiment')).toContainText('sentiment (Choices)');
  await expectErrors(app, 1, '');
  await expectErrors(app, 2, '1 error');
  await expectAccessible(app);

  await grid(app).focus();
  await app.keyboard.press('F8');
  await expect(activeCell(app)).toHaveText(/Grumble/);
  await expect(activeCell(app)).toHaveAttribute('aria-invalid', 'true');
  await expect(words(app)).toContainText('“Grumble” isn’t a choice in');
  await expect(activeCell(app)).toHaveAccessibleDescription(/“Grumble” isn’t a choice in/);

  // One is picked from the project’s labels.
  await app.keyboard.press('Enter');
  await expect(app.getByRole('listbox').last().getByRole('option')).toHaveText([
    'Positive',
    'Neutral',
    'Negative',
  ]);
  const offered = app.getByRole('combobox', { name: 'Row 2, sentiment' });
  await app.keyboard.press('ArrowDown');
  await expect(offered).toHaveAttribute('aria-activedescendant', /-0$/);
  await expectAccessible(app);
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(cell(app, 2, 2)).toHaveText('Neutral');
  await expectErrors(app, 2, '');
  await expect(activeCell(app)).toHaveText(/Negative/);

  await app.keyboard.press('F8');
  await expect(activeCell(app)).toHaveText(/13x/);
  await app.keyboard.type('13');
  await app.keyboard.press('Tab');
  await expect(activeCell(app)).toHaveText('Negative');
  await expect(app.getByText('No problems found')).toBeVisible();

  await app.keyboard.press('ControlOrMeta+z');
  await expect(cell(app, 3, 1)).toHaveText(/13x/);
  await app.keyboard.press('ControlOrMeta+z');
  await expect(cell(app, 2, 2)).toHaveText(/Grumble/);
  // The last one takes back what was pasted.
  await app.keyboard.press('ControlOrMeta+z');
  await expect(app.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await app.getByRole('button', { name: 'Redo' }).click();
  await showAs(app, 'Grid');
  await expect(cell(app, 2, 2)).toHaveText(/Grumble/);
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+Shift+z');
  await expect(cell(app, 2, 2)).toHaveText('Neutral');
  await app.getByRole('button', { name: 'Redo' }).click();
  await expect(cell(app, 3, 1)).toHaveText('13');
  await expect(grid(app)).toBeVisible();

  await showAs(app, 'Text');
  expect(await copyAll(app)).toBe(table.replace('Grumble', 'Neutral').replace('13x', '13'));
  await review(app, '4 annotations');
  await create(app);
  await expectHeadline(app, '4 annotations created and verified');
  expect((await server.annotationsOn(12)).at(-1)).toMatchObject({
    result: [{ value: { choices: ['Neutral'] } }],
  });
});

test('the cause that blocks a table’s review is shown and explained', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, table);
  await showAs(app, 'Grid');
  await toolbar(app).getByRole('button', { name: '2 errors to fix' }).focus();
  await app.keyboard.press('Enter');
  await expect(grid(app)).toBeFocused();
  await expect(activeCell(app)).toHaveText('12');
  await expectErrors(app, 2, '1 error');

  await useColumn(app, 'task', 'Ignore column');
  await expect(app.getByRole('group', { name: 'No column is mapped to task IDs.' })).toBeVisible();
  await expect(cell(app, 2, 2)).toHaveText('Grumble');
});

test('the keys are those of a spreadsheet', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, table);
  await showAs(app, 'Grid');
  await grid(app).focus();
  const press = async (...keys: string[]) => {
    for (const key of keys) await app.keyboard.press(key);
  };
  await press('ControlOrMeta+End');
  await expect(activeCell(app)).toHaveText('last');
  await press('Home', 'ArrowUp', 'ArrowRight', 'ArrowUp', 'End');
  await expect(activeCell(app)).toHaveText('a, b');
  await press('ControlOrMeta+c');
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toBe('a, b');

  await press('F2');
  await app.keyboard.type(' and c');
  await press('Escape');
  await expect(activeCell(app)).toHaveText('a, b');
  await press('F2');
  await app.keyboard.type('"');
  await press('Alt+Enter');
  await app.keyboard.type('c');
  await press('Enter');
  await expect(cell(app, 2, 3)).toHaveText('a, b"\nc');
  await press('ControlOrMeta+v');
  await expect(cell(app, 3, 3)).toHaveText('a, b');
  await press('ArrowDown', 'Delete');
  await expect(cell(app, 4, 3)).toHaveText('');
  // One Tab stop: the next one is outside.
  await press('Tab');
  await expect(words(app)).toBeFocused();
  await showAs(app, 'Text');
  // The last change may not be written into the text yet.
  await expect
    .poll(() => copyAll(app))
    .toBe(
      'task,sentiment,remark\n11,Positive,fine\n12,Grumble,"a, b""\nc"\n13x,Negative,"a, b"\n14,Neutral,\n',
    );
});

test('only rows with problems are listed, and stay while they are fixed', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const rows = Array.from(
    { length: 3000 },
    (_, row) => `${row + 1},${row % 1000 === 500 ? 'pos' : 'Positive'}`,
  );
  await paste(app, ['task,sentiment', ...rows].join('\n'));
  await showAs(app, 'Grid');
  await app.getByRole('switch', { name: 'Problem rows only' }).check();
  await expect(grid(app).getByRole('rowheader')).toHaveText(['501', '1,501', '2,501']);
  await cell(app, 1501, 2).dblclick();
  await app.keyboard.press('ControlOrMeta+a');
  await app.keyboard.type('neu');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(cell(app, 1501, 2)).toHaveText('Neutral');
  await expectErrors(app, 1501, '');
  await expect(grid(app).getByRole('rowheader')).toHaveText(['501', '1,501', '2,501']);

  await expect(cell(app, 2501, 2)).toHaveAttribute('aria-selected', 'true');
  await words(app).getByRole('button', { name: 'Use “Positive” in all 2' }).click();
  await expect(app.getByText('No problems found')).toBeVisible();
  await app.getByRole('switch', { name: 'Problem rows only' }).uncheck();
  await expectErrors(app, 2502, '');
});

test('columns are as wide as their first cells need, and stay so while these are edited', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await pasteAnywhere(
    app,
    `task,sentiment,n,remark\n1,Positive,1,${'a long remark '.repeat(9)}\n2,Neutral,2,b\n`,
  );
  const widthOf = async (name: string) => (await columnHeader(app, name).boundingBox())!.width;
  await expect(columnHeader(app, 'sentiment')).toBeVisible();
  expect(await widthOf('n')).toBeLessThan(90);
  expect(await widthOf('remark')).toBeGreaterThan(280);
  const header = columnHeader(app, 'sentiment').getByText(/sentiment \(Choices\)/);
  expect(await header.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  const before = await widthOf('sentiment');
  await grid(app).focus();
  await app.keyboard.press('ArrowRight');
  await app.keyboard.type('A sentiment that is far too long for its column');
  await app.keyboard.press('Enter');
  await expect(
    app.getByRole('combobox', { name: '“A sentiment that is far too long for its column” is read as' }),
  ).toBeVisible();
  expect(await widthOf('sentiment')).toBe(before);
});

test('members of records keep their JSON type', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const lines = ['{"task": 21, "sentiment": "Positive"}', '{"task": "22", "sentiment": "Grumble"}'];
  await paste(app, lines.join('\n'));
  await showAs(app, 'Grid');
  await cell(app, 1, 1).click();
  await app.keyboard.type('23');
  await app.keyboard.press('Tab');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.type('Neg');
  await app.getByRole('option', { name: 'Negative' }).click();
  await expect(app.getByText('No problems found')).toBeVisible();
  await showAs(app, 'Text');
  expect(await copyAll(app)).toBe(
    '{"task": 23, "sentiment": "Positive"}\n{"task": "22", "sentiment": "Negative"}',
  );
  await review(app, '2 annotations');
});

test('changing a cell doesn’t change how the rest is read', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, '31,Positive\n32,Negative\n');
  await showAs(app, 'Grid');
  await useColumn(app, 'Column 1', 'task');
  const expectNoHeader = async () => {
    const settings = await openImportSettings(app);
    await expect(settings.getByRole('checkbox', { name: 'First row is a header' })).not.toBeChecked();
    await app.keyboard.press('Escape');
  };
  await expectNoHeader();
  await cell(app, 1, 1).click();
  await app.keyboard.type('number');
  await app.keyboard.press('Enter');
  await expectErrors(app, 1, '1 error');
  await expectNoHeader();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '3');
  await expect(cell(app, 1, 1)).toContainText('number');
});

test('a table of 200,000 rows scrolls to its end, and its last row can be changed', async ({ app }) => {
  test.setTimeout(120_000);
  await startImport(app, { project: 'Product reviews' });
  const rows = Array.from({ length: 200_000 }, (_, row) => `${row + 1},Positive,note ${row + 1}`);
  await paste(app, ['task,sentiment,remark', ...rows].join('\n'));
  await showAs(app, 'Grid');
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '200001');
  await grid(app).focus();
  await app.keyboard.press('ControlOrMeta+End');
  await expect(activeCell(app)).toHaveText('note 200000');
  await app.keyboard.type('the end');
  await app.keyboard.press('Enter');
  await expect(cell(app, 200_000, 3)).toHaveText('the end');
  await app.keyboard.press('ControlOrMeta+Home');
  await expect(activeCell(app)).toHaveText('1');
  await expect(cell(app, 1, 3)).toHaveText('note 1');
});

test('on a phone the toolbar has two lines, and its buttons keep their names and keys', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, table);
  await showAs(app, 'Grid');
  await app.setViewportSize({ width: 390, height: 780 });
  const bar = toolbar(app);
  const errors = bar.getByRole('button', { name: '2 errors', exact: true });
  await expect(errors).toHaveText(/^2/);
  await expect(bar.getByRole('button', { name: 'Review 2 valid rows' })).toBeInViewport({ ratio: 1 });
  const { height } = (await bar.boundingBox())!;
  expect(height, 'two lines of 32 pixels and their spaces').toBeLessThan(96);

  // In the order of the screen; arrow keys move within the view switch.
  await bar.getByRole('combobox', { name: 'Project' }).focus();
  const names = ['Undo', /, import settings$/, 'More', 'Grid', '2 errors', 'Review 2 valid rows'];
  for (const name of names) {
    await app.keyboard.press('Tab');
    await expect(bar.getByRole('button', { name, exact: true })).toBeFocused();
  }
  await errors.press('Enter');
  await expect(app.getByRole('dialog', { name: 'Beside the grid' })).toContainText('Grumble');
  await app.keyboard.press('Escape');
  await expect(errors).toBeFocused();
});

test('fits a narrow window and the dark theme, and explains a batch without rows', async ({ app }) => {
  await app.emulateMedia({ colorScheme: 'dark' });
  await startImport(app, { project: 'Product reviews' });
  await paste(app, table);
  await showAs(app, 'Grid');
  await expectErrors(app, 2, '1 error');
  await expectAccessible(app);
  await app.setViewportSize({ width: 360, height: 640 });
  await grid(app).focus();
  await app.keyboard.press('F8');
  await expect(activeCell(app)).toBeInViewport();
  await expectAccessible(app);
  expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

  await showAs(app, 'Text');
  await paste(app, 'task,sentiment\n');
  await showAs(app, 'Grid');
  await expect(app.getByText('No rows yet', { exact: true })).toBeVisible();
  await expectAccessible(app);
});
