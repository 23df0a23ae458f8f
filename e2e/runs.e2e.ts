import type { Page } from 'playwright/test';
import { expectAccessible } from './support/axe.ts';
import { paste, review, startImport, toolbar } from './support/import.ts';
import { sentiment, slowRows } from './support/regions.ts';
import { expectHeadline, expectRow, exportAs, resultsTable } from './support/results.ts';
import { create, start } from './support/review.ts';
import type { SheafServer } from './support/servers/server.ts';
import { expect, test } from './support/test.ts';

const reviews =
  'task,sentiment,note\n341,Positive,"one, two"\n342,Negative,\n343,Positve,typo\n99999,Neutral,gone\n99998,Neutral,gone\n';

/** Chooses a filter of the runs. */
async function choose(page: Page, filter: string, choice: string) {
  await page.getByRole('button', { name: new RegExp(`^${filter}: `) }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${choice}( |$)`) }).click();
}

/** The text that annotators see in a task of the sandbox’s reviews. */
const textOf = async (server: SheafServer, task: number) =>
  ((await server.ask(`/api/tasks/${task}/`)) as { data: { text: string } }).data.text;

test('the submitted file is returned with its IDs, even days later and without a connection', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  await app
    .getByLabel('File to open')
    .first()
    .setInputFiles({ name: 'november.csv', mimeType: 'text/csv', buffer: Buffer.from(reviews) });
  await toolbar(app)
    .getByRole('button', { name: /^Review 4 valid/ })
    .click();
  await create(app);
  await expectHeadline(app, /^2 annotations created and verified/);
  await expectRow(app, { Task: '341', Text: await textOf(server, 341) });
  await app.getByRole('button', { name: 'Columns of your file' }).click();
  await app.getByRole('menuitemcheckbox', { name: 'note' }).click();
  await expectAccessible(app);
  await app.keyboard.press('Escape');
  await expectRow(app, { Task: '341', note: 'one, two', State: 'Created and verified' });
  await app.reload();
  // Chosen columns are kept; task texts are on the server, which isn’t connected.
  await expectRow(app, { Task: '341', note: 'one, two' });
  await expect(resultsTable(app).getByRole('columnheader', { name: 'Text' })).toBeHidden();
  await app.getByRole('link', { name: 'Runs', exact: true }).click();

  await expect(app.getByRole('list', { name: 'Runs' })).toContainText('2 skipped');
  await choose(app, 'State', 'Needs attention');
  await expect(app.getByText('No run matches these filters.')).toBeVisible();
  await choose(app, 'State', 'Finished');
  await choose(app, 'Project', 'Product reviews');
  await expect(app.getByText('1 run, newest first')).toBeVisible();
  await app.getByRole('button', { name: 'Pinned', exact: true }).click();
  await app.getByRole('button', { name: 'Show all runs' }).click();
  await app.keyboard.press('/');
  await app.keyboard.type('99997');
  await expect(app.getByText('No run matches “99997”.')).toBeVisible();
  await app.getByRole('searchbox', { name: 'Search runs' }).fill('342');
  await expect(app.getByText('1 run, newest first')).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('link', { name: 'november.csv' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'november.csv' })).toBeVisible();

  const [one, two] = await Promise.all([server.annotationsOn(341), server.annotationsOn(342)]);
  const own = await exportAs(app, /^Your file with IDs/);
  expect(own.name).toMatch(/^november-with-ids-[\d-]{10}\.csv$/);
  const [header, first, second, third] = own.text.split('\n');
  expect(header).toBe('task,sentiment,note,annotation_id,annotation_state,annotation_link');
  expect(first).toMatch(
    new RegExp(`^341,Positive,"one, two",${one[0]!.id},Created and verified,http.*task=341`),
  );
  expect(second).toMatch(new RegExp(`^342,Negative,,${two[0]!.id},Created and verified,http.*task=342`));
  expect(third).toBe('343,Positve,typo,,Not sent: it had errors,');
  const rest = await exportAs(app, /^Rows to fix \(3\)/);
  expect(rest.text.split('\n').map((line) => line.split(',')[0])).toEqual([
    'task',
    '343',
    '99999',
    '99998',
    '',
  ]);
  const report = await exportAs(app, /^Report/);
  expect(report.text).toContain('2 annotations created and verified, of 4 rows.');
});

test('a row’s details show what was sent and its history, by mouse and keyboard', async ({ app, server }) => {
  await startImport(app);
  await paste(app, [
    { tasks: [351, 352], project: 1, result: sentiment('Positive') },
    { tasks: [99997, 99998], project: 1, result: sentiment('Negative') },
  ]);
  await review(app, '4 annotations');
  await create(app);
  await expectRow(app, { Task: '351', Label: 'sentiment: Positive' });
  await expect(app.getByRole('list', { name: 'Reasons' }).getByRole('listitem')).toContainText(
    '2 ×Task … isn’t in Product reviews.',
  );

  await resultsTable(app).getByText('352', { exact: true }).click();
  const details = app.getByRole('complementary', { name: 'Row details' });
  await expect(details).toContainText('Task 352 in Product reviews');
  await expect(details).toContainText(await textOf(server, 352));
  await expect(details.getByRole('link', { name: 'Open in Label Studio' })).toHaveAttribute(
    'href',
    /projects\/1\/data\?task=352/,
  );
  await expect(details.getByRole('list', { name: 'History' })).toContainText('Verified on the server');
  await details.getByText('What was sent (JSON)').click();
  await expect(details).toContainText('"Positive"');
  await expectAccessible(app);
  await app.keyboard.press('ArrowUp');
  await expect(details).toContainText('Task 351 in');
  await expect(details).toContainText(await textOf(server, 351));
  await app.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(resultsTable(app)).toBeFocused();

  await app.getByRole('list', { name: 'Reasons' }).getByRole('button', { name: 'Show' }).click();
  await expect(resultsTable(app)).toHaveAttribute('aria-rowcount', '3');
});

test('an interrupted run is offered on return', async ({ app, server, mishaps }) => {
  mishaps.allow(/^no answer: POST .*\/api\/annotations\/bulk\//);
  await startImport(app);
  // They take 40 seconds, so that the run isn’t over before it is left, however slow the machine is.
  await paste(app, slowRows(40));
  await review(app, '40 annotations');
  await start(app);
  await expect(app.getByRole('list', { name: 'Rows by state' })).toContainText('Sending4');
  await expect(app.getByRole('button', { name: 'Pause' })).toBeVisible();
  const rows = app.getByRole('table', { name: 'Latest rows' }).getByRole('row');
  await expect(rows.nth(1)).toContainText(/10019.*Sending/);
  // As read by the review.
  await expect(rows.nth(1)).toContainText(await textOf(server, 10019));
  await expect(happened(app)).toContainText('Started. The plan is saved in this browser');
  await expect(rows.filter({ hasText: 'Checking' }).first()).toBeVisible();
  await expect(app.getByRole('img', { name: /rows per second now, .* on average/ })).toBeVisible();
  await expectAccessible(app);
  app.once('dialog', (dialog) => void dialog.accept());
  await app.reload();
  await app.goto(`${app.url().split('#')[0]}#/`);
  await expect(app.getByText(/The run of Pasted batch from .* was interrupted\./)).toBeVisible();
  await app.getByRole('link', { name: 'Open the run' }).click();
  await expect(app.getByRole('button', { name: 'Resume' })).toBeVisible();
  await app.getByRole('button', { name: 'What happened' }).click();
  await expect(happened(app)).toContainText('First 1 annotation created');
  await app.getByRole('link', { name: 'All runs' }).click();
  await expect(app.getByRole('list', { name: 'Runs' })).toContainText('Interrupted');
});

test('an expired run is deleted, with a note until it is dismissed', async ({ app }) => {
  await startImport(app);
  await paste(app, [{ tasks: [361], project: 1, result: sentiment('Positive') }]);
  await review(app, '1 annotation');
  await create(app);
  const address = app.url();
  await app.evaluate(makeOld);
  await app.goto('about:blank');
  await app.goto(`${address.split('#')[0]}#/`);
  const notice = app.getByText('1 run older than 90 days was deleted from this browser: Pasted batch.');
  await expect(notice).toBeVisible();
  await app.reload();
  await expect(notice).toBeVisible();
  await app.getByRole('alert').filter({ has: notice }).getByRole('button', { name: 'Close' }).click();
  await expect(notice).toBeHidden();
  await app.reload();
  await app.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(app.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
  await expect(notice).toBeHidden();
});

test('old runs are deleted after saving all of them to a file', async ({ app }) => {
  await startImport(app);
  await paste(app, [{ tasks: [362], project: 1, result: sentiment('Positive') }]);
  await review(app, '1 annotation');
  await create(app);
  await app.getByRole('link', { name: 'Runs', exact: true }).click();
  const [saved] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: 'Save all to a file' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/^sheaf-runs-\d{4}-\d\d-\d\d\.zip$/);

  await app.getByRole('button', { name: 'Delete old runs…' }).click();
  const dialog = app.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: 'Older than 7 days (0 runs)' })).toBeDisabled();
  await expect(dialog.getByRole('radio', { name: 'All, pinned ones too (1 run)' })).toBeChecked();
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Delete 1 run' }).click();
  await expect(app.getByRole('heading', { name: 'No runs yet' })).toBeVisible();

  await app.getByLabel('Run file').setInputFiles(await saved.path());
  await expect(app.getByText('1 run added.')).toBeVisible();
  await app.getByLabel('Run file').setInputFiles(await saved.path());
  await expect(app.getByText('0 runs added; 1 was here already.')).toBeVisible();
  await app.getByRole('link', { name: 'Pasted batch' }).click();
  await expectHeadline(app, '1 annotation created and verified');
});

const happened = (page: Page) => page.getByLabel('What happened').getByRole('list');

/** Runs in the page: makes every run a hundred days old. */
async function makeOld() {
  const request = indexedDB.open('sheaf-runs');
  await new Promise((resolve) => request.addEventListener('success', resolve));
  const transaction = request.result.transaction('summaries', 'readwrite');
  const summaries = transaction.objectStore('summaries');
  const keys = summaries.getAllKeys();
  const all = summaries.getAll() as IDBRequest<{ createdAt: number }[]>;
  await new Promise((resolve) => all.addEventListener('success', resolve));
  all.result.forEach((summary, index) => {
    const createdAt = Date.now() - 100 * 24 * 60 * 60 * 1000;
    summaries.put({ ...summary, createdAt }, keys.result[index]);
  });
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  request.result.close();
}
