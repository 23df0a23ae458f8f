import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import {
  chooseProject,
  columnHeader,
  copyAll,
  more,
  openImportSettings,
  paste as pasteText,
  problems,
  review,
  showAs,
  startImport,
  toolbar,
  undoInNotice,
  useColumn,
} from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

/** Pastes as text, and shows the grid with its problems. */
async function paste(page: Page, text: string) {
  await pasteText(page, text);
  await showAs(page, 'Grid');
}

const values = (page: Page) => page.getByRole('group', { name: 'Values' });
const saysOf = (page: Page) => values(page).getByRole('status');
const valueRow = (page: Page, written: string) =>
  page
    .getByRole('list', { name: 'Values that don’t match a label' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('combobox', { name: `“${written}” is read as` }) });
const undo = (page: Page) => toolbar(page).getByRole('button', { name: 'Undo' });
const redo = (page: Page) => toolbar(page).getByRole('button', { name: 'Redo' });

/** 312 rows have “pos”, 40 “neg”, one an unrelated value, and all others a label. */
function spreadsheet(firstTask = 1) {
  const rows = Array.from({ length: 500 }, (_, index) => {
    const mood = index < 312 ? 'pos' : index < 352 ? 'negativ' : index === 352 ? 'Grumble' : 'Neutral';
    return `${firstTask + index},${mood}`;
  });
  return ['Task ID,Mood', ...rows].join('\n');
}

test('values are mapped to accepted labels, also in the next file', async ({ app, server }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, spreadsheet());
  await expect(saysOf(app)).toContainText(
    '3 values don’t match a label: “pos”, 312 rows; “negativ”, 40 rows; “Grumble”, 1 row',
  );
  await expect(app.getByText('353 errors', { exact: true })).toBeVisible();

  // One alone, others together, and an unrelated one by choosing.
  await expect(valueRow(app, 'pos')).toContainText('312 rows');
  await valueRow(app, 'pos').getByRole('button', { name: 'Read as “Positive”' }).click();
  await expect(app.getByText('41 errors', { exact: true })).toBeVisible();
  await expect(saysOf(app)).toContainText('Mapped: “pos” → Positive, 312 rows');
  await values(app).getByRole('button', { name: 'Read “negativ” as “Negative”' }).click();
  await expect(app.getByText('1 error', { exact: true })).toBeVisible();
  await app.getByRole('combobox', { name: '“Grumble” is read as' }).fill('neg');
  await app.keyboard.press('Enter');
  await expect(app.getByText('No problems found')).toBeVisible();
  await expectAccessible(app);
  await expect(app.getByRole('gridcell', { name: 'pos → Positive' }).first()).toBeVisible();
  await showAs(app, 'Text');
  // The text is unchanged.
  expect(await copyAll(app)).toBe(spreadsheet());

  await review(app, '500 annotations');
  await expect(app.getByRole('table', { name: 'Values mapped to labels' }).getByRole('row')).toHaveText([
    /Column/,
    'MoodposPositive312',
    'MoodnegativNegative40',
    'MoodGrumbleNegative1',
  ]);
  await create(app);
  await expectHeadline(app, '500 annotations created and verified');
  for (const [task, mood] of [
    [1, 'Positive'],
    [320, 'Negative'],
    [353, 'Negative'],
    [500, 'Neutral'],
  ] as const)
    expect((await server.annotationsOn(task)).at(-1)).toMatchObject({
      result: [{ value: { choices: [mood] } }],
    });

  // Another day, another file of the same kind.
  await app.goto('about:blank');
  await app.goto(server.address);
  await startImport(app, { project: 'Product reviews' });
  await paste(app, 'Task ID,Mood\n601,pos\n602,Grumble\n603,Positive\n');
  await expect(saysOf(app)).toHaveText('Mapped: “pos” → Positive, 1 row; “Grumble” → Negative, 1 row');
  await expect(app.getByText('No problems found')).toBeVisible();
  await valueRow(app, 'Grumble').getByRole('button', { name: 'Remove' }).click();
  await showAs(app, 'Text');
  await expect(problems(app)).toHaveText([/“Grumble” isn’t a choice in/]);

  // The mapping applies only to this project’s labels.
  await chooseProject(app, 'Faults');
  await expect(problems(app)).toHaveCount(2);
  await chooseProject(app, 'Product reviews');
  await expect(problems(app)).toHaveText([/“Grumble” isn’t a choice in/]);
});

test('displayed names, several choices in a cell and paths are matched one by one', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Shop photos' });
  await paste(app, 'task,contents\n6001,People|Text or signs\n6002,Building|Gods\n6003,signs\n');
  await expect(valueRow(app, 'Building')).toContainText('is how “building” is shown');
  await values(app).getByRole('button', { name: 'Accept all 3 suggestions' }).click();
  await expect(saysOf(app)).toContainText('“Text or signs” → signs, 1 row');
  await review(app, '3 annotations');
  await create(app);
  await expectHeadline(app, '3 annotations created and verified');
  for (const [task, choices] of [
    [6001, ['People', 'signs']],
    [6002, ['building', 'Goods']],
  ] as const)
    expect((await server.annotationsOn(task)).at(-1)).toMatchObject({ result: [{ value: { choices } }] });

  await app.getByRole('link', { name: 'Import' }).click();
  await chooseProject(app, 'Invoices');
  await paste(app, 'task,account\n7001,premises > energy\n7002,Cloud\n7003,Travel > Meals\n');
  await values(app).getByRole('button', { name: 'Accept all 2 suggestions' }).click();
  await expect(saysOf(app)).toContainText('“premises > energy” → Premises > Energy, 1 row');
  await review(app, '3 annotations');
});

test('import settings are undone and redone, in order with changes of cells', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const text = 'Task ID,Mood,Remark\n11,pos,fine\n12,Negative,\n';
  await paste(app, text);
  await app.getByRole('button', { name: 'Read “pos” as “Positive”' }).click();
  await expect(app.getByText('No problems found')).toBeVisible();
  await expect(redo(app)).toBeDisabled();
  await undo(app).click();
  await expect(app.getByText('1 error', { exact: true })).toBeVisible();
  // What was pasted is the first step, and comes back as it was read.
  await undo(app).click();
  await expect(undo(app)).toBeDisabled();
  await redo(app).click();
  await showAs(app, 'Grid');
  await expect(app.getByText('1 error', { exact: true })).toBeVisible();
  await redo(app).click();
  await expect(app.getByText('No problems found')).toBeVisible();

  const grid = app.getByRole('grid', { name: 'Rows' });
  const remark = columnHeader(app, 'Remark');
  const mood = columnHeader(app, 'Mood');
  const rows = grid.getByRole('row');
  const firstRow = rows.nth(1).getByRole('rowheader');
  await useColumn(app, 'Remark', 'field:import_id');
  await expect(firstRow).toHaveAccessibleName('1, 1 error');
  await grid.focus();
  await app.keyboard.press('ControlOrMeta+End');
  await app.keyboard.type('later');
  await app.keyboard.press('Enter');
  await expect(rows.nth(2)).toContainText('later');
  await useColumn(app, 'Mood', 'nothing');
  await expect(mood).toContainText('Ignored');

  await expect(grid).toBeFocused();
  await app.keyboard.press('ControlOrMeta+z');
  await expect(mood).toContainText('sentiment (Choices)');
  await expect(grid).toBeFocused();
  await app.keyboard.press('ControlOrMeta+z');
  await expect(rows.nth(2)).not.toContainText('later');
  await app.keyboard.press('ControlOrMeta+z');
  await expect(remark).toContainText('Ignored');
  await app.keyboard.press('ControlOrMeta+z');
  await expect(firstRow).toHaveAccessibleName('1, 1 error');
  await expect(undo(app)).toBeEnabled();
  for (let step = 0; step < 4; step += 1) await app.keyboard.press('ControlOrMeta+y');
  await expect(mood).toContainText('Ignored');
  await expect(rows.nth(2)).toContainText('later');
  await expect(redo(app)).toBeDisabled();

  // And other replacements of the text.
  await app.keyboard.press('ControlOrMeta+z');
  await expect(mood).toContainText('sentiment (Choices)');
  await more(app, 'Insert an example');
  await expect(app.getByText('Inserted an example; your previous text was replaced.')).toBeVisible();
  await undoInNotice(app).click();
  await expect(rows.nth(2)).toContainText('later');
  await expect(app.getByText('Inserted an example; your previous text was replaced.')).toBeHidden();
  await showAs(app, 'Text');
  expect(await copyAll(app)).toBe(text.replace('Negative,', 'Negative,later'));
});

test('a fix is undone with the keys of the grid, and so is a wrong delimiter', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, 'task,sentiment\n11,pos\n12,pos\n');
  const grid = app.getByRole('grid', { name: 'Rows' });
  await grid.focus();
  await app.keyboard.press('F8');
  await app
    .getByRole('region', { name: 'The active cell' })
    .getByRole('button', { name: 'Use “Positive” in all 2' })
    .click();
  await expect(app.getByText('No problems found')).toBeVisible();
  await expect(grid).toBeFocused();
  await app.keyboard.press('ControlOrMeta+z');
  await expect(grid.getByRole('row').nth(1)).toContainText('pos');
  await app.keyboard.press('ControlOrMeta+Shift+z');
  await expect(grid.getByRole('row').nth(1)).toContainText('Positive');

  const divider = (await openImportSettings(app)).getByRole('combobox', { name: 'Delimiter' });
  await divider.selectOption('Tab');
  await app.keyboard.press('Escape');
  await expect(app.getByRole('list', { name: 'Problems of the whole' })).toBeVisible();
  await undo(app).click();
  await openImportSettings(app);
  await expect(divider).toHaveValue(',');
  await app.keyboard.press('Escape');
  await expect(app.getByText('No problems found')).toBeVisible();
});

test('many values fit a narrow window and the dark theme', async ({ app }) => {
  await app.emulateMedia({ colorScheme: 'dark' });
  await startImport(app, { project: 'Product reviews' });
  const rows = Array.from({ length: 3000 }, (_, row) => `${row + 1},${row % 2 ? 'Positive' : `odd ${row}`}`);
  await paste(app, ['task,sentiment', ...rows].join('\n'));
  await expect(saysOf(app)).toContainText('1,500 values don’t match a label');
  await expect(values(app)).toContainText(
    '1,500 of 1,501 values don’t match a label. The 200 most frequent are listed.',
  );
  await expect(values(app).getByRole('combobox').first()).toBeVisible();
  expect(await values(app).getByRole('combobox').count()).toBeLessThan(40);
  await app.setViewportSize({ width: 360, height: 640 });
  await expectAccessible(app);
  expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
