import type { Page } from 'playwright/test';
import { paste, review, startImport } from './support/import.ts';
import { sentiment, slowRows } from './support/regions.ts';
import { expectHeadline, expectRow } from './support/results.ts';
import { create, createButton, start } from './support/review.ts';
import { reconnect } from './support/settings.ts';
import { expect, test } from './support/test.ts';

const resume = (page: Page) => page.getByRole('button', { name: 'Resume' });

/** Starts a run of six slow rows and the two of a request, and reloads its tab while four rows are being sent. */
async function reloadWhileSending(page: Page, request: object) {
  await startImport(page);
  await paste(page, [...slowRows(6), request]);
  await review(page, '8 annotations');
  await start(page);
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Rows by state' })).toContainText('Sending4');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
}

test('a run whose tab is reloaded is resumed, and every row is created once', async ({
  app,
  server,
  mishaps,
}) => {
  test.setTimeout(120_000);
  mishaps.allow(/^no answer: POST .*\/api\/annotations\/bulk\//);
  await reloadWhileSending(app, { tasks: [301, 302], project: 1, result: sentiment('Positive') });

  await expect(app.getByRole('alert')).toContainText('Interrupted at');
  await resume(app).click();
  // Without a connection it first asks for one.
  await reconnect(app);
  await resume(app).click();
  // Calls in flight are awaited as long as the server may process them.
  await expect(app.getByRole('heading', { level: 2 })).toHaveText(/^8 annotations created/, {
    timeout: 90_000,
  });
  expect(await server.annotationsOn(301)).toHaveLength(1);
  expect(await server.annotationsOn(302)).toHaveLength(1);
  expect(await server.annotationsOn(10019)).toHaveLength(6);
});

test('a run that is resumed notices that a label is gone, and sends no such row', async ({
  app,
  server,
  mishaps,
}) => {
  test.setTimeout(120_000);
  mishaps.allow(/^no answer: POST .*\/api\/annotations\/bulk\//);
  await reloadWhileSending(app, { tasks: [304, 305], project: 1, result: sentiment('Neutral') });
  const { label_config } = (await server.ask('/api/projects/1/')) as { label_config: string };
  const body = { label_config: label_config.replace('<Choice value="Neutral"/>', '') };
  await server.ask('/api/projects/1/', { method: 'PATCH', body });

  await resume(app).click();
  await reconnect(app);
  await resume(app).click();
  await expect(app.getByRole('alert').first()).toContainText(
    'The labels of Product reviews were changed since this batch was checked. “Neutral” isn’t a choice in “sentiment”.',
  );
  await app.getByRole('button', { name: 'Check again' }).click();
  await expect(app.getByRole('button', { name: /^Send the remaining/ })).toBeVisible({ timeout: 90_000 });
  await app.getByRole('button', { name: 'Export' }).click();
  await expect(app.getByRole('menuitem', { name: /^Rows to fix/ })).toBeVisible();
  for (const task of [304, 305]) expect(await server.annotationsOn(task)).toHaveLength(0);
});

test('the same rows are recognised in another tab, and can be skipped', async ({ app, context, server }) => {
  await startImport(app);
  await paste(app, [{ tasks: [311, 312], project: 1, result: sentiment('Positive') }]);
  await review(app, '2 annotations');
  await create(app);
  await expectHeadline(app, /^2 annotations created/);

  const other = await context.newPage();
  await other.goto(server.address);
  await startImport(other);
  // In another format, and with an additional row.
  await paste(other, [
    { task: 312, project: 1, result: sentiment('Positive') },
    { task: 313, project: 1, result: sentiment('Positive') },
  ]);
  await review(other, '2 annotations');
  await expect(other.getByRole('alert').first()).toContainText('1 row of this batch was already sent');
  await expect(createButton(other)).toBeDisabled();
  await other.getByRole('button', { name: 'Skip 1 row' }).click();
  await expect(createButton(other)).toHaveText(/Create 1 annotation/);
  await create(other);
  expect(await server.annotationsOn(312)).toHaveLength(1);
  expect(await server.annotationsOn(313)).toHaveLength(1);
});

test('a run is undone from the list, even days later', async ({ app, server }) => {
  test.setTimeout(90_000);
  await startImport(app);
  await paste(app, [{ tasks: [321, 322, 323], project: 1, result: sentiment('Positive') }]);
  await review(app, '3 annotations');
  await create(app);
  await app.reload();
  await app.getByRole('button', { name: 'Not connected' }).click();
  await reconnect(app);
  await app.getByRole('link', { name: 'Runs', exact: true }).click();
  await app.getByRole('list', { name: 'Runs' }).getByRole('link', { name: 'Pasted batch' }).click();
  await app.getByRole('button', { name: 'Undo run…' }).click();
  // It waits until no late copy can be created.
  await app.getByRole('button', { name: 'Delete 3 annotations' }).click({ timeout: 30_000 });
  await expectHeadline(app, /3 deleted/);
  await expectRow(app, { Row: '3', State: 'Deleted' });
  expect(await server.annotationsOn(322)).toHaveLength(0);
});

test('a run can be saved to a file, deleted and opened again', async ({ app }) => {
  await startImport(app);
  await paste(app, [{ tasks: [331], project: 1, result: sentiment('Positive') }]);
  await review(app, '1 annotation');
  await create(app);
  await app.getByRole('link', { name: 'Runs', exact: true }).click();
  const runs = app.getByRole('list', { name: 'Runs' }).getByRole('listitem');
  await expect(runs).toHaveCount(1);
  const [saved] = await Promise.all([
    app.waitForEvent('download'),
    runs.getByRole('button', { name: /^Save/ }).click(),
  ]);
  const path = await saved.path();
  await runs.getByRole('button', { name: /^Delete/ }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(app.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
  await app.getByLabel('Run file').setInputFiles(path);
  await expect(runs).toHaveCount(1);
  await runs.getByRole('link').click();
  await expectHeadline(app, '1 annotation created and verified');
});
