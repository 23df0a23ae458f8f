import type { Page } from 'playwright/test';
import { editor, paste, pasteAnywhere, showAs, startImport, toolbar } from './support/import.ts';
import { expect, test } from './support/test.ts';

const rows = (page: Page) => page.getByRole('grid', { name: 'Rows' }).getByRole('row');
const undo = (page: Page) => toolbar(page).getByRole('button', { name: 'Undo' });

test('what is typed as text is undone there, and in the grid, step by step', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, 'task,sentiment\n11,Positive\n');
  await expect(app.getByText('No problems found')).toBeVisible();
  await app.keyboard.type('12,Neg');
  await expect(app.getByText('1 error', { exact: true })).toBeVisible();
  await app.keyboard.press('ControlOrMeta+Z');
  await expect(editor(app)).not.toContainText('Neg');
  await app.keyboard.press('ControlOrMeta+Shift+Z');
  await expect(editor(app)).toContainText('12,Neg');
  // The cursor is where the step ended.
  await app.keyboard.type('ative');
  await expect(editor(app)).toContainText('12,Negative');
  await expect(app.getByText('No problems found')).toBeVisible();

  await showAs(app, 'Grid');
  await expect(rows(app)).toHaveCount(3);
  await undo(app).click();
  await undo(app).click();
  await expect(rows(app)).toHaveCount(2);

  // The text has no second history: a change of the grid is undone there as well.
  await app.getByRole('grid', { name: 'Rows' }).focus();
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.type('13');
  await app.keyboard.press('Tab');
  await expect(rows(app).nth(1)).toContainText('13');
  await showAs(app, 'Text');
  await editor(app).focus();
  await expect(editor(app)).toContainText('13,Positive');
  await app.keyboard.press('ControlOrMeta+Z');
  await expect(editor(app)).toContainText('11,Positive');
  await app.keyboard.press('ControlOrMeta+Z');
  await expect(undo(app)).toBeDisabled();
  await expect(editor(app)).toHaveText('');
});

test('undo and redo keys work wherever the focus is, and belong to a field while it has it', async ({
  app,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await pasteAnywhere(app, 'Task ID,Mood\n11,pos\n12,pos\n13,Neutral\n13,Neutral\n14,Grumble\n');
  const grid = app.getByRole('grid', { name: 'Rows' });
  await expect(rows(app)).toHaveCount(6);

  await app.getByRole('button', { name: 'Read as “Positive”' }).click();
  await expect(app.getByRole('gridcell', { name: 'pos → Positive' })).toHaveCount(2);
  await expect(grid).not.toBeFocused();
  await app.keyboard.press('ControlOrMeta+Z');
  await expect(app.getByRole('gridcell', { name: 'pos → Positive' })).toHaveCount(0);
  await app.keyboard.press('ControlOrMeta+Y');
  await expect(app.getByRole('gridcell', { name: 'pos → Positive' })).toHaveCount(2);

  await app.getByRole('button', { name: 'Delete 1 duplicate' }).click();
  await expect(rows(app)).toHaveCount(5);
  await app.keyboard.press('ControlOrMeta+Z');
  await expect(rows(app)).toHaveCount(6);
  await app.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await app.keyboard.press('ControlOrMeta+Shift+Z');
  await expect(rows(app)).toHaveCount(5);

  await app.keyboard.press('ControlOrMeta+F');
  const find = app.getByRole('textbox', { name: 'Find in cells' });
  await find.pressSequentially('Grum');
  await app.keyboard.press('ControlOrMeta+Z');
  await expect(find).toHaveValue('');
  await expect(rows(app)).toHaveCount(5);
});
