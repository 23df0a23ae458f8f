import { expectAccessible } from './support/axe.ts';
import {
  copyAll,
  editor,
  paste,
  problems,
  review,
  showAs,
  startImport,
  toolbar,
  undoInNotice,
} from './support/import.ts';
import { expect, test } from './support/test.ts';

const pythonish = `[
  # from the notebook
  {'tasks': [201, 202,], 'was_cancelled': True},
  {'tasks': [203], 'was_cancelled': True, 'import_id': None,},
]`;

const repaired = `[
  
  {"tasks": [201, 202], "was_cancelled": true},
  {"tasks": [203], "was_cancelled": true, "import_id": null}
]`;

test('almost valid JSON is repaired after its changes were shown and accepted', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, pythonish);
  await app.getByRole('button', { name: 'Show repair' }).click();
  const dialog = app.getByRole('dialog', { name: 'The text is almost JSON' });
  await expect(dialog).toContainText(
    'A repair would change 1 comment, 5 texts in single quotes, 3 trailing commas, 3 Python words.',
  );
  const row = (words: RegExp) => dialog.getByRole('row', { name: words });
  await expect(row(/^2 comment/)).toContainText('removed: # from the notebook');
  await expect(row(/^3 text in single quotes/).first()).toContainText('removed: \'tasks\'+added: "tasks"');
  await expect(row(/^3 trailing comma/)).toContainText('[201, 202−removed: ,]');
  await expect(row(/^3 Python word/)).toContainText('removed: True+added: true');
  await expectAccessible(app);

  await dialog.getByRole('button', { name: 'Keep text' }).click();
  await expect(dialog).toBeHidden();
  expect(await copyAll(app)).toBe(pythonish);

  await app.getByRole('button', { name: 'Show repair' }).click();
  await dialog.getByRole('button', { name: 'Apply repair' }).click();
  await expect(app.getByText('2 requests, 3 annotations')).toBeVisible();
  await expect(app.getByRole('button', { name: 'Show repair' })).toBeHidden();
  expect(await copyAll(app)).toBe(repaired);
  await expect(app.getByText(/^Repaired: 1 comment, /)).toBeVisible();

  await undoInNotice(app).click();
  await expect(app.getByRole('button', { name: 'Show repair' })).toBeVisible();
  expect(await copyAll(app)).toBe(pythonish);
});

test('a repair is made by keyboard, and its batch can be reviewed', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, pythonish);
  const button = app.getByRole('button', { name: 'Show repair' });
  await expect(button).toBeVisible();
  await app.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('button', { name: 'Apply repair' })).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Enter');
  await expect(app.getByText('2 requests, 3 annotations')).toBeVisible();
  await expect(app.getByRole('dialog')).toBeHidden();
  // Tab continues from here, not from the top of the page.
  await app.keyboard.press('Shift+Tab');
  await expect(editor(app)).toBeFocused();
  await review(app, '3 annotations');
});

test('the form offers the same repair', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, '{tasks: [201], was_cancelled: true}');
  await showAs(app, 'Form');
  await app.getByRole('button', { name: 'Show repair' }).click();
  await app.getByRole('button', { name: 'Apply repair' }).click();
  await expect(toolbar(app).getByRole('button', { name: 'Review 1 annotation' })).toBeVisible();
});

test('repairs that would be guesses aren’t offered', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, "[{'tasks': [201], 'was_cancelled': True},");
  await expect(problems(app)).toHaveCount(1);
  await expect(app.getByRole('button', { name: 'Show repair' })).toBeHidden();
});

test('almost valid JSON Lines are repaired, too', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, "{'tasks': [201], 'was_cancelled': True}\n{'tasks': [202], 'was_cancelled': True,}\n");
  await expect(problems(app)).toHaveCount(2);
  await app.getByRole('button', { name: 'Show repair' }).click();
  const dialog = app.getByRole('dialog', { name: 'The text is almost JSON' });
  await expect(dialog).toContainText(
    'A repair would change 4 texts in single quotes, 2 Python words, 1 trailing comma.',
  );
  await dialog.getByRole('button', { name: 'Apply repair' }).click();
  await expect(app.getByText('2 requests, 2 annotations')).toBeVisible();
  await expect(app.getByRole('button', { name: 'Show repair' })).toBeHidden();
});
