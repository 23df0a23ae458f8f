import { fileURLToPath } from 'node:url';
import { expectAccessible } from './support/axe.ts';
import {
  columnHeader,
  openImportSettings,
  pasteAnywhere,
  review,
  startImport,
  toolbar,
} from './support/import.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const sample = fileURLToPath(new URL('../seeds/samples/one-hot.csv', import.meta.url));

test('a table with a column for each choice is used as such once a person says so', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Shop photos' });
  await app.getByLabel('File to open').first().setInputFiles(sample);
  const question = app.getByRole('group', { name: 'Choices of contents in columns' });
  await expect(question).toContainText(
    '“People”, “Goods”, “Building” and “Text or signs” are named like choices',
  );
  await expect(columnHeader(app, 'Goods')).toContainText('Ignored');
  await expectAccessible(app);

  await question.getByRole('button', { name: 'Use 4 columns as choices' }).click();
  await expect(question).toBeHidden();
  await expect(columnHeader(app, 'Goods')).toContainText('contents: a choice');
  const settings = await openImportSettings(app);
  await expect(
    settings.getByRole('checkbox', { name: 'Use 4 columns as choices of “contents”' }),
  ).toBeChecked();
  await app.keyboard.press('Escape');
  await toolbar(app).getByRole('button', { name: 'Undo' }).click();
  await expect(question).toBeVisible();
  await toolbar(app).getByRole('button', { name: 'Redo' }).click();

  await review(app, '2 annotations');
  await create(app);
  await expectHeadline(app, '2 annotations created and verified');
  const [made] = await server.annotationsOn(6004);
  expect(made!.result.map(({ value }) => value)).toEqual([{ choices: ['Goods', 'signs'] }, { rating: 2 }]);
});

test('a cell that is neither yes nor no is a problem there, and is fixed there', async ({ app }) => {
  await startImport(app, { project: 'Shop photos' });
  await pasteAnywhere(app, 'task,People,Goods\n6003,x,\n6004,,perhaps\n');
  await app.getByRole('button', { name: 'Use 2 columns as choices' }).click();
  await expect(
    app.getByText('“perhaps” doesn’t say whether “Goods” is chosen in “contents”.').first(),
  ).toBeVisible();
  const grid = app.getByRole('grid', { name: 'Rows' });
  await grid.focus();
  await app.keyboard.press('F8');
  const cell = grid.locator('[aria-selected=true]');
  await expect(cell).toContainText('perhaps');
  await app.keyboard.type('x');
  await app.keyboard.press('Enter');
  await expect(toolbar(app).getByRole('button', { name: 'Review 2 annotations' })).toBeEnabled();
});
