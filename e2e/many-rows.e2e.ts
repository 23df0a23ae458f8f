import { paste, review, startImport } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline, filterByState, resultsTable, rowsInView } from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

test('100,000 rows: the table scrolls to the last one, sorts, filters and searches', async ({ app }) => {
  test.setTimeout(120_000);
  await startImport(app, { project: 'Product reviews' });
  // The project has the first 5,000; the others are rows, too, each with the reason why it is skipped.
  const tasks = Array.from({ length: 100_000 }, (_, index) => index + 1);
  await paste(app, JSON.stringify({ tasks, result: sentiment('Positive') }));
  await review(app, '100,000 annotations');
  await expect(app.getByRole('list', { name: 'Before you create' })).toContainText(
    '95,000 rows will be skipped.',
  );
  await create(app);
  await expectHeadline(app, '5,000 annotations created and verified · 95,000 rows skipped');

  const table = resultsTable(app);
  const first = async () => (await rowsInView(app))[0];
  await expect(table).toHaveAttribute('aria-rowcount', '100001');
  await expect.poll(first).toMatchObject({ Row: '1', Task: '1', State: 'Created and verified' });
  await table.focus();
  await app.keyboard.press('End');
  const last = {
    Row: '100,000',
    Task: '100000',
    State: 'Skipped',
    Reason: 'Task 100000 isn’t in Product reviews.',
  };
  await expect.poll(async () => (await rowsInView(app)).at(-1)).toMatchObject(last);
  expect((await rowsInView(app)).length, 'only the rows in view exist').toBeLessThan(60);

  const byTask = app.getByRole('columnheader', { name: 'Task' });
  await byTask.getByRole('button').click();
  await expect(byTask).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(first).toMatchObject({ Task: '1' });
  await byTask.getByRole('button').click();
  await expect(byTask).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(first).toMatchObject({ Task: '100000' });

  await filterByState(app, 'Created');
  await expect(table).toHaveAttribute('aria-rowcount', '5001');
  await expect.poll(first).toMatchObject({ Task: '5000' });

  await filterByState(app, 'Created');
  await app.getByRole('searchbox', { name: 'Search by task or annotation ID' }).fill('99999');
  await expect(table).toHaveAttribute('aria-rowcount', '2');
  await expect.poll(() => rowsInView(app)).toMatchObject([{ Task: '99999', State: 'Skipped' }]);
});
