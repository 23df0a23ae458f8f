import type { Page } from 'playwright/test';
import { copyAll, paste, requests, review, showAs, startImport } from './support/import.ts';
import { addRequest, requestForm, unfold } from './support/form.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

const answers = (page: Page, request = 1) =>
  requestForm(page, request).getByRole('group', { name: 'Labels of this project' });

test('500 tasks of two projects are labelled in a form made from their configs', async ({ app, server }) => {
  test.setTimeout(120_000);
  await startImport(app, { project: 'Product reviews' });
  await app.getByRole('button', { name: 'Open the form' }).click();
  await requestForm(app, 1).getByLabel('Task IDs').fill('1001-1300');
  await expect(requests(app).first()).toContainText('300 tasks');
  await expect(app.getByRole('button', { name: /^Form batch · 1 set of labels · JSON/ })).toBeVisible();
  // A new set shows no problems before a field was filled in or the review was requested.
  await expect(app.getByText('“sentiment” is required.')).toHaveCount(0);
  await app.keyboard.press('ControlOrMeta+Enter');
  await expect(app.getByText('“sentiment” is required.').first()).toBeVisible();
  await answers(app).getByRole('radio', { name: 'Positive' }).check();
  await expect(app.getByText('“sentiment” is required.')).toHaveCount(0);

  await addRequest(app, 2);
  await requestForm(app, 2).getByLabel('Task IDs').fill('1301-1488');
  // By hotkey, as on the labelling screen.
  await answers(app, 2).getByRole('radio', { name: 'Positive' }).focus();
  await app.keyboard.press('3');
  await expect(answers(app, 2).getByRole('radio', { name: 'Negative' })).toBeChecked();

  await addRequest(app, 3);
  const third = requestForm(app, 3);
  await third.getByLabel('Task IDs').fill('7001-7012');
  await unfold(app, 3, 'Tasks of another project');
  await third.getByRole('combobox', { name: 'Project' }).fill('3');
  await app.keyboard.press('Escape');
  const invoice = answers(app, 3);
  await invoice.getByRole('searchbox', { name: 'account' }).fill('meal');
  await app.keyboard.press('Enter');
  await expect(invoice.getByText('Travel › Meals')).toBeVisible();
  await invoice.getByRole('textbox', { name: 'amount' }).fill('12345678901234567');
  await app.keyboard.press('Tab');
  await expect(invoice.getByText(/too large for the number. Use a number from 0 to 100000/)).toBeVisible();
  await invoice.getByRole('textbox', { name: 'amount' }).fill('19.90');
  await invoice.getByLabel('date', { exact: true }).fill('2026-02-03');
  await expect(requests(app)).toHaveCount(3);

  await review(app, '500 annotations');
  await create(app);
  await expectHeadline(app, '500 annotations created and verified');
  const labelsOf = async (task: number) =>
    (await server.annotationsOn(task)).flatMap(({ result }) => result.map(({ value }) => value));
  expect(await labelsOf(1300)).toEqual([{ choices: ['Positive'] }]);
  expect(await labelsOf(1488)).toEqual([{ choices: ['Negative'] }]);
  expect(await labelsOf(7012)).toEqual([
    { taxonomy: [['Travel', 'Meals']] },
    { number: 19.9 },
    { datetime: '2026-02-03' },
  ]);
});

test('the form shows the text’s labels, and changes only those that are answered again', async ({ app }) => {
  const box = {
    from_name: 'contents',
    to_name: 'photo',
    type: 'choices',
    value: { choices: ['People', 'shop'] },
  };
  const asTyped = `{"tasks": [6001], "project": 2, "result": [
    {"id": "a", "from_name": "quality", "to_name": "photo", "type": "rating", "score": 0.10, "value": {"rating": 4}},
    ${JSON.stringify(box)}
  ]}`;
  await startImport(app);
  await paste(app, asTyped);
  await showAs(app, 'Form');
  await expect(answers(app).getByRole('radio', { name: '4 of 5' })).toBeChecked();
  // Labels missing in the project are shown, so that they can be removed.
  await expect(answers(app).getByRole('checkbox', { name: 'shop' })).toBeChecked();
  await showAs(app, 'JSON');
  expect(await copyAll(app)).toBe(asTyped);

  await showAs(app, 'Form');
  await answers(app).getByRole('checkbox', { name: 'shop' }).click();
  await answers(app).getByRole('checkbox', { name: 'Building' }).check();
  await answers(app).getByRole('textbox', { name: 'caption' }).fill('A "shop"');
  await answers(app).getByRole('button', { name: 'Clear quality' }).click();
  await expect(app.getByText(/Review 1 annotation/)).toBeVisible();
  await showAs(app, 'JSON');
  expect(JSON.parse(await copyAll(app))).toEqual({
    tasks: [6001],
    project: 2,
    result: [
      { ...box, value: { choices: ['People', 'building'] } },
      { from_name: 'caption', to_name: 'photo', type: 'textarea', value: { text: ['A "shop"'] } },
    ],
  });
});

test('without a known project the form says so, and shows the labels once it is known', async ({ app }) => {
  await startImport(app);
  await paste(app, { tasks: [1], result: sentiment('Positive') });
  await showAs(app, 'Form');
  await expect(requestForm(app, 1).getByText('No project is chosen, so labels aren’t checked')).toBeVisible();
  await expect(app.getByRole('textbox', { name: 'Region 1 as JSON' })).toBeVisible();
  await requestForm(app, 1).getByRole('combobox', { name: 'Project' }).fill('1');
  await expect(answers(app).getByRole('radio', { name: 'Positive' })).toBeChecked();
  await expect(app.getByRole('textbox', { name: 'Region 1 as JSON' })).toHaveCount(0);

  await requestForm(app, 1).getByRole('combobox', { name: 'Project' }).fill('5');
  await expect(requestForm(app, 1).getByText('“box” is a <RectangleLabels>')).toBeVisible();
  await expect(app.getByRole('textbox', { name: 'Region 1 as JSON' })).toHaveValue(/Positive/);
});
