import { editor, paste, review, startImport, toolbar } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline, filterByState, rowsInView } from './support/results.ts';
import {
  create,
  createButton,
  expectFinished,
  openTechnicalDetails,
  reviewedRows,
} from './support/review.ts';
import { reconnect } from './support/settings.ts';
import { expect, test } from './support/test.ts';

test('the review shows existing annotations, and skips their tasks if that is chosen', async ({
  app,
  server,
}) => {
  const annotate = (task: number, choice: 'Positive' | 'Negative') =>
    server.ask(`/api/tasks/${task}/annotations/`, { method: 'POST', body: { result: sentiment(choice) } });
  await annotate(411, 'Positive');
  await annotate(412, 'Negative');
  await startImport(app);
  await paste(app, { tasks: [411, 412, 413, 99_999], project: 1, result: sentiment('Positive') });
  await review(app, '4 annotations');

  const compared = app.getByRole('region', { name: 'Compared with the server' });
  await expect(compared.getByRole('listitem')).toHaveText([
    /^New1/,
    /^Other labels there1/,
    /^Already there1/,
    /^Task missing1/,
  ]);
  const before = app.getByRole('list', { name: 'Before you create' });
  await expect(before).toContainText('1 row has the same labels on the task already.');
  const labels = app.getByRole('list', { name: 'Labels of sentiment' });
  await expect(labels.getByRole('listitem')).toHaveText([
    /^Positivein this batch 100 %, on these tasks 50 %$/,
    /^Negativein this batch 0 %, on these tasks 50 %$/,
  ]);

  const rows = reviewedRows(app);
  await expect(rows).toHaveText([/411.*Already there, by you/, /412.*by you/, /413.*New/, /Task missing/]);
  await compared.getByRole('button', { name: /^Other labels there/ }).click();
  await expect(rows).toHaveText([/412.*sentiment: Negative/]);
  await app.getByRole('button', { name: 'Show all rows' }).click();

  const creates = (policy: RegExp) => app.getByRole('radio', { name: policy });
  await expect(creates(/^Add all.*3$/)).toBeChecked();
  await creates(/^Only tasks without annotations.*1$/).check();
  await expect(createButton(app)).toHaveText(/Create 1 annotation/);
  await creates(/^Skip what is already there.*2$/).check();
  await expect(createButton(app)).toHaveText(/Create 2 annotations/);
  await expect(before).not.toContainText('same labels');

  // One row is decided individually, against the policy.
  await app.getByRole('button', { name: 'Decide about request 1, task 413' }).click();
  await app.getByRole('menuitemradio', { name: 'Skip this one' }).click();
  await expect(createButton(app)).toHaveText(/Create 1 annotation/);
  await expect(creates(/^Skip what is already there.*1$/)).toBeChecked();
  await expect(rows.nth(2)).toContainText('You chose to skip it in the review.');
  await create(app);
  await expectHeadline(app, /^1 annotation created and verified · 3 rows skipped/);
  await filterByState(app, 'Skipped');
  await expect
    .poll(async () => (await rowsInView(app)).map(({ Task, Reason }) => [Task, Reason]))
    .toEqual([
      ['411', 'The task has the same labels already, by you.'],
      ['413', 'You chose to skip it in the review.'],
      ['99999', 'Task 99999 isn’t in Product reviews.'],
    ]);
  expect(await server.annotationsOn(411)).toHaveLength(1);
  expect(await server.annotationsOn(412)).toHaveLength(2);
  expect(await server.annotationsOn(413)).toHaveLength(0);
});

test('the check can be skipped, and the review doesn’t claim that it was made', async ({ app, context }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await context.route(/\/export\?/, async (route) => {
    await held;
    await route.fallback();
  });
  await startImport(app);
  await paste(app, { tasks: [414, 415], project: 1, result: sentiment('Positive') });
  await review(app, '2 annotations');
  const compared = app.getByRole('region', { name: 'Compared with the server' });
  await expect(compared.getByRole('status')).toHaveText('Reading 2 tasks');
  await expect(createButton(app)).toBeDisabled();
  await compared.getByRole('button', { name: 'Skip this check' }).click();
  release();
  await expect(compared.getByRole('listitem')).toHaveText([
    /^Newnot checked/,
    /^Other labels therenot checked/,
    /^Already therenot checked/,
    /^Task missing0/,
  ]);
  await expect(createButton(app)).toHaveText('Create 2 annotations, not checked');
  await expect(createButton(app)).toBeEnabled();
  await compared.getByRole('button', { name: 'Compare 2 tasks' }).click();
  await expect(createButton(app)).toHaveText('Create 2 annotations');
});

test('ignored columns, repeated tasks and separate calls are named; a row leads to its place', async ({
  app,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, 'task,sentiment,lead_time,remark\n416,Positive,1,a\n417,Positive,2,b\n416,Negative,3,c\n');
  await review(app, '3 annotations');
  const before = app.getByRole('list', { name: 'Before you create' });
  await expect(before).toContainText('1 column is ignored: remark.');
  await expect(before).toContainText('1 task gets several annotations from this batch.');
  await expect(app.getByText('Why rows don’t share calls')).toBeHidden();
  await openTechnicalDetails(app);
  await expect(app.getByRole('list', { name: 'Why rows don’t share calls' })).toHaveText(
    /3 different values of lead_time/,
  );
  await before.getByRole('button', { name: 'Keep first' }).click();
  await expect(createButton(app)).toHaveText('Create 2 annotations');
  await expect(reviewedRows(app).nth(2)).toContainText('An earlier row of this batch is for the same task.');
  await app.getByRole('button', { name: 'Show row 3 in Import' }).click();
  await expect(editor(app).locator('.cm-activeLine')).toHaveText('416,Negative,3,c');
});

test('ground truths that would be replaced are named', async ({ app, server }) => {
  await server.ask('/api/tasks/418/annotations/', {
    method: 'POST',
    body: { result: sentiment('Positive'), ground_truth: true },
  });
  await startImport(app);
  await paste(app, { tasks: [418, 419], project: 1, result: sentiment('Neutral'), ground_truth: true });
  await review(app, '2 annotations');
  const before = app.getByRole('list', { name: 'Before you create' });
  await expect(before).toContainText('1 task has a ground truth that this batch replaces: 418.');
  await expect(before.getByRole('link', { name: '418' })).toHaveAttribute(
    'href',
    /projects\/1\/data\?task=418$/,
  );
  await before.getByRole('listitem').filter({ hasText: '418' }).getByRole('button', { name: 'Show' }).click();
  await expect(reviewedRows(app)).toHaveText([/418/]);
});

test('labels that a project no longer has are noticed at the review, and once more when the run starts', async ({
  app,
  server,
}) => {
  const { label_config } = (await server.ask('/api/projects/1/')) as { label_config: string };
  const setLabels = (config: string) =>
    server.ask('/api/projects/1/', { method: 'PATCH', body: { label_config: config } });
  const without = label_config.replace('<Choice value="Neutral"/>', '');
  await startImport(app);
  await paste(app, [{ tasks: [421, 422], project: 1, result: sentiment('Neutral') }]);
  await expect(toolbar(app).getByRole('button', { name: 'Review 2 annotations' })).toBeEnabled();

  await setLabels(without);
  await review(app, '2 annotations');
  await expect(app.getByRole('alert')).toContainText('“Neutral” isn’t a choice in “sentiment”');

  await setLabels(label_config);
  await app.reload();
  await app.getByRole('button', { name: 'Not connected' }).click();
  await reconnect(app);
  await app.getByRole('link', { name: 'Import', exact: true }).click();
  await review(app, '2 annotations');
  await expect(createButton(app)).toBeEnabled();
  await setLabels(without);
  await createButton(app).click();
  await expect(app.getByRole('alert')).toContainText(
    'nothing was sent. The labels of Product reviews were changed since this batch was checked.',
  );
  await app.getByRole('button', { name: 'Compare again' }).click();
  await expect(app.getByRole('alert')).toContainText('“Neutral” isn’t a choice in “sentiment”');
  expect(await server.annotationsOn(421)).toHaveLength(0);
});

test('the first rows are created as a pilot, and then the others', async ({ app, server }) => {
  const tasks = Array.from({ length: 25 }, (_, index) => 421 + index);
  await startImport(app);
  await paste(app, { tasks, project: 1, result: sentiment('Positive') });
  await review(app, '25 annotations');
  await app.getByRole('button', { name: 'Start with the first 10' }).click();
  await expectFinished(app);
  await expectHeadline(app, /^10 created · 15 not sent/);
  expect(await server.annotationsOn(430)).toHaveLength(1);
  expect(await server.annotationsOn(431)).toHaveLength(0);
  await app.getByRole('button', { name: 'Send the remaining 15 rows' }).click();
  await expectHeadline(app, /^25 annotations created and verified/);
  expect(await server.annotationsOn(430)).toHaveLength(1);
});
