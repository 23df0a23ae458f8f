import {
  copyAll,
  editor,
  paste,
  problems,
  review,
  showAs,
  startImport,
  undoInNotice,
} from './support/import.ts';
import { requestForm } from './support/form.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const mistyped = (task: number, choice: string) => ({
  task,
  result: [{ from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [choice] } }],
});

test('an unknown label is reported, and one fix replaces all of its kind', async ({ app, server }) => {
  await startImport(app, { project: 'Product reviews' });
  const batch = [
    ...Array.from({ length: 30 }, (_, index) => mistyped(201 + index, 'Positve')),
    mistyped(231, 'neutral'),
    mistyped(232, 'Negative'),
  ];
  await paste(app, batch);
  await expect(app.getByText('31 errors', { exact: true })).toBeVisible();
  await problems(app).first().click();
  await app.getByRole('button', { name: 'Use “Positive” in all 30' }).click();

  await expect(app.getByText('1 error', { exact: true })).toBeVisible();
  await expect(app.getByText('Fixed in 30 places.')).toBeVisible();
  await undoInNotice(app).click();
  await expect(app.getByText('31 errors', { exact: true })).toBeVisible();
  expect(JSON.parse(await copyAll(app))).toEqual(batch);

  // The same by keyboard: from the editor to the problem and to its fix.
  await editor(app).focus();
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('F8');
  await app.keyboard.press('Tab');
  await app.keyboard.press('Tab');
  await expect(app.getByRole('button', { name: 'Use “Positive” in all 30' })).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(app.getByText('1 error', { exact: true })).toBeVisible();
  await expect(app.getByRole('listbox', { name: 'Problems' })).toBeFocused();

  // The last one in the form.
  await problems(app).first().click();
  await showAs(app, 'Form');
  await app.getByRole('listbox', { name: 'Sets of labels' }).focus();
  await app.keyboard.press('End');
  await app.keyboard.press('ArrowUp');
  await requestForm(app, 31).getByRole('button', { name: 'Use “Neutral”' }).click();
  await expect(requestForm(app, 31).getByRole('radio', { name: 'Neutral', exact: true })).toBeChecked();

  await review(app, '32 annotations');
  await create(app);
  await expectHeadline(app, '32 annotations created and verified');
  for (const [task, choice] of [
    [201, 'Positive'],
    [230, 'Positive'],
    [231, 'Neutral'],
    [232, 'Negative'],
  ] as const) {
    expect(await server.annotationsOn(task)).toMatchObject([{ result: [{ value: { choices: [choice] } }] }]);
  }
});

test('one of several similar problems is fixed alone', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, [mistyped(201, 'Positve'), mistyped(202, 'Positve')]);
  await problems(app).nth(1).click();
  await app.getByRole('button', { name: 'Use “Positive”', exact: true }).click();
  await expect(app.getByText('1 error', { exact: true })).toBeVisible();
  expect(JSON.parse(await copyAll(app))).toEqual([mistyped(201, 'Positve'), mistyped(202, 'Positive')]);
});
