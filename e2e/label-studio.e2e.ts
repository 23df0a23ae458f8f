import type { Page } from 'playwright/test';
import type { JsonObject } from '#sandbox/http/json.ts';
import { chooseProject, pasteAnywhere } from './support/import.ts';
import { KillableBrowser } from './support/killable-browser.ts';
import {
  articles,
  labelStudio,
  openConnected,
  openInLabelStudio,
  predictionsIn,
  serverFor,
  stored,
  tokens,
  ways,
} from './support/label-studio.ts';
import { download, resultsTable } from './support/results.ts';
import { createButton, expectFinished, start } from './support/review.ts';
import { expect, test } from './support/test.ts';
import { test as wired } from './support/wires.ts';

/*
 * A manager’s whole workflow on a real Label Studio Community: from a table without IDs to annotations in its editor.
 */

/** Requests for which Sheaf chooses each route. */
const routes = {
  /** A measured time can be sent only with the annotation. */
  single: (skus: string[]) =>
    table(
      'sku,mood,lead_time',
      skus.map((sku, at) => `${sku},${moodOf(at)},${at + 0.5}`),
    ),
  /** Labels alone. */
  staged: (skus: string[]) =>
    table(
      'sku,mood',
      skus.map((sku, at) => `${sku},${moodOf(at)}`),
    ),
};

const table = (header: string, rows: string[]) => [header, ...rows].join('\n');
const moodOf = (at: number) => (at % 3 === 0 ? 'Bad' : 'Good');

type Articles = Awaited<ReturnType<typeof articles>>;

/** Pastes the table, matches its article numbers to tasks, and opens the review. */
async function reviewArticles(page: Page, { title, skus }: Articles, text: string) {
  await chooseProject(page, title);
  await pasteAnywhere(page, text);
  await page.getByRole('button', { name: 'Match rows to tasks…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Match rows to tasks' });
  await dialog
    .getByRole('button', { name: new RegExp(`^Use ${count(skus.length, 'match', 'matches')}`) })
    .click();
  await page
    .getByRole('button', { name: `Review ${count(skus.length, 'annotation', 'annotations')}` })
    .click();
  // The review reads all tasks, which takes a real server a while.
  await expect(createButton(page)).toBeVisible({ timeout: 60_000 });
}

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** Compares the server with the table, annotation by annotation; returns the annotations in task order. */
async function expectStored({ project, tasks }: Articles): Promise<JsonObject[]> {
  const there = await stored(project, tasks);
  expect(there.map(({ task }) => task)).toEqual(tasks);
  expect(there.map(moodIn)).toEqual(tasks.map((_, at) => moodOf(at)));
  return there;
}

const moodIn = ({ result }: JsonObject) =>
  (result as { value: { choices: string[] } }[])[0]!.value.choices.join();

/** The task and annotation of each row in the results file. */
async function idsInFile(page: Page): Promise<{ task: number; annotation: number }[]> {
  const { text } = await download(page, 'JSON');
  return (JSON.parse(text) as { task: number; annotations: number[] }[]).map(({ task, annotations }) => ({
    task,
    annotation: annotations[0]!,
  }));
}

/** A real server takes a while, and an undo waits until all calls have settled. */
async function expectOutcome(page: Page, words: string | RegExp) {
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(words, { timeout: 150_000 });
}

/** None of ours, and there are no others. What comes late is deleted at the second look. */
async function expectNoPredictions({ project }: Articles) {
  await expect.poll(() => predictionsIn(project), { timeout: 60_000 }).toEqual({});
}

async function undoAll(page: Page, deletes: number) {
  await page.getByRole('button', { name: 'Undo run…' }).click();
  await page
    .getByRole('button', { name: `Delete ${count(deletes, 'annotation', 'annotations')}` })
    .click({ timeout: 150_000 });
}

for (const way of ways)
  test.describe(`a real Label Studio, ${way}`, { tag: way === ways[1] ? '@live' : '@label-studio' }, () => {
    test('a table without IDs: matched, created, opened in the editor, changed there, and undone', async ({
      page,
      browser,
      startServer,
    }) => {
      test.setTimeout(400_000);
      const sheaf = await startServer(serverFor(way));
      const all = await articles(8);
      await openConnected(page, sheaf, { way, timeLimit: '2' });
      await reviewArticles(page, all, routes.single(all.skus));
      await start(page);
      await expectFinished(page, 60_000);
      await expectOutcome(page, '8 annotations created and verified');

      const there = await expectStored(all);
      expect(there.map(({ lead_time: time }) => time)).toEqual(all.skus.map((_, at) => at + 0.5));
      expect(await idsInFile(page)).toEqual(there.map(({ id, task }) => ({ task, annotation: id })));

      const [first] = there as [JsonObject];
      const { id, task } = first as unknown as { id: number; task: number };
      const link = resultsTable(page).getByRole('link', { name: String(id) });
      const address = `${labelStudio}/projects/${all.project}/data?task=${task}&annotation=${id}`;
      await expect(link).toHaveAttribute('href', address);
      const editor = await openInLabelStudio(browser, address);
      const choice = (name: string) => editor.page.getByRole('checkbox', { name });
      await expect(choice('Bad')).toBeChecked();
      await choice('Good').click();
      await editor.page.getByRole('button', { name: 'submit' }).click();
      const now = async () => (await stored(all.project, [all.tasks[0]!]))[0]!;
      await expect.poll(async () => moodIn(await now())).toBe('Good');
      expect(editor.errors).toEqual([]);
      await editor.close();
      // Label Studio has read and written the same region.
      const [before] = first['result'] as [JsonObject];
      expect(await now()).toMatchObject({
        id: first['id'],
        result: [{ ...before, value: { choices: ['Good'] } }],
      });

      // Changes made in the editor are kept.
      await undoAll(page, 7);
      await expectOutcome(page, /7 deleted/);
      expect((await stored(all.project, all.tasks)).map(({ id }) => id)).toEqual([first['id']]);
    });
  });

for (const way of ways)
  test.describe(`a real Label Studio, ${way}`, { tag: '@label-studio' }, () => {
    for (const [kind, tokenOf] of Object.entries(tokens))
      test(`signing in and creating with ${kind}`, async ({ page, startServer }) => {
        const sheaf = await startServer(serverFor(way));
        const all = await articles(2);
        await openConnected(page, sheaf, { way, token: await tokenOf() });
        await reviewArticles(page, all, routes.single(all.skus));
        await start(page);
        await expectFinished(page);
        await expectOutcome(page, '2 annotations created and verified');
        await expectStored(all);
      });

    for (const [route, textOf] of Object.entries(routes))
      test(`1,000 annotations by the route ${route}, and none after the undo`, async ({
        page,
        startServer,
      }) => {
        // A real server takes 60 to 400 ms to create an annotation, and again to delete it.
        test.setTimeout(1_800_000);
        const sheaf = await startServer(serverFor(way));
        const all = await articles(1000);
        await openConnected(page, sheaf, { way, timeLimit: '60' });
        await reviewArticles(page, all, textOf(all.skus));
        await start(page);
        await expectFinished(page, 600_000);
        await expectOutcome(page, '1,000 annotations created and verified');
        await expectNoPredictions(all);
        const there = await expectStored(all);
        expect(await idsInFile(page)).toEqual(there.map(({ id, task }) => ({ task, annotation: id })));
        await undoAll(page, 1000);
        await expect(page.getByRole('heading', { level: 2 })).toHaveText(/1,000 deleted/, {
          timeout: 900_000,
        });
        expect(await stored(all.project, all.tasks)).toEqual([]);
      });
  });

const withBrowser = wired.extend<{ killable: KillableBrowser }>({
  // Depends on the servers so that it ends before them.
  killable: async ({ startServer: _servers }, use) => {
    const browser = new KillableBrowser();
    await use(browser);
    await browser.remove();
  },
});

/** A request at whose answer the browser is killed; the server has carried it out. */
interface Step {
  name: string;
  isStep: (request: string, answered: readonly string[]) => boolean;
  /** How many annotations are there by then: at least and at most. */
  stored: [number, number];
}

const isCreate = (request: string) => /^POST \S*\/annotations\/ /.test(request);
const isTurn = (request: string) => /^POST \S*predictions_to_annotations/.test(request);

/** So many that they can be staged. */
const rows = 60;

const steps: Record<keyof typeof routes, Step[]> = {
  single: [
    {
      name: 'some are created',
      isStep: (request, answered) => isCreate(request) && answered.filter(isCreate).length > 10,
      stored: [11, rows - 1],
    },
  ],
  staged: [
    {
      name: 'the predictions are imported',
      isStep: (request) => /^POST \S*\/import\/predictions /.test(request),
      stored: [0, 0],
    },
    { name: 'they are turned into annotations', isStep: isTurn, stored: [rows, rows] },
    {
      name: 'the annotations are read back',
      // The review reads exports as well.
      isStep: (request, answered) => /^GET \S*\/export\?/.test(request) && answered.some(isTurn),
      stored: [rows, rows],
    },
    {
      name: 'the predictions are deleted',
      isStep: (request) => /^DELETE \S*\/model-versions\/ /.test(request),
      stored: [rows, rows],
    },
    {
      name: 'the summary is refreshed',
      isStep: (request) => /^POST \S*\/summary\/reset\/ /.test(request),
      stored: [rows, rows],
    },
  ],
};

for (const way of ways)
  withBrowser.describe(`a real Label Studio, ${way}`, { tag: '@label-studio' }, () => {
    withBrowser.skip(process.platform === 'win32', 'There is no SIGKILL on Windows.');

    for (const [route, textOf] of Object.entries(routes))
      for (const {
        name,
        isStep,
        stored: [least, most],
      } of steps[route as keyof typeof routes])
        withBrowser(
          `the browser is killed while ${name}, by the route ${route}, and the run is resumed`,
          async ({ killable, startServer, startFaults, mishaps }) => {
            withBrowser.setTimeout(500_000);
            const faults = await startFaults(labelStudio);
            const address = faults.address.slice(0, -1);
            const sheaf = await startServer(serverFor(way, address));
            const all = await articles(rows);
            const open = async () => {
              const context = await killable.start();
              await mishaps.watch(context);
              const page = context.pages()[0]!;
              await openConnected(page, sheaf, { way, timeLimit: '2', address });
              return page;
            };
            const page = await open();
            await reviewArticles(page, all, textOf(all.skus));
            const { reached } = faults.hold('hold-answer', (request) => isStep(request, faults.answered));
            await start(page);
            await reached;
            await killable.kill();
            const there = await stored(all.project, all.tasks);
            expect(there.length).toBeGreaterThanOrEqual(least);
            expect(there.length).toBeLessThanOrEqual(most);

            const again = await open();
            await again.getByRole('link', { name: 'Runs', exact: true }).click();
            await again
              .getByRole('list', { name: 'Runs' })
              .getByRole('link', { name: 'Pasted batch', exact: true })
              .click();
            await again.getByRole('button', { name: 'Resume' }).click();
            await expectFinished(again, 200_000);
            await expectOutcome(again, count(rows, 'annotation', 'annotations') + ' created and verified');
            await expectStored(all);
            await expectNoPredictions(all);
          },
        );
  });
