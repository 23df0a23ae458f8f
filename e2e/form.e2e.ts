import { copyAll, editor, paste, requests, review, showAs, startImport } from './support/import.ts';
import { requestForm, unfold } from './support/form.ts';
import { bulkBodies, watchRequests } from './support/requests.ts';
import { expectHeadline, expectRow } from './support/results.ts';
import { create } from './support/review.ts';
import { sentiment, sign } from './support/regions.ts';
import { expect, test } from './support/test.ts';

test('from a form to annotation IDs', async ({ app, context, server }) => {
  const sent = watchRequests(context);
  await startImport(app, { project: 'Product reviews' });
  await app.getByRole('button', { name: 'Open the form' }).click();

  const first = requestForm(app, 1);
  await expect(first.getByRole('radio', { name: 'Positive' })).toBeFocused();
  await first.getByLabel('Task IDs').fill('101-103, 110');
  await expect(first.getByText('4 tasks')).toBeVisible();
  await unfold(app, 1, 'Other labels, as JSON');
  await first.getByRole('radio', { name: 'A list of regions' }).check();
  await first.getByRole('button', { name: 'Add a region' }).click();
  const region = first.getByRole('textbox', { name: 'Region 1 as JSON' });
  await expect(region).toHaveValue(/"from_name": "sentiment"/);
  await region.fill((await region.inputValue()).replace('Positive', 'Neutral'));
  await expect(first.getByText('sentiment: Neutral')).toBeVisible();
  await unfold(app, 1, 'Annotator and status');
  await first.getByRole('textbox', { name: 'Annotator' }).fill('2');
  await first.getByRole('textbox', { name: 'Time spent' }).fill('12.5');
  await first
    .getByRole('radiogroup', { name: 'Created in bulk' })
    .getByRole('radio', { name: 'null' })
    .check();

  await app.getByRole('button', { name: 'Duplicate', exact: true }).click();
  const second = requestForm(app, 2);
  await second.getByLabel('Task IDs').fill('120');
  await second.getByRole('button', { name: 'Time spent: null' }).click();
  await second
    .getByRole('radiogroup', { name: 'Created in bulk' })
    .getByRole('radio', { name: 'Not set' })
    .check();
  await second
    .getByRole('radiogroup', { name: 'Skipped' })
    .getByRole('radio', { name: 'No', exact: true })
    .check();
  await expect(requests(app)).toHaveCount(2);

  await review(app, '5 annotations');
  await create(app);
  await expectHeadline(app, '5 annotations created and verified');
  await expectRow(app, { Task: '110', State: 'Created and verified' });
  await expectRow(app, { Task: '120', State: 'Created and verified' });

  const [one, two, ...more] = bulkBodies(sent)
    .map((body) => JSON.parse(body) as { tasks: number[] })
    .toSorted((a, b) => a.tasks[0]! - b.tasks[0]!);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    tasks: [101, 102, 103, 110],
    completed_by: 2,
    lead_time: 12.5,
    bulk_created: null,
  });
  expect(Object.keys(one!).toSorted()).toEqual([
    'bulk_created',
    'completed_by',
    'lead_time',
    'result',
    'tasks',
  ]);
  expect(two).toMatchObject({ tasks: [120], lead_time: null, was_cancelled: false });
  expect(Object.keys(two!), 'what was left out is left out').not.toContain('bulk_created');
  for (const task of [101, 102, 103, 110]) {
    expect(await server.annotationsOn(task)).toMatchObject([
      { completed_by: { id: 2 }, lead_time: 12.5, result: [{ value: { choices: ['Neutral'] } }] },
    ]);
  }
  expect(await server.annotationsOn(120)).toMatchObject([{ lead_time: null }]);
});

test('switching between the two views loses nothing', async ({ app }) => {
  const asTyped = `[ {"tasks":[ 101,102 ],   "lead_time": 1.50e1, "note": "kept",
    "result": [{"from_name":"sentiment","to_name":"review","type":"choices","value":{"choices":["Positive"]}}]},


  { "task" : 103, "import_id": 9007199254740993, "was_cancelled": true }]`;
  await startImport(app, { project: 'Product reviews' });
  await paste(app, asTyped);

  await showAs(app, 'Form');
  const first = requestForm(app, 1);
  await expect(first.getByLabel('Task IDs')).toHaveValue('101, 102');
  await expect(first.getByRole('textbox', { name: 'Time spent' })).toHaveValue('15');
  await expect(first.getByText('"kept"')).toBeVisible();
  await requests(app).nth(1).click();
  await expect(requestForm(app, 2).getByRole('textbox', { name: 'Original ID' })).toHaveValue(
    '9007199254740993',
  );
  await showAs(app, 'JSON');
  expect(await copyAll(app)).toBe(asTyped);

  await showAs(app, 'Form');
  await requestForm(app, 2).getByLabel('Task ID').fill('104');
  await showAs(app, 'JSON');
  expect(await copyAll(app)).toBe(asTyped.replace('103', '104'));
});

test('leaving the form asks about values that can’t be written into the text', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, { task: 9001, project: 5, result: sign });
  await showAs(app, 'Form');
  const region = requestForm(app, 1).getByRole('textbox', { name: 'Region 1 as JSON' });
  await region.fill('{"from_name": ');

  const steps = app.getByRole('navigation', { name: 'Steps' });
  await expect(steps.getByRole('link', { name: /^Review/ })).toHaveAccessibleName(/isn’t in the batch yet/);
  await expect(steps.getByRole('link', { name: /^Review/ })).toBeDisabled();
  await app.getByRole('button', { name: 'JSON', exact: true }).click();
  await app.getByRole('button', { name: 'Keep editing' }).click();
  await expect(region).toHaveValue('{"from_name": ');

  await app.getByRole('button', { name: 'JSON', exact: true }).click();
  await app.getByRole('button', { name: 'Leave anyway' }).click();
  await steps.getByRole('link', { name: 'Review', exact: true }).click();
  await expect(app.getByRole('button', { name: /^Create 1 annotation/ })).toBeVisible();
});

test('form changes are undone and redone by buttons and keys', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const batch = '[{"task": 101, "result": []}, {"task": 102, "result": []}]';
  await paste(app, batch);
  await showAs(app, 'Form');
  const undo = app.getByRole('button', { name: 'Undo', exact: true });
  const redo = app.getByRole('button', { name: 'Redo', exact: true });
  await expect(redo).toBeDisabled();

  await requestForm(app, 1).getByRole('radio', { name: 'Positive' }).check();
  await requests(app).nth(1).click();
  await requestForm(app, 2).getByRole('radio', { name: 'Negative' }).click();
  await expect(requestForm(app, 2).getByRole('radio', { name: 'Negative' })).toBeChecked();
  await unfold(app, 2, 'Annotator and status');
  await requestForm(app, 2)
    .getByRole('radiogroup', { name: 'Skipped' })
    .getByRole('radio', { name: 'Yes' })
    .check();
  await expect(requests(app).first()).toContainText('Positive');

  // Even if the last click isn’t written into the text yet.
  await app.keyboard.press('ControlOrMeta+Z');
  const skipped = requestForm(app, 2).getByRole('radiogroup', { name: 'Skipped' });
  await expect(requestForm(app, 2).getByText('You, submitted, not ground truth')).toBeVisible();
  await unfold(app, 2, 'Annotator and status');
  await expect(skipped.getByRole('radio', { name: 'Yes' })).not.toBeChecked();
  await undo.click();
  await expect(requestForm(app, 2).getByRole('radio', { name: 'Negative' })).not.toBeChecked();
  // It navigates to the change.
  await undo.click();
  await expect(requestForm(app, 1).getByRole('radio', { name: 'Positive' })).not.toBeChecked();
  await showAs(app, 'JSON');
  expect(await copyAll(app)).toBe(batch);
  // The text that was pasted is the first step.
  await undo.click();
  await expect(undo).toBeDisabled();
  await expect(editor(app)).toHaveText('');
  await redo.click();
  await expect(editor(app)).toContainText('102');
  expect(await copyAll(app)).toBe(batch);

  await showAs(app, 'Form');
  for (let step = 0; step < 3; step += 1) await redo.click();
  await expect(skipped.getByRole('radio', { name: 'Yes' })).toBeChecked();
  await expect(redo).toBeDisabled();

  await app.getByRole('button', { name: 'Duplicate', exact: true }).click();
  await expect(requests(app)).toHaveCount(3);
  await requests(app).first().focus();
  await app.keyboard.press('ControlOrMeta+Z');
  await expect(requests(app)).toHaveCount(2);
});

test('labels come first, and the preview steps through the tasks beside the form', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, [{ tasks: [16, 46], result: sentiment('Negative') }]);
  await showAs(app, 'Form');
  const form = requestForm(app, 1);
  await expect(form.getByRole('region')).toHaveText([/^Labels/, /^Tasks/]);
  await expect(app.getByRole('heading', { name: 'Set 1 of 1' })).toBeInViewport();

  const preview = app.getByRole('group', { name: 'Preview' });
  await expect(preview.getByText('Task 16', { exact: true })).toBeVisible();
  await expect(preview.getByText('Negative', { exact: true })).toBeVisible();
  await preview.getByRole('button', { name: 'Next task' }).click();
  await expect(preview.getByText('Task 46', { exact: true })).toBeVisible();
  await expect(preview.getByRole('status')).toHaveText('Task 2 of 2');
  await form.getByRole('radio', { name: 'Positive' }).check();
  await expect(preview.getByText('Positive', { exact: true })).toBeVisible();
  await expect(preview.getByText('Task 46', { exact: true })).toBeVisible();

  // The task list selects and removes tasks.
  const tasks = form.getByRole('listbox', { name: /^Tasks of this set/ });
  await tasks.focus();
  await app.keyboard.press('ArrowUp');
  await expect(preview.getByText('Task 16', { exact: true })).toBeVisible();
  await app.keyboard.press('Delete');
  await expect(form.getByLabel('Task IDs')).toHaveValue('46');
  await expect(preview.getByText('Task 46', { exact: true })).toBeVisible();

  // It stays visible while the form scrolls.
  await unfold(app, 1, 'Annotator and status');
  await unfold(app, 1, 'Provenance');
  await form.getByRole('textbox', { name: 'Draft started' }).scrollIntoViewIfNeeded();
  await expect(preview.getByText('Task 46', { exact: true })).toBeInViewport();
});

test('on a narrow window the preview opens over the form, and restores the focus', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, [{ tasks: [16, 46], result: sentiment('Negative') }]);
  await showAs(app, 'Form');
  await app.setViewportSize({ width: 390, height: 780 });
  const open = app.getByRole('button', { name: 'Preview' });
  await open.click();
  const sheet = app.getByRole('dialog', { name: 'Preview' });
  await expect(sheet.getByText('Task 16', { exact: true })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(open).toBeFocused();
});

test('a new set is added by key, and shows a field’s problem only after leaving the field', async ({
  app,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, [{ tasks: [16], result: sentiment('Negative') }]);
  await showAs(app, 'Form');
  await requestForm(app, 1).getByRole('radio', { name: 'Negative' }).press('Alt+N');
  const form = requestForm(app, 2);
  await expect(form.getByRole('radio', { name: 'Positive' })).toBeFocused();
  await expect(app.getByRole('heading', { name: 'Set 2 of 2' })).toBeInViewport();
  const ids = form.getByLabel('Task IDs');
  await ids.fill('46, 7x');
  await expect(requests(app).nth(1)).toContainText('No labels yet');
  await expect(app.getByText(/isn’t a valid task ID/)).toHaveCount(0);
  await ids.press('Tab');
  await expect(form.getByText(/“7x” isn’t a valid task ID/)).toBeVisible();
  await expect(app.getByText('“sentiment” is required.')).toHaveCount(0);
  await expect(requests(app).filter({ hasText: 'error' })).toHaveCount(0);

  await ids.fill('46, 76');
  await requests(app).first().click();
  await expect(requests(app).nth(1), 'once it was left').toContainText('1 error');
});
