import { paste, review, startImport } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { create, createButton, expectFinished } from './support/review.ts';
import { expect, test } from './support/test.ts';

test('the review says what is on the tasks already, and skips it where that is chosen', async ({
  app,
  server,
}) => {
  const annotate = (task: number, choice: 'Positive' | 'Negative') =>
    server.ask(`/api/tasks/${task}/annotations/`, { method: 'POST', body: { result: sentiment(choice) } });
  await annotate(411, 'Positive');
  await annotate(412, 'Negative');
  await startImport(app);
  await paste(app, { tasks: [411, 412, 413], project: 1, result: sentiment('Positive') });
  await review(app, '3 annotations');

  const compared = app.getByRole('region', { name: 'Compared with the server' });
  await expect(compared.getByRole('list', { name: 'Rows compared' })).toHaveText(
    /1\s*new.*1\s*already there.*1\s*with other labels there/,
  );
  await expect(compared.getByRole('alert')).toContainText('1 task has the same labels already.');
  await compared.getByRole('radio', { name: /^Only tasks without annotations/ }).check();
  await expect(createButton(app)).toHaveText(/Create 1 annotation/);
  await compared.getByRole('radio', { name: /^Skip what is already there/ }).check();
  await expect(createButton(app)).toHaveText(/Create 2 annotations/);
  await expect(compared.getByRole('alert')).toBeHidden();
  await create(app);
  await expectHeadline(app, /^2 annotations created and verified/);
  expect(await server.annotationsOn(411)).toHaveLength(1);
  expect(await server.annotationsOn(412)).toHaveLength(2);
});

test('the first rows are created to be looked at, and then the others', async ({ app, server }) => {
  const tasks = Array.from({ length: 25 }, (_, index) => 421 + index);
  await startImport(app);
  await paste(app, { tasks, project: 1, result: sentiment('Positive') });
  await review(app, '25 annotations');
  await app.getByRole('button', { name: 'Start with the first 10 rows' }).click();
  await expectFinished(app);
  await expectHeadline(app, /^10 created · 15 not sent/);
  expect(await server.annotationsOn(430)).toHaveLength(1);
  expect(await server.annotationsOn(431)).toHaveLength(0);
  await app.getByRole('button', { name: 'Send the remaining 15 rows' }).click();
  await expectHeadline(app, /^25 annotations created and verified/);
  expect(await server.annotationsOn(430)).toHaveLength(1);
});
