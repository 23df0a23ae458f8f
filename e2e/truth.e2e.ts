import type { Page } from 'playwright/test';
import { paste, review, startImport } from './support/import.ts';
import { faultySentiment, sentiment } from './support/regions.ts';
import { bulkBodies, watchRequests } from './support/requests.ts';
import {
  download,
  expectHeadline,
  expectRow,
  filterByState,
  reasons,
  rowsInView,
} from './support/results.ts';
import { createButton, expectFinished, start } from './support/review.ts';
import type { ServerOptions, SheafServer } from './support/servers/server.ts';
import { connectTo, expectConnected } from './support/settings.ts';
import { expect, test } from './support/test.ts';

/** The tasks of *Faults*: what they do, the true state, and how often they may be sent. */
const faults: [task: number, does: string, state: string, times: number][] = [
  [10001, 'nothing wrong', 'created', 1],
  [10002, 'refused', 'refused', 1],
  // Sent, and missing: the server may be late, so only a person sends it again.
  [10003, 'a 500 once, nothing stored', 'not-found', 1],
  [10004, 'a 500 each time, nothing stored', 'not-found', 1],
  [10005, 'a 500 once, but stored', 'created', 1],
  [10006, 'a 500 each time, but stored', 'created', 1],
  [10008, 'the answer lost each time, nothing stored', 'not-found', 1],
  [10009, 'the answer lost once, but stored', 'created', 1],
  [10010, 'the answer lost each time, but stored', 'created', 1],
  [10011, 'the answer cut off once', 'created', 1],
  [10012, 'the answer cut off each time', 'created', 1],
  [10013, 'a 502 once, but stored', 'created', 1],
  [10014, 'a 504 once, and stored later', 'created', 1],
  [10016, 'too many requests once', 'created', 2],
  [10017, 'stored twice', 'duplicated', 1],
];

/** Four calls are in flight at a time. These keep all four busy for four seconds; each is stored at once. */
const slow = Array.from({ length: 4 }, () => ({ task: 10019, project: 6, result: faultySentiment }));

interface Exported {
  task: number;
  state: string;
  annotations: number[];
}

test('whatever the server does, the table is correct and nothing is sent twice', async ({
  app,
  context,
  server,
  mishaps,
}) => {
  test.setTimeout(240_000);
  mishaps.allow(/^no answer: POST .*\/api\/annotations\/bulk\//);
  const sent = watchRequests(context);
  await startImport(app);
  // Each fault is followed by a good call: five calls in a row without an answer would end the run. Equal requests
  // would share a call, so each has another lead_time.
  const batch = faults.flatMap(([task], index) => [
    { tasks: [task], project: 6, result: faultySentiment, lead_time: index },
    { tasks: [301 + index], project: 1, result: sentiment('Positive'), lead_time: index },
  ]);
  await paste(app, batch);
  await review(app, `${batch.length} annotations`);
  await start(app);
  // Lost calls settle after 20 seconds, and a busy machine takes its time for the others.
  await expectFinished(app, 180_000);

  const bodies = bulkBodies(sent).map((body) => JSON.parse(body) as { tasks: number[] });
  const { text } = await download(app, 'JSON');
  const rows = JSON.parse(text) as Exported[];
  for (const [task, does, state, times] of faults) {
    expect(
      bodies.filter(({ tasks }) => tasks.includes(task)),
      `${task}: ${does}`,
    ).toHaveLength(times);
    const onServer = (await server.annotationsOn(task)).map(({ id }) => id);
    const row = rows.find((one) => one.task === task)!;
    expect(new Set(row.annotations), `${task}: ${does}`).toEqual(new Set(onServer));
    // Chromium may repeat a call when its connection dies: then two exist, and two are shown.
    const isLost = state === 'created' && onServer.length > 1;
    expect(row.state, `${task}: ${does}`).toBe(isLost ? 'duplicated' : state);
  }
  for (const { task, state, annotations } of rows.filter(({ task }) => task < 10_000)) {
    expect({ task, state }).toEqual({ task, state: 'created' });
    expect((await server.annotationsOn(task)).map(({ id }) => id)).toEqual(annotations);
  }

  await filterByState(app, 'Duplicated');
  const copies = (await server.annotationsOn(10017)).map(({ id }) => id).join(', ');
  await expectRow(app, { Task: '10017', State: 'Duplicated', Annotation: copies });
  await expect(reasons(app).filter({ hasText: 'Refused' })).toContainText(
    'The fault "refused-400" of this task refuses every annotation.',
  );
  await expect(
    reasons(app)
      .filter({ hasText: /Not found at \d\d:\d\d/ })
      .first(),
  ).toContainText(/database is locked|No answer|didn’t answer/);
});

/** While it is gone: calls, and the icon, which Chromium requests again on each navigation. */
const unanswered = /^no answer: (GET|POST) .*(\/label-studio\/(api|sheaf-call)\/|\/icon\.svg)/;

test.describe('when the server in between is killed during a run', () => {
  test.describe.configure({ timeout: 120_000 });
  const tasks = Array.from({ length: 300 }, (_, index) => 401 + index);
  const batch = [
    ...slow,
    ...Array.from({ length: 15 }, (_, index) => ({
      tasks: tasks.slice(index * 20, (index + 1) * 20),
      project: 1,
      result: sentiment('Negative'),
      // Makes each a separate call.
      lead_time: index,
    })),
  ];

  test('the rows are unknown until it is back; then all are confirmed and the others can be sent', async ({
    page,
    startServer,
    mishaps,
  }) => {
    mishaps.allow(unanswered);
    const { labelStudio, between } = await killedDuringRun(page, startServer);
    await expectFinished(page);
    await filterByState(page, 'Unknown');
    await expectRow(page, { Task: '10019', State: 'Unknown' });
    await filterByState(page, 'Unknown');
    await expectHeadline(page, /unknown · \d+ not sent$/);

    await between.start();
    await page.getByRole('button', { name: 'Check again' }).click();
    // For the browser, calls sent while it was gone may have arrived.
    await expectHeadline(page, /^4 created · \d+ not found · \d+ not sent/);
    await page.getByRole('button', { name: /^Send the remaining \d+ rows/ }).click();
    await expectHeadline(page, /^\d+ created · \d+ not found$/);
    await page.getByRole('button', { name: 'Send again…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Send \d+ rows again/ })
      .click();
    await expectHeadline(page, '304 annotations created and verified');
    await expectNothingTwice(labelStudio);
  });

  test('and restarted at once, the run continues automatically', async ({ page, startServer, mishaps }) => {
    mishaps.allow(unanswered);
    const { labelStudio, between } = await killedDuringRun(page, startServer);
    await between.start();
    await expectFinished(page);
    await filterByState(page, 'Created');
    expect((await rowsInView(page)).filter(({ Task }) => Task === '10019')).toHaveLength(4);
    const send = page.getByRole('button', { name: /^Send the/ });
    if (await send.isVisible()) await send.click();
    await expectHeadline(page, '304 annotations created and verified');
    await expectNothingTwice(labelStudio);
  });

  async function killedDuringRun(
    page: Page,
    startServer: (options?: ServerOptions) => Promise<SheafServer>,
  ): Promise<{ labelStudio: SheafServer; between: SheafServer }> {
    const labelStudio = await startServer();
    const between = await startServer({ labelStudio: `${labelStudio.address}sandbox` });
    await page.goto(between.address);
    const token = await labelStudio.token();
    await connectTo(page, /^Label Studio at/, { token, timeLimit: '2' });
    await expectConnected(page);
    await paste(page, batch);
    await review(page, '304 annotations');
    await start(page);
    await expect.poll(async () => (await labelStudio.annotationsOn(10019)).length).toBe(4);
    await between.kill();
    return { labelStudio, between };
  }

  async function expectNothingTwice(labelStudio: SheafServer) {
    expect(await labelStudio.annotationsOn(10019)).toHaveLength(4);
    const ids = tasks.map((id) => `ids[]=${id}`).join('&');
    const exported = (await labelStudio.ask(
      `/api/projects/1/export?exportType=JSON&download_all_tasks=true&${ids}`,
    )) as { id: number; annotations: unknown[] }[];
    expect(exported.map(({ id, annotations }) => [id, annotations.length])).toEqual(
      tasks.map((id) => [id, 1]),
    );
  }
});

/** Stops a run with four of its six rows in flight. */
async function stopHalfway(app: Page) {
  await startImport(app);
  await paste(app, [...slow, { tasks: [801, 802], project: 1, result: sentiment('Neutral') }]);
  await review(app, '6 annotations');
  await start(app);
  await expect(app.getByRole('list', { name: 'Rows by state' })).toContainText('Sending4');
  await app.getByRole('button', { name: 'Stop' }).click();
  await expect(app.getByText('Stopping: checking 4 calls that were already sent.')).toBeVisible();
  await expectFinished(app);
  await expectHeadline(app, '4 created · 2 not sent');
}

test('a stopped run reports what was sent; the other rows can be sent later', async ({ app, server }) => {
  await stopHalfway(app);
  await expectRow(app, { Task: '801', State: 'Not sent', Annotation: '–' });
  expect(await server.annotationsOn(801)).toEqual([]);

  await app.getByRole('button', { name: 'Send the remaining 2 rows' }).click();
  await expectHeadline(app, '6 annotations created and verified');
  expect(await server.annotationsOn(10019)).toHaveLength(4);
  expect(await server.annotationsOn(801)).toHaveLength(1);
});

test('after Stop, the screen never says that everything was sent while rows wait', async ({ app }) => {
  await startImport(app);
  // A call that timed out at a gateway is read back twice, a second apart, before the run ends.
  const lost = { task: 10014, project: 6, result: faultySentiment, lead_time: 1 };
  await paste(app, [lost, ...slow, { tasks: [801, 802], project: 1, result: sentiment('Neutral') }]);
  await review(app, '7 annotations');
  await start(app);
  await expect(app.getByRole('list', { name: 'Rows by state' })).toContainText('Sending4');
  await app.getByRole('button', { name: 'Stop' }).click();
  await expect(app.getByText(/may still be working on an unanswered call/).first()).toBeVisible();
  await expect(app.getByText('Stopping: checking 5 calls that were already sent.')).toBeVisible();
  await expectFinished(app);
  await expectHeadline(app, '5 created · 2 not sent');
});

test('a run that can’t be stored doesn’t start, and says why', async ({ app, context, server }) => {
  await startImport(app);
  const cdp = await context.newCDPSession(app);
  const { origin } = new URL(server.address);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await paste(
    app,
    Array.from({ length: 3000 }, (_, row) => ({
      tasks: [row + 1],
      project: 1,
      result: sentiment('Positive'),
      lead_time: row,
    })),
  );
  await review(app, '3,000 annotations');
  await createButton(app).click();
  await expect(app.getByRole('group', { name: 'Start' }).getByRole('alert')).toHaveText(
    'The run did not start, and nothing was sent. It can’t be stored. There is no room left: delete old runs or free disk space.',
  );
  expect(await server.annotationsOn(100)).toHaveLength(0);

  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  await createButton(app).click();
  await expect(app.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
});

test('a double click on Create starts one run without a false message', async ({ app, server }) => {
  await startImport(app);
  await paste(app, slow);
  await review(app, '4 annotations');
  await createButton(app).dblclick();
  await expect(app.getByRole('list', { name: 'Rows by state' })).toContainText('Sending4');
  await app.goBack();
  await expect(createButton(app)).toBeDisabled();
  await expect(app.getByRole('group', { name: 'Start' })).not.toContainText('did not start');
  await app.goForward();
  await expectFinished(app);
  await expectHeadline(app, '4 annotations created and verified');
  await app.goBack();
  await expect(createButton(app)).toBeVisible();
  await expect(app.getByRole('group', { name: 'Start' })).not.toContainText('did not start');
  expect(await server.annotationsOn(10019)).toHaveLength(4);
});

test('the remaining rows can be sent after connecting to another server in between', async ({
  app,
  server,
  startServer,
}) => {
  const elsewhere = await startServer();
  await stopHalfway(app);

  const connection = app.getByRole('dialog', { name: 'Connection' });
  await app.getByRole('button', { name: /^Sandbox/ }).click();
  await app.getByRole('button', { name: 'Disconnect' }).click();
  const address = `${elsewhere.address}sandbox`;
  await connectTo(app, 'Your Label Studio', { address, token: await elsewhere.token() });
  await expect(connection).toBeVisible();
  await app.getByRole('button', { name: 'Disconnect' }).click();
  await connectTo(app, 'Sandbox', { token: await server.token() });
  await expect(connection.getByRole('button', { name: 'Disconnect' })).toBeVisible();
  await app.keyboard.press('Escape');

  await app.getByRole('button', { name: 'Send the remaining 2 rows' }).click();
  await expectHeadline(app, '6 annotations created and verified');
  expect(await elsewhere.annotationsOn(801)).toEqual([]);
});
