import type { Page } from 'playwright/test';
import { paste, review, startImport } from './support/import.ts';
import { KillableBrowser } from './support/killable-browser.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { create, expectFinished, openTechnicalDetails, start } from './support/review.ts';
import type { FaultServer } from './support/servers/fault-server.ts';
import type { SheafServer } from './support/servers/server.ts';
import { expect } from './support/test.ts';
import { connectThrough, passTime, test as base } from './support/wires.ts';

/* On Community, labels alone are created through predictions. */

const test = base.extend<{ killable: KillableBrowser }>({
  killable: async ({ startServer: _servers }, use) => {
    const browser = new KillableBrowser();
    await use(browser);
    await browser.remove();
  },
});
test.use({ edition: 'community' });

const tasks = Array.from({ length: 120 }, (_, index) => 401 + index);
const rows = tasks.map((task) => ({
  task,
  project: 1,
  result: sentiment(task % 2 ? 'Positive' : 'Negative'),
}));

test('the review says how rows are created, and omits lead_time on request', async ({ app, server }) => {
  await startImport(app);
  await paste(
    app,
    rows.map((row) => ({ ...row, lead_time: 2.5 })),
  );
  await review(app, '120 annotations');
  const known = app.getByRole('list', { name: 'Before you create' });
  await expect(known).toContainText('120 rows have a lead_time, so each is created by its own call');
  await known.getByRole('button', { name: 'Leave lead_time out' }).click();
  await expect(known).toContainText('lead_time is not sent.');
  await openTechnicalDetails(app);
  const plan = app.getByLabel('The plan');
  await expect(plan).toContainText('As predictions');
  await expect(plan).toContainText('Webhooks get one message');
  const oneByOne = app.getByRole('checkbox', { name: /^One by one/ });
  await oneByOne.check();
  await expect(plan).toContainText('each task gets its own call');
  await oneByOne.uncheck();
  await expect(plan).toContainText('As predictions');
  await create(app);
  await expectHeadline(app, '120 annotations created and verified');
  await expectOneEach(server);
  const [one] = await server.annotationsOn(tasks[0]!);
  expect(one).toMatchObject({ lead_time: null });
});

test.describe('killed in the middle', () => {
  test.skip(process.platform === 'win32', 'There is no SIGKILL on Windows.');

  const steps: [string, (request: string) => boolean][] = [
    ['the predictions are imported', (request) => /^POST \S*\/import\/predictions /.test(request)],
    ['they are turned into annotations', (request) => request.includes('predictions_to_annotations')],
    ['the annotations are read back', (request) => /^GET \S*\/export\?/.test(request)],
    ['the predictions are deleted', (request) => /^DELETE \S*\/model-versions\/ /.test(request)],
    ['the summary is refreshed', (request) => /^POST \S*\/summary\/reset\/ /.test(request)],
  ];
  for (const [name, isStep] of steps)
    test(`while ${name}: the run continues, and nothing is duplicated or left over`, async ({
      killable,
      server,
      faults,
      mishaps,
    }) => {
      const open = async () => {
        const context = await killable.start();
        await mishaps.watch(context);
        const page = context.pages()[0]!;
        await page.goto(server.address);
        await connectThrough(page, faults, await server.token());
        return page;
      };
      const page = await open();
      await paste(page, rows);
      await review(page, '120 annotations');
      // The review reads exports, too.
      const { reached } = faults.hold(
        'hold-answer',
        (request) => isStep(request) && (!request.startsWith('GET') || wasTurned(faults.answered)),
      );
      await start(page);
      await reached;
      await killable.kill();

      const again = await open();
      await again.getByRole('link', { name: 'Runs', exact: true }).click();
      const list = again.getByRole('list', { name: 'Runs' });
      await list.getByRole('link', { name: 'Pasted batch', exact: true }).click();
      await again.getByRole('button', { name: 'Resume' }).click();
      await passTime(again, 11);
      await expectFinished(again);
      await expectHeadline(again, '120 annotations created and verified');
      await expectOneEach(server);
      await expectNoPredictions(again, server);
    });
});

test('predictions that couldn’t be deleted are named, and can be deleted later', async ({ app, server }) => {
  await startImport(app);
  await paste(app, rows);
  await review(app, '120 annotations');
  await app
    .context()
    .route(/\/model-versions\/$/, (route) =>
      route.request().method() === 'DELETE'
        ? route.fulfill({ status: 500, json: { status_code: 500, detail: 'database is locked' } })
        : route.continue(),
    );
  await create(app);
  await expectHeadline(app, '120 annotations created and verified');
  const notice = app.getByRole('alert').filter({ hasText: 'temporary predictions' });
  await expect(notice).toContainText(
    'Up to 120 temporary predictions of this run may still be in the project.',
  );
  await app.context().unroute(/\/model-versions\/$/);
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toBeHidden();
  await expectNoPredictions(app, server);
});

/** A run whose server failed while predictions were turned, after a check: all rows are missing. */
async function checkAfterFailure(page: Page, server: SheafServer, faults: FaultServer) {
  await page.goto(server.address);
  await connectThrough(page, faults, await server.token());
  await paste(page, rows);
  await review(page, '120 annotations');
  let isDown = false;
  faults.give(
    (request) => (isDown ||= request.includes('predictions_to_annotations')),
    ...Array.from({ length: 100 }, () => ({ status: 502, body: '<html>Bad Gateway</html>' })),
  );
  await start(page);
  await passTime(page, 11);
  await expectFinished(page);
  await expectHeadline(page, '120 unknown');
  faults.forgive();

  await page.getByRole('button', { name: 'Check again' }).click();
  await expectHeadline(page, '120 not found');
  const notice = page.getByRole('alert').filter({ hasText: 'temporary predictions' });
  await expect(notice).toContainText('so that rows that aren’t verified can be sent again');
  return notice.getByRole('button', { name: 'Delete them' });
}

test('the server fails while they are turned: after a check, the missing rows can be sent, and none twice', async ({
  page,
  server,
  faults,
  mishaps,
}) => {
  mishaps.allow(/^no answer: (GET|POST) \S+\/sandbox\/api\//);
  await expect(await checkAfterFailure(page, server, faults)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send again…' })).toBeHidden();
  await page.getByRole('button', { name: 'Send the remaining 120 rows' }).click();
  await expectHeadline(page, '120 annotations created and verified');
  await expectOneEach(server);
  await expectNoPredictions(page, server);
});

test('predictions that were kept for missing rows are deleted on request', async ({
  page,
  server,
  faults,
  mishaps,
}) => {
  mishaps.allow(/^no answer: (GET|POST) \S+\/sandbox\/api\//);
  await (await checkAfterFailure(page, server, faults)).click();
  const deleted = page.getByRole('status').filter({ hasText: 'The temporary predictions were deleted.' });
  await expect(deleted).toBeFocused();
  await expectNoPredictions(page, server);
  await expect(page.getByRole('button', { name: 'Send again…' })).toBeVisible();
});

const wasTurned = (answered: readonly string[]): boolean =>
  answered.some((request) => request.includes('predictions_to_annotations'));

async function expectOneEach(server: SheafServer) {
  for (const task of [tasks[0]!, tasks[59]!, tasks[119]!])
    expect(await server.annotationsOn(task)).toHaveLength(1);
}

async function expectNoPredictions(page: Page, server: SheafServer) {
  await expect(page.getByRole('alert').filter({ hasText: 'temporary predictions' })).toBeHidden();
  const versions = async () =>
    Object.keys((await server.ask('/api/projects/1/model-versions/')) as object).filter((version) =>
      version.startsWith('sheaf-'),
    );
  // Late predictions are deleted at the second look.
  await expect.poll(versions, { timeout: 20_000 }).toEqual([]);
}
