import { sandboxUsers } from '#sandbox/data/seeds.ts';
import { bulkCall } from './support/servers/fault-server.ts';
import { paste, review } from './support/import.ts';
import { sentiment, slowRows } from './support/regions.ts';
import { expectHeadline, expectRow } from './support/results.ts';
import { createButton, expectFinished, start } from './support/review.ts';
import { connect, connectTo, reconnect } from './support/settings.ts';
import { expect } from './support/test.ts';
import { connectThrough, passTime, test } from './support/wires.ts';

const batch = [
  { tasks: [431, 432], project: 1, result: sentiment('Positive') },
  { tasks: [433], project: 1, result: sentiment('Negative') },
];

test('of three tabs that start the same batch at once, one runs it, and the others lead to it', async ({
  app,
  context,
  server,
  faults,
}) => {
  const tabs = [app, await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.bringToFront();
    await tab.goto(server.address);
    await connectThrough(tab, faults, await server.token());
    await paste(tab, batch);
    await review(tab, '3 annotations');
    await expect(createButton(tab)).toBeEnabled();
  }
  const { reached, release } = faults.hold('hold-request', bulkCall('Positive'));
  await Promise.all(tabs.map((tab) => start(tab)));
  await reached;

  const link = (tab: typeof app) => tab.getByRole('alert').getByRole('link', { name: 'Open that run' });
  const isRefused = (tab: typeof app) => link(tab).isVisible();
  await expect.poll(async () => (await Promise.all(tabs.map(isRefused))).filter(Boolean)).toHaveLength(2);
  const refused = await Promise.all(tabs.map(isRefused));
  const running = tabs[refused.indexOf(false)]!;
  await expect(running.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
  for (const tab of tabs.filter((other) => other !== running)) {
    await link(tab).click();
    await expect(tab.getByText('This run is in progress in another tab.')).toBeVisible();
    expect(tab.url()).toBe(running.url());
  }
  release();
  await expectFinished(running);
  await expectHeadline(running, '3 annotations created and verified');
  expect(faults.requests.filter(bulkCall())).toHaveLength(2);
  for (const task of [431, 432, 433]) expect(await server.annotationsOn(task)).toHaveLength(1);
});

test('a run that is being started isn’t taken for another one', async ({ app, server, faults }) => {
  await connectThrough(app, faults, await server.token());
  await paste(app, batch);
  await review(app, '3 annotations');
  await expect(createButton(app)).toBeEnabled();
  const { reached, release } = faults.hold('hold-request', (request) =>
    /^GET \S*\/api\/projects\/1\/ /.test(request),
  );
  await start(app);
  await reached;
  await expect(app.getByRole('group', { name: 'Start' })).toContainText('Starting …');
  release();
  await expectFinished(app);
});

test('a tab that opens the address of a running run shows its progress, its end, its undo and its deletion', async ({
  app,
  context,
  server,
}) => {
  await connect(app);
  await paste(app, slowRows(6));
  await review(app, '6 annotations');
  await start(app);
  await expect(app.getByRole('progressbar', { name: 'Progress' })).toBeVisible();

  const [fresh, signedIn] = [await context.newPage(), await context.newPage()];
  await fresh.goto(app.url());
  await expect(fresh.getByText('This run is in progress in another tab.')).toBeVisible();
  await signedIn.goto(server.address);
  await connect(signedIn);
  await signedIn.goto(app.url());
  for (const tab of [app, fresh, signedIn]) await expectHeadline(tab, '6 annotations created and verified');

  await app.getByRole('button', { name: 'Undo run…' }).click();
  await app.getByRole('button', { name: 'Delete 6 annotations' }).click({ timeout: 30_000 });
  for (const tab of [app, fresh, signedIn]) {
    await expectHeadline(tab, /6 deleted/);
    await expectRow(tab, { Row: '6', State: 'Deleted' });
  }

  await app.getByRole('link', { name: 'Runs', exact: true }).click();
  await app
    .getByRole('list', { name: 'Runs' })
    .getByRole('button', { name: /^Delete/ })
    .click();
  await app.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(fresh.getByRole('heading', { name: 'Run not found in this browser' })).toBeVisible();
});

test('an undo waits for what another tab does with the run, and then says how many are deleted', async ({
  app,
  context,
}) => {
  await connect(app);
  await paste(app, batch);
  await review(app, '3 annotations');
  await start(app);
  await expectFinished(app);
  const other = await context.newPage();
  await other.goto(app.url());
  await other.getByRole('button', { name: 'Not connected' }).click();
  await reconnect(other);
  // The first dialog waits until no late copy can be created, and then reads.
  for (const tab of [app, other]) await tab.getByRole('button', { name: 'Undo run…' }).click();
  const dialog = other.getByRole('dialog');
  await expect(dialog.getByRole('status')).toHaveText('Another tab is working on this run. Waiting for it …');
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  for (const tab of [app, other])
    await expect(tab.getByRole('button', { name: 'Delete 3 annotations' })).toBeEnabled({ timeout: 40_000 });
});

test('of two tabs that resume a run, one shows the other’s progress without an error', async ({
  app,
  context,
  mishaps,
}) => {
  test.setTimeout(120_000);
  mishaps.allow(/^no answer: POST .*\/api\/annotations\/bulk\//);
  await connect(app);
  await paste(app, slowRows(6));
  await review(app, '6 annotations');
  await start(app);
  await expect(app.getByRole('list', { name: 'Rows by state' })).toContainText('Sending4');
  app.once('dialog', (dialog) => void dialog.accept());
  await app.reload();
  const other = await context.newPage();
  await other.goto(app.url());
  const resume = (tab: typeof app) => tab.getByRole('button', { name: 'Resume' });
  for (const tab of [app, other]) {
    await resume(tab).click();
    await reconnect(tab);
  }
  await Promise.all([app, other].map((tab) => resume(tab).click()));
  const follows = (tab: typeof app) => tab.getByText('This run is in progress in another tab.').isVisible();
  await expect.poll(async () => (await Promise.all([app, other].map(follows))).includes(true)).toBe(true);
  for (const tab of [app, other]) {
    await expect(tab.getByText('because of an error')).toBeHidden();
    await expect(tab.getByRole('heading', { level: 2 })).toHaveText(/^6 annotations created/, {
      timeout: 90_000,
    });
    await expect(tab.getByText('This run is in progress in another tab.')).toBeHidden();
  }
});

test('a run that was started directly is resumed through Sheaf’s own server', async ({
  page,
  server,
  faults,
  startServer,
}) => {
  const { address } = await startServer({ labelStudio: `${faults.address}sandbox` });
  await page.goto(address);
  await connectThrough(page, faults, await server.token());
  await paste(page, batch);
  await review(page, '3 annotations');
  // The token expires between two calls: the first one is stored.
  const { reached } = faults.hold('hold-answer', bulkCall('Positive'));
  faults.give(bulkCall(), { status: 401, body: '{"status_code": 401, "detail": "Token is expired"}' });
  await start(page);
  await reached;
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();

  await expect(page.getByRole('alert')).toContainText('Interrupted at');
  await page.getByRole('button', { name: 'Resume' }).click();
  await connectTo(page, /^Label Studio at/, { token: sandboxUsers[0]!.personalAccessToken });
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('button', { name: 'Disconnect' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await passTime(page, 11);
  await expectFinished(page);
  // A call sent straight from the browser may have a second copy in flight, so a person decides when to send it again.
  await expectHeadline(page, '2 created · 1 not found');
  await page.getByRole('button', { name: 'Send again…' }).click();
  await drawer.getByRole('button', { name: /^Send/ }).click();
  await expectHeadline(page, '3 annotations created and verified');
  for (const task of [431, 432, 433]) expect(await server.annotationsOn(task)).toHaveLength(1);
});
