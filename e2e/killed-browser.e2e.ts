import type { Page } from 'playwright/test';
import { bulkCall, type FaultServer } from './support/servers/fault-server.ts';
import { paste, review } from './support/import.ts';
import { KillableBrowser } from './support/killable-browser.ts';
import type { Mishaps } from './support/servers/mishaps.ts';
import { sentiment } from './support/regions.ts';
import { expectHeadline } from './support/results.ts';
import { create, expectFinished, start } from './support/review.ts';
import { connectTo, expectConnected } from './support/settings.ts';
import type { SheafServer } from './support/servers/server.ts';
import { expect } from './support/test.ts';
import { connectThrough, passTime, test as base } from './support/wires.ts';

/* The browser is killed with SIGKILL during its work, and started again with the same profile. */

const test = base.extend<{ killable: KillableBrowser }>({
  // Depends on the servers so that it ends before them.
  killable: async ({ startServer: _servers }, use) => {
    const browser = new KillableBrowser();
    await use(browser);
    await browser.remove();
  },
});

test.skip(process.platform === 'win32', 'There is no SIGKILL on Windows.');

const tasks = [421, 422, 423];
const rows = [
  { tasks: [421, 422], project: 1, result: sentiment('Positive') },
  { tasks: [423], project: 1, result: sentiment('Negative') },
];

const isOptions = (request: string) => /^OPTIONS \S*\/annotations\/bulk\/ /.test(request);
const isRead = (request: string) => request.startsWith('GET ');
const isDelete = (request: string) => /^POST \S*\/annotations\/bulk-delete\/ /.test(request);

interface Step {
  name: string;
  /** True if a call was announced but never sent: a person then decides about sending it again. */
  isUnsent?: boolean;
  /** Starts the work, and returns once it is stopped at this step. */
  reach: (page: Page, faults: FaultServer) => Promise<void>;
}

const stepsOfRun: Step[] = [
  {
    name: 'the plan is stored, and nothing is sent',
    isUnsent: true,
    async reach(page, faults) {
      // Before the first call to another origin, the browser sends a preflight.
      const { reached } = faults.hold('hold-request', isOptions);
      await start(page);
      await reached;
    },
  },
  {
    name: 'a call is on its way',
    isUnsent: true,
    async reach(page, faults) {
      const { reached } = faults.hold('hold-request', bulkCall('Positive'));
      await start(page);
      await reached;
    },
  },
  {
    name: 'a call is stored, without its answer',
    async reach(page, faults) {
      const { reached } = faults.hold('hold-answer', bulkCall('Positive'));
      await start(page);
      await reached;
      // The other call must have been sent, too: one that was only announced would correctly be reported as not found.
      await expect.poll(() => faults.answered.some(bulkCall('Negative'))).toBe(true);
    },
  },
  {
    name: 'one call is answered, and another on its way',
    isUnsent: true,
    async reach(page, faults) {
      const { reached } = faults.hold('hold-request', bulkCall('Negative'));
      await start(page);
      await reached;
      await expect(page.getByRole('list', { name: 'Rows by state' })).toContainText('Checking2');
    },
  },
  {
    name: 'the rows are read back',
    async reach(page, faults) {
      const { reached } = faults.hold(
        'hold-request',
        (request) => isRead(request) && faults.answered.filter(bulkCall()).length === 2,
      );
      await start(page);
      await reached;
    },
  },
];

for (const { name, reach, isUnsent } of stepsOfRun)
  test(`killed in a run: ${name}`, async ({ killable, server, faults, mishaps }) => {
    const page = await open(killable, mishaps, server, faults);
    await paste(page, rows);
    await review(page, '3 annotations');
    await reach(page, faults);
    await killable.kill();

    const again = await open(killable, mishaps, server, faults);
    await openRun(again);
    await again.getByRole('button', { name: 'Resume' }).click();
    await passTime(again, 11);
    if (isUnsent) {
      await expectHeadline(again, /\d not found$/);
      await again.getByRole('button', { name: 'Send again…' }).click();
      await again.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
    }
    await expectFinished(again);
    await expectHeadline(again, '3 annotations created and verified');
    await expectOneEach(server);
  });

test('killed in the second look: a copy that was stored late is found', async ({
  killable,
  server,
  faults,
  mishaps,
}) => {
  const page = await open(killable, mishaps, server, faults);
  await paste(page, rows);
  await review(page, '3 annotations');
  await create(page);
  const { reached } = faults.hold('hold-request', isRead);
  await reached;
  await killable.kill();
  const call = faults.requests.find(bulkCall('Positive'));
  const body = JSON.parse(call!.slice(call!.indexOf('\r\n\r\n'))) as unknown;
  await server.ask('/api/annotations/bulk/', { method: 'POST', body });

  const again = await open(killable, mishaps, server, faults);
  await openRun(again);
  await expectHeadline(again, '3 annotations created and verified');
  await again.getByRole('button', { name: 'Check again' }).click();
  await expectHeadline(again, '1 created · 2 duplicated');
});

const stepsOfUndo: Step[] = [
  {
    name: 'nothing is deleted yet',
    reach: (page, faults) => holdUndo(page, faults.hold('hold-request', isDelete)),
  },
  {
    name: 'deleted, without the answer',
    reach: (page, faults) => holdUndo(page, faults.hold('hold-answer', isDelete)),
  },
  {
    name: 'the rows are read back',
    reach: (page, faults) =>
      holdUndo(
        page,
        faults.hold('hold-request', (request) => isRead(request) && faults.answered.some(isDelete)),
      ),
  },
];

for (const { name, reach } of stepsOfUndo)
  test(`killed in an undo: ${name}`, async ({ killable, server, faults, mishaps }) => {
    const others = await annotateAsOther(server);
    const page = await open(killable, mishaps, server, faults);
    await paste(page, rows);
    await review(page, '3 annotations');
    await create(page);
    await passTime(page, 11);
    await reach(page, faults);
    await killable.kill();

    const again = await open(killable, mishaps, server, faults);
    await openRun(again);
    await expect(again.getByText('Deleting was interrupted.')).toBeVisible();
    await again.getByRole('button', { name: 'Go on deleting' }).click();
    await expectHeadline(again, /3 deleted/);
    const left = await Promise.all(tasks.map((task) => server.annotationsOn(task)));
    expect(left.flat().map(({ id }) => id)).toEqual(others);
  });

test('killed behind Sheaf’s own server: it has the answer, and the run uses it', async ({
  killable,
  server,
  faults,
  startServer,
  mishaps,
}) => {
  const proxy = await startServer({ labelStudio: `${faults.address}sandbox` });
  const connectAgain = async () => {
    const context = await killable.start();
    await mishaps.watch(context);
    const page = context.pages()[0]!;
    await page.goto(proxy.address);
    await connectTo(page, /^Label Studio at/, { token: await server.token() });
    await expectConnected(page);
    return page;
  };
  const page = await connectAgain();
  await paste(page, rows);
  await review(page, '3 annotations');
  const { reached, release } = faults.hold('hold-answer', bulkCall('Positive'));
  await start(page);
  await reached;
  await killable.kill();

  const again = await connectAgain();
  await openRun(again);
  await again.getByRole('button', { name: 'Resume' }).click();
  await expect(again.getByText('The server is still working on a call').first()).toBeVisible();
  release();
  // Long before the call would have settled, which takes 100 s.
  await expectHeadline(again, '3 annotations created and verified');
  expect(faults.requests.filter(bulkCall())).toHaveLength(2);
  await expectOneEach(server);
});

/** Opens the app in the killable browser, connected through the fault server. */
async function open(browser: KillableBrowser, mishaps: Mishaps, server: SheafServer, faults: FaultServer) {
  const context = await browser.start();
  await mishaps.watch(context);
  const page = context.pages()[0]!;
  await page.goto(server.address);
  await connectThrough(page, faults, await server.token());
  return page;
}

async function openRun(page: Page) {
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await page
    .getByRole('list', { name: 'Runs' })
    .getByRole('link', { name: 'Pasted batch', exact: true })
    .click();
}

async function holdUndo(page: Page, { reached }: { reached: Promise<void> }) {
  await page.getByRole('button', { name: 'Undo run…' }).click();
  await page.getByRole('button', { name: 'Delete 3 annotations' }).click();
  await reached;
}

async function expectOneEach(server: SheafServer) {
  for (const task of tasks) expect(await server.annotationsOn(task)).toHaveLength(1);
}

/** Creates the same labels on the same tasks as someone else; returns their IDs. */
async function annotateAsOther(server: SheafServer): Promise<number[]> {
  const ids: number[] = [];
  for (const task of tasks) {
    const made = await server.ask(`/api/tasks/${task}/annotations/`, {
      user: 'Annotator',
      method: 'POST',
      body: { result: [{ id: `other-${task}`, ...sentiment('Positive')[0] }] },
    });
    ids.push((made as { id: number }).id);
  }
  return ids;
}
