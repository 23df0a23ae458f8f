import { paste, review, startImport } from './support/import.ts';
import { bulkBodies, watchRequests } from './support/requests.ts';
import { expectHeadline, resultsTable, rowsInView } from './support/results.ts';
import { createButton, create, expectFinished, openTechnicalDetails, start } from './support/review.ts';
import { expect, test } from './support/test.ts';

/** Company news has the tasks 8001 to 8010. */
const allButTwo = {
  selected_items: { all: true, excluded: [8001, 8002] },
  project: 4,
  result: [
    {
      from_name: 'entity',
      to_name: 'sentence',
      type: 'labels',
      value: { start: 0, end: 5, text: 'Words', labels: ['Company'] },
    },
  ],
};
const selected = [8003, 8004, 8005, 8006, 8007, 8008, 8009, 8010];

test.beforeEach(async ({ app }) => {
  await startImport(app);
  await paste(app, allButTwo);
  await review(app, 'annotations');
});

test('all tasks except some: the review lists them, and only they get annotations', async ({
  app,
  context,
  server,
}) => {
  const before = (await server.annotationsOn(8001)).length;
  const sent = watchRequests(context);
  await expect(app.getByRole('radio', { name: 'Resolve the tasks now' })).toBeChecked();
  await openTechnicalDetails(app);
  await expect(app.getByRole('table', { name: 'What is created' })).toContainText('8003–8010');
  await expect(createButton(app)).toHaveText('Create 8 annotations');
  await create(app);

  await expectHeadline(app, '8 annotations created and verified');
  await expect.poll(async () => (await rowsInView(app)).map(({ Task }) => Number(Task))).toEqual(selected);
  expect(bulkBodies(sent).map((body) => JSON.parse(body) as object)).toMatchObject([{ tasks: selected }]);
  expect(await server.annotationsOn(8001)).toHaveLength(before);
});

test('letting the server resolve the selection requires typing the project’s title', async ({
  app,
  context,
  server,
}) => {
  const sent = watchRequests(context);
  await app.getByRole('radio', { name: 'Let the server resolve the selection' }).check();
  await start(app);
  const dialog = app.getByRole('dialog', { name: 'Label the whole project?' });
  const confirmation = dialog.getByLabel('Type the project’s name to confirm: Company news');
  const confirm = dialog.getByRole('button', { name: 'Label the whole project' });
  await expect(confirmation).toBeFocused();
  await confirmation.fill('Company');
  await expect(confirm).toBeDisabled();
  await confirmation.fill('Company news');
  expect(bulkBodies(sent)).toEqual([]);
  await confirm.click();
  await expectFinished(app);

  await expect(resultsTable(app)).toHaveAttribute('aria-rowcount', '9');
  await expectHeadline(app, '8 annotations created and verified');
  expect(bulkBodies(sent).map((body) => JSON.parse(body) as object)).toMatchObject([
    { project: 4, selected_items: { all: true, excluded: [8001, 8002] } },
  ]);
  for (const task of selected) {
    const annotations = await server.annotationsOn(task);
    expect(annotations.at(-1)).toMatchObject({ completed_by: { id: 1 } });
  }
});
