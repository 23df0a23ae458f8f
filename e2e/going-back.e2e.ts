import { copyAll, paste, review, showAs, startImport } from './support/import.ts';
import { requestForm } from './support/form.ts';
import { faultySentiment, sentiment } from './support/regions.ts';
import { expectHeadline, expectRow, resultsTable } from './support/results.ts';
import { create, createButton, expectFinished, start } from './support/review.ts';
import { connect } from './support/settings.ts';
import { expect, test } from './support/test.ts';

const heading = (name: string) => ({ level: 1, name }) as const;

test('the browser’s back and forward buttons move between steps without sending anything', async ({
  app,
  server,
}) => {
  await startImport(app, { project: 'Product reviews' });
  const batch = JSON.stringify({ tasks: [161, 162], result: sentiment('Positive') });
  await paste(app, batch);
  await review(app, '2 annotations');
  await app.goBack();
  await expect(app.getByRole('heading', heading('Import'))).toBeAttached();
  expect(await copyAll(app), 'the batch is still there').toBe(batch);

  await app.goForward();
  await create(app);
  await expectHeadline(app, '2 annotations created and verified');
  await app.goBack();
  await expect(app.getByRole('alert').first()).toContainText('2 rows of this batch were already sent');
  await expect(createButton(app)).toBeDisabled();
  expect(await server.annotationsOn(161)).toHaveLength(1);
  await app.goForward();
  await expectRow(app, { Task: '162', State: 'Created and verified' });

  await app.goBack();
  await app.goBack();
  await app.goBack();
  await expect(app.getByRole('heading', heading('Connected'))).toBeVisible();
});

test('each view of the batch is restored', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await paste(app, [{ task: 163, result: sentiment('Positive') }]);
  await showAs(app, 'Form');
  await requestForm(app, 1).getByLabel('Task ID').fill('164');
  await review(app, '1 annotation');
  await app.goBack();
  await expect(requestForm(app, 1).getByLabel('Task ID')).toHaveValue('164');
});

test('a reloaded screen says what to do', async ({ app, server }) => {
  for (const [place, says] of [
    ['#/import', 'Import'],
    ['#/review', 'Nothing to review yet'],
    ['#/runs/of-long-ago', 'Run not found in this browser'],
    ['#/nowhere', 'Connect to Label Studio'],
  ] as const) {
    await app.goto(`${server.address}${place}`);
    await app.reload();
    await expect(app.getByRole('heading', { name: says })).toBeAttached();
  }
  await connect(app);
});

test('a server is requested where one is needed', async ({ app, server }) => {
  await app.getByRole('link', { name: 'explore first' }).click();
  await expect(app.getByText('Create annotations')).toBeVisible();
  await paste(app, { tasks: [165], project: 1, result: sentiment('Positive') });
  await expect(app.getByText('Connect to a server first.').first()).toBeVisible();
  await app.goto(`${server.address}#/review`);
  await app.getByRole('button', { name: 'Connect', exact: true }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Connect', exact: true }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(createButton(app)).toHaveText('Create 1 annotation');
});

test('leaving during a run asks, and staying loses nothing', async ({ app, server }) => {
  await startImport(app);
  await paste(app, { task: 10019, project: 6, result: faultySentiment });
  await review(app, '1 annotation');
  await start(app);
  await expect(app.getByRole('progressbar', { name: 'Progress' })).toBeVisible();

  const question = app.waitForEvent('dialog');
  const leaving = app.close({ runBeforeUnload: true });
  const dialog = await question;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await leaving;

  await expectFinished(app);
  await expectRow(app, { Task: '10019', State: 'Created and verified' });
  expect(await server.annotationsOn(10019)).toHaveLength(1);
  // After it has ended, the browser doesn’t ask.
  await app.reload();
  await expect(resultsTable(app)).toBeVisible();
  await expectRow(app, { Task: '10019', State: 'Created and verified' });
});
