import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import {
  copyAll,
  editor,
  paste,
  problems,
  requests,
  showAs,
  startImport,
  undoInNotice,
} from './support/import.ts';
import { expect, test } from './support/test.ts';

const kindList = (page: Page) => page.getByRole('listbox', { name: 'Groups of problems' });
const kinds = (page: Page) => kindList(page).getByRole('option');
const show = (page: Page, what: string) =>
  page.getByRole('combobox', { name: 'Problems to list' }).selectOption(what);
const group = (page: Page) => page.getByRole('button', { name: 'Group alike' });
const selected = (page: Page) =>
  page.getByRole('listbox', { name: 'Problems' }).getByRole('option', { selected: true });

/** 1,100 rows with one mistake, 312 with another one after them, and two for the same task. */
const table = [
  'task,sentiment',
  ...Array.from({ length: 1100 }, (_, index) => `${index + 1},Positve`),
  ...Array.from({ length: 312 }, (_, index) => `${2001 + index},Negtive`),
  '3001,Neutral',
  '3001,Neutral',
  '3001,Neutral',
].join('\n');

test('a thousand problems are a few groups, and unlisted ones are fixed at once, too', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, table);
  await expect(app.getByText('1,412 errors', { exact: true })).toBeVisible();
  await group(app).click();
  await expect(kinds(app).nth(0)).toContainText(/1,100 times“Positve” isn’t a choice in/);
  await expect(kinds(app).nth(1)).toContainText(/312 times“Negtive” isn’t a choice in/);
  await expect(kinds(app).nth(2)).toContainText(/Warning ?2 timesTask 3001/);
  await expectAccessible(app);

  // By keyboard: one Tab stop, arrows inside, Enter to the place, and the fix for the group.
  await kindList(app).focus();
  await app.keyboard.press('Home');
  await app.keyboard.press('ArrowDown');
  await expect(kinds(app).nth(1)).toHaveAttribute('aria-selected', 'true');
  await app.getByRole('button', { name: 'Use “Negative” in all 312' }).click();
  await expect(app.getByText('1,100 errors', { exact: true })).toBeVisible();
  await expect(kinds(app).filter({ hasText: 'Negtive' })).toHaveCount(0);
  await undoInNotice(app).click();
  await expect(app.getByText('1,412 errors', { exact: true })).toBeVisible();
  await kindList(app).focus();
  await app.keyboard.press('Home');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(editor(app)).toBeFocused();
  await app.keyboard.type('Neutral');
  await expect(app.getByText('1,411 errors', { exact: true })).toBeVisible();
  expect((await copyAll(app)).split('\n')[1101]).toBe('2001,Neutral');
});

test('next and previous visit only listed problems', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, 'task,sentiment\n1,Positve\n2,Neutral\n2,Neutral\n3,Negtive\n');
  await expect(problems(app).filter({ hasText: 'Warning' })).toHaveCount(1);
  await show(app, 'Errors');
  await expect(problems(app)).toHaveCount(2);
  await editor(app).focus();
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('F8');
  await expect(selected(app)).toContainText('Positve');
  await app.keyboard.press('F8');
  await expect(selected(app)).toContainText('Negtive');
  await app.keyboard.press('F8');
  await expect(selected(app)).toContainText('Positve');
  await app.keyboard.press('Shift+F8');
  await expect(selected(app)).toContainText('Negtive');

  await show(app, 'Warnings');
  await expect(problems(app)).toHaveText([/Task 2/]);
  await app.getByRole('button', { name: 'Next problem' }).click();
  await expect(selected(app)).toContainText('Task 2');
  await paste(app, 'task,sentiment\n1,Positve\n');
  await expect(app.getByText('There is no warning.')).toBeVisible();
  await expect(app.getByRole('button', { name: 'Next problem' })).toBeDisabled();
  await expectAccessible(app);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`everything fits a narrow window, ${colorScheme}`, async ({ app }) => {
    await startImport(app, { project: 'Product reviews' });
    await app.emulateMedia({ colorScheme });
    await paste(app, table.replace('1,Positve', '1,Positive'));
    await expect(problems(app).first()).toBeVisible();
    const panel = app.getByRole('region', { name: 'Check' });
    const before = await panel.boundingBox();
    await app.setViewportSize({ width: 360, height: before!.y + before!.height });
    const narrow = await panel.boundingBox();
    await group(app).click();
    await expect(kinds(app).first()).toBeVisible();
    expect((await panel.boundingBox())!.height).toBe(narrow!.height);
    for (const name of [/^Review .* valid rows/, 'Group alike', 'Next problem']) {
      const { x, width } = (await app.getByRole('button', { name }).boundingBox())!;
      expect(x + width, `${name} is in the window`).toBeLessThanOrEqual(360);
    }
    await expectAccessible(app);
  });
}

const resultOf = (choice: string) => [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [choice] } },
];

test('the form and the grid list the same groups, fix them, and lead to the first problem', async ({
  app,
}) => {
  await startImport(app, { project: 'Product reviews' });
  const batch = [
    ...Array.from({ length: 40 }, (_, index) => ({ task: 201 + index, result: resultOf('Positve') })),
    { task: 241, result: resultOf('Grumble') },
  ];
  await paste(app, batch);
  await showAs(app, 'Form');
  await expect(requests(app).first()).toContainText('1 error');
  const open = app.getByRole('button', { name: 'Problems by group' });
  const dialog = app.getByRole('dialog', { name: 'Problems by group' });
  await open.click();
  await expect(kinds(app)).toHaveText([
    /40 times“Positve” isn’t a choice/,
    /1 times“Grumble” isn’t a choice/,
  ]);
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Use “Positive” in all 40' }).click();
  await expect(kinds(app)).toHaveText([/“Grumble” isn’t a choice/]);
  await kindList(app).focus();
  await app.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(requests(app).filter({ hasText: 'Grumble' })).toHaveAttribute('aria-selected', 'true');
  await expect(app.getByRole('group', { name: 'Problems of this set' })).toBeFocused();

  await showAs(app, 'JSON');
  await paste(app, table);
  await showAs(app, 'Grid');
  const grid = app.getByRole('grid', { name: 'Rows' });
  const twice = app.getByRole('group', { name: /^Task 3001/ });
  await expect(twice).toContainText('2 rows');
  await twice.getByRole('button', { name: 'Show' }).click();
  await expect(grid.getByRole('rowheader')).toHaveText(['1,414', '1,415']);
  await app.getByRole('button', { name: 'Show all rows' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '1416');
});
