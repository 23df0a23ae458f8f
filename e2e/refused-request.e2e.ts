import { paste, review, startImport } from './support/import.ts';
import { sentiment } from './support/regions.ts';
import {
  download,
  expectHeadline,
  expectRow,
  filterByState,
  reasons,
  resultsTable,
  rowsInView,
} from './support/results.ts';
import { create } from './support/review.ts';
import { expect, test } from './support/test.ts';

/** No user has this ID, so the server refuses the second request. */
const unknownUser = 99_999;
const batch = [
  { tasks: [21, 22], result: sentiment('Positive') },
  { tasks: [23], result: sentiment('Negative'), completed_by: unknownUser },
  { tasks: [25], result: sentiment('Neutral') },
];

test.beforeEach(async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, batch);
  await review(app, '4 annotations');
  await create(app);
});

test('a refused request has the server’s message, and the others are finished', async ({ app, server }) => {
  await expectHeadline(app, '3 created · 1 refused');
  await expect(reasons(app)).toHaveCount(1);
  await expect(reasons(app)).toContainText('1 ×');
  await expect(reasons(app)).toContainText('completed_by: Invalid pk "99999" - object does not exist.');
  await expectRow(app, { Task: '23', Annotation: '–', State: 'Refused' });
  await expectRow(app, { Task: '25', State: 'Created and verified' });
  expect(await server.annotationsOn(23)).toEqual([]);
  expect(await server.annotationsOn(25)).toHaveLength(1);

  await filterByState(app, 'Refused');
  await expect(resultsTable(app)).toHaveAttribute('aria-rowcount', '2');
  expect((await rowsInView(app)).map(({ Task }) => Task)).toEqual(['23']);
  await filterByState(app, 'Refused');
  await expect(resultsTable(app)).toHaveAttribute('aria-rowcount', '5');
});

test('IDs can be copied, downloaded and opened in Label Studio', async ({ app, server }) => {
  const ids = await Promise.all([21, 22, 25].map(async (task) => (await server.annotationsOn(task))[0]!.id));
  const link = (task: number, annotation?: number) =>
    `${server.address}sandbox/projects/1/data?task=${task}${annotation === undefined ? '' : `&annotation=${annotation}`}`;

  await app.getByRole('button', { name: 'Copy the IDs' }).click();
  await expect(app.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await app.evaluate(() => navigator.clipboard.readText())).toBe(ids.map((id) => `${id}\n`).join(''));

  for (const [index, task] of [21, 22, 25].entries()) {
    await expect(
      resultsTable(app).getByRole('link', { name: String(ids[index]), exact: true }),
    ).toHaveAttribute('href', link(task, ids[index]));
  }

  const csv = await download(app, 'CSV');
  expect(csv.name).toMatch(/^pasted-results-[\d-]{10}\.csv$/);
  const [header, ...lines] = csv.text.split('\r\n');
  expect(header).toBe('row,request,project,task,annotation,state,reason,link,label,not_found_at');
  expect(lines[0]).toBe(`1,1,1,21,${ids[0]},created,,${link(21, ids[0])},sentiment: Positive,`);
  expect(lines[2]).toMatch(/^3,2,1,23,,refused,".*Invalid pk ""99999"" - object does not exist\..*",http/);
  expect(lines[3]).toBe(`4,3,1,25,${ids[2]},created,,${link(25, ids[2])},sentiment: Neutral,`);
  expect(lines.slice(4)).toEqual(['']);

  const json = await download(app, 'JSON');
  expect(json.name).toMatch(/^pasted-results-[\d-]{10}\.json$/);
  expect(JSON.parse(json.text)).toMatchObject([
    { row: 1, request: 1, project: 1, task: 21, annotations: [ids[0]], state: 'created' },
    { row: 2, request: 1, project: 1, task: 22, annotations: [ids[1]], state: 'created' },
    { row: 3, request: 2, project: 1, task: 23, annotations: [], state: 'refused' },
    { row: 4, request: 3, project: 1, task: 25, annotations: [ids[2]], state: 'created' },
  ]);

  await filterByState(app, 'Refused');
  await expect(resultsTable(app)).toHaveAttribute('aria-rowcount', '2');
  const shown = await download(app, 'JSON');
  expect(JSON.parse(shown.text), 'only what is shown').toMatchObject([{ task: 23 }]);
});
