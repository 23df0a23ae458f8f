import {
  chooseProject,
  chooseTaskColumn,
  copyAll,
  editor,
  columnHeader,
  openImportSettings,
  paste,
  pasteAnywhere,
  problems,
  requests,
  review,
  showAs,
  startImport,
  toolbar,
  undoInNotice,
  useColumn,
} from './support/import.ts';
import { bulkBodies, watchRequests } from './support/requests.ts';
import { expectHeadline, expectRow } from './support/results.ts';
import { create, openTechnicalDetails } from './support/review.ts';
import { expect, test } from './support/test.ts';

test('a spreadsheet of labels becomes annotations, sent in groups of the same label', async ({
  app,
  context,
  server,
}) => {
  const sent = watchRequests(context);
  await startImport(app, { project: 'Product reviews' });
  const moods = ['Positive', 'Neutral', 'Negative'];
  const rows = Array.from(
    { length: 150 },
    (_, index) => `${2001 + index}\t${moods[index % 3]!}\tnote ${index}`,
  );
  await paste(app, ['Review no.\tMood\tRemark', ...rows].join('\n'));
  await showAs(app, 'Grid');
  await expect(columnHeader(app, 'Mood')).toContainText('sentiment (Choices)');
  await chooseTaskColumn(app, /^Review/);
  await expect(columnHeader(app, 'Review no.')).toContainText('Task ID');
  await expect(columnHeader(app, 'Remark')).toContainText('Ignored');

  await review(app, '150 annotations');
  await expect(app.getByText('150 annotations').first()).toBeVisible();
  await create(app);
  await expectHeadline(app, '150 annotations created and verified');
  expect(bulkBodies(sent)).toHaveLength(3);
  await expectRow(app, { Task: '2002', State: 'Created and verified' });
  for (const [task, mood] of [
    [2001, 'Positive'],
    [2002, 'Neutral'],
    [2150, 'Negative'],
  ] as const) {
    expect(await server.annotationsOn(task)).toMatchObject([{ result: [{ value: { choices: [mood] } }] }]);
  }
});

test('columns are detected again for another project, and mappings are remembered', async ({ app }) => {
  await startImport(app, { project: 'Shop photos' });
  await paste(app, 'task,stars,what\n6001,4,People|Goods\n6002,9,Peple\n');
  await showAs(app, 'Grid');
  await expect(columnHeader(app, 'stars')).toContainText('Ignored');
  await expect(columnHeader(app, 'what')).toContainText('contents (Choices)');
  await useColumn(app, 'stars', 'control:quality');
  await showAs(app, 'Text');
  await expect(problems(app)).toHaveText([
    /3:6.*9 is too large for the rating/,
    /3:8.*“Peple” isn’t a choice/,
  ]);
  await problems(app).nth(1).click();
  await app.getByRole('button', { name: 'Use “People”' }).click();
  await expect(problems(app)).toHaveCount(1);
  expect(await copyAll(app)).toBe('task,stars,what\n6001,4,People|Goods\n6002,9,People\n');
  await paste(app, 'task,stars,what\n6001,4,People|Goods\n6002,1,signs\n');

  await showAs(app, 'Grid');
  await chooseProject(app, 'Invoices');
  await expect(columnHeader(app, 'what')).toContainText('Ignored');
  // A control that this project doesn’t have isn’t used, and nothing can be created without labels.
  await expect(columnHeader(app, 'stars')).toContainText('Ignored');
  await expect(app.getByRole('group', { name: 'No column has labels' })).toBeVisible();
  await expect(toolbar(app).getByRole('button', { name: /^Review/ })).toBeDisabled();
  await chooseProject(app, 'Shop photos');
  await expect(columnHeader(app, 'stars')).toContainText('quality (Rating)');

  const settings = await openImportSettings(app);
  await settings.getByRole('button', { name: 'Convert to requests' }).click();
  await expect(requests(app)).toHaveCount(2);
  await undoInNotice(app).click();
  await showAs(app, 'Text');
  await expect(editor(app)).toContainText('task,stars,what');
});

test('the column of task IDs is asked for once, and only after a project is chosen', async ({ app }) => {
  await startImport(app);
  await pasteAnywhere(app, 'text,quality,mood\nfine,3,Positive\nbad,1,Negative\n');
  await expect(columnHeader(app, 'quality')).toContainText('Ignored');
  await expect(
    app.getByText(/^Choose a project first\. Then rows can be matched to its tasks/),
  ).toBeVisible();
  await expect(app.getByText(/task IDs/)).toHaveText(['No column is mapped to task IDs.']);

  await chooseProject(app, 'Product reviews');
  await expect(app.getByRole('group', { name: 'Which column has the task IDs?' })).toHaveCount(1);
  await expect(app.getByText(/Choose a project first/)).toBeHidden();
  await expect(app.getByText(/task IDs/)).toHaveText([
    'Which column has the task IDs?',
    'No column is mapped to task IDs.',
  ]);
});

test('a table without tasks says so, and works once its column is chosen', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, 'number,mood\n101a,Positive\n102,Negative\n');
  await expect(problems(app)).toHaveText([/No column is mapped to task IDs/]);
  await showAs(app, 'Grid');
  await useColumn(app, 'number', 'task');
  await showAs(app, 'Text');
  await expect(problems(app)).toHaveText([/2:1.*101a/]);
});

test('the review lists the groups of a table with their sizes', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  const rows = Array.from({ length: 2000 }, (_, row) => `${row + 1},Positive,${row < 312 ? 1 : row}`);
  await paste(app, ['task,sentiment,lead_time', ...rows].join('\n'));
  await review(app, '2,000 annotations');
  await openTechnicalDetails(app);
  await expect(app.getByRole('list', { name: 'Why rows don’t share calls' })).toHaveText(
    '1,689 different values of lead_time',
  );
  await expect(
    app.getByText('1,689 groups of rows that differ only in their task, the largest of 312 rows.'),
  ).toBeVisible();
  const groups = app.getByRole('table', { name: 'What is created' });
  await expect(groups).toHaveAttribute('aria-rowcount', '1690');
  await expect(groups.getByRole('row').nth(1)).toHaveText(/^11–312 \(312 tasks\)sentiment: Positive3124$/);
  expect(await groups.getByRole('row').count()).toBeLessThan(60);
  await app.getByRole('region', { name: 'What is created' }).focus();
  await app.keyboard.press('End');
  await expect(groups.getByRole('row').last()).toHaveText(/^2,0002000 \(1 task\)sentiment: Positive11$/);
});

test('rows above the table are shown beside the grid and in the review', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await pasteAnywhere(app, 'Reviews of November,,\ntask,sentiment,note\n11,Positive,a\n12,Negative,b\n');
  await expect(app.getByText('No problems found')).toBeVisible();
  const note = app.getByRole('group', { name: 'This row is above the table, so it isn’t read.' });
  await note.getByRole('button', { name: 'Show' }).click();
  await expect(problems(app)).toHaveText([/This row is above the table/]);
  await review(app, '2 annotations');
  await expect(app.getByRole('list', { name: 'Before you create' })).toContainText(
    '1 row above the table isn’t imported.',
  );
});
