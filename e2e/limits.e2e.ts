import { truncate, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { chooseProject, copyAll, showAs, startImport, toolbar } from './support/import.ts';
import { requestForm } from './support/form.ts';
import { packedZeros } from '../scripts/lib/packed-zeros.mjs';
import type { SheafServer, ServerOptions } from './support/servers/server.ts';
import { connectTo, expectConnected, expectFailure } from './support/settings.ts';
import { expect } from './support/test.ts';
import { almostSandbox, test, writeEndlessly, writeJson } from './support/servers/web-server.ts';

/* Data above Sheaf’s limits is refused or cut with a message, and the page keeps working. */

const fileToOpen = (page: Page) => page.getByLabel('File to open').first();

test('a small gzip file that unpacks to 3 GiB', async ({ app }) => {
  await startImport(app, { project: 'Product reviews' });
  await fileToOpen(app).setInputFiles({
    name: 'reviews.csv.gz',
    mimeType: 'application/gzip',
    buffer: Buffer.from(packedZeros(3 * 2 ** 30)),
  });
  await expect(
    app.getByText('reviews.csv.gz wasn’t opened: This file unpacks to more than 500 MB. Split it.'),
  ).toBeVisible({ timeout: 60_000 });
  await expect(app.getByText('Create annotations')).toBeVisible();
});

test('a file of more than 500 MB', async ({ app }, testInfo) => {
  const path = testInfo.outputPath('reviews.csv');
  await writeFile(path, 'task,sentiment\n');
  await truncate(path, 500_000_001);
  await startImport(app, { project: 'Product reviews' });
  await fileToOpen(app).setInputFiles(path);
  await expect(
    app.getByText('reviews.csv wasn’t opened: This file is more than 500 MB. Split it.'),
  ).toBeVisible();
});

/** Signs in to a server through the proxy, so that it needs no CORS. */
async function connectByProxy(
  page: Page,
  {
    labelStudio,
    token,
    startServer,
  }: {
    labelStudio: string;
    token: string;
    startServer: (options: ServerOptions) => Promise<SheafServer>;
  },
) {
  const { address } = await startServer({ labelStudio });
  await page.goto(address);
  await connectTo(page, /^Label Studio at/, { token });
}

test('an endless answer', async ({ page, server, startServer, startWebServer }) => {
  let isGivenUp = false;
  const labelStudio = await startWebServer((_, answer) => {
    answer.on('close', () => (isGivenUp = true));
    writeEndlessly(answer);
  });
  await connectByProxy(page, { labelStudio, token: await server.token(), startServer });
  await expectFailure(
    page,
    'The server’s answer is more than 20 MB, so Sheaf stopped reading it.',
    'Check the server address.',
  );
  await expect.poll(() => isGivenUp).toBe(true);
});

test('names of one megabyte, and an error message of five', async ({
  page,
  server,
  startServer,
  startWebServer,
}) => {
  const long = 'x'.repeat(1_000_000);
  const labelStudio = await startWebServer(
    almostSandbox(server, ({ pathname }, answer) => {
      if (pathname === '/api/projects/') return writeJson(answer, { detail: 'e'.repeat(5_000_000) }, 400);
      if (pathname === '/api/version/')
        return writeJson(answer, { release: long, 'label-studio-os-package': {} });
      const me = { id: 1, first_name: long, last_name: '', username: '', email: long };
      return pathname === '/api/current-user/whoami' && writeJson(answer, me);
    }),
  );
  await connectByProxy(page, { labelStudio, token: await server.token(), startServer });
  await expectConnected(page);
  await expect(page.getByRole('alert')).toContainText(`${'e'.repeat(1000)}… (5,000,000 characters)`);
  await page.getByRole('button', { name: /x{300}…/ }).click();
  for (const term of ['You are', 'Edition'])
    await expect(page.getByRole('term').filter({ hasText: term }).locator('+ dd')).toContainText(
      /x{300}… \(1,000,000 characters\)/,
    );
});

test('50,000 projects in one answer', async ({ page, server, startServer, startWebServer }) => {
  const results = Array.from({ length: 50_000 }, (_, index) => ({
    id: index + 1,
    title: index === 0 ? 'x'.repeat(100_000) : `Project number ${index + 1}`,
    task_number: 3,
    total_annotations_number: 0,
  }));
  const labelStudio = await startWebServer(
    almostSandbox(server, ({ pathname, searchParams }, answer) => {
      if (pathname !== '/api/projects/') return false;
      const title = searchParams.get('title') ?? '';
      const found = results.filter((project) => project.title.includes(title));
      return writeJson(answer, { count: found.length, results: found });
    }),
  );
  await connectByProxy(page, { labelStudio, token: await server.token(), startServer });
  const picker = toolbar(page).getByRole('combobox', { name: 'Project' });
  await picker.click();
  const options = page.getByRole('option');
  await expect(page.getByText('The first 1,000 of 50,000 projects. Type a title or an ID')).toBeVisible();
  expect(await options.count()).toBeLessThan(50);
  await expect(options.first()).toContainText(`${'x'.repeat(300)}… (100,000 characters)`);

  // Every option is reachable by keyboard, and has its position in the list. Until its height is measured, the first
  // one, which has several lines, overlaps the second.
  const gap = () =>
    options.evaluateAll(([first, second]) => {
      const { bottom } = first!.getBoundingClientRect();
      return second!.getBoundingClientRect().top - bottom;
    });
  await expect.poll(gap).toBeGreaterThan(-1);
  await picker.press('End');
  const last = page.getByRole('option', { name: 'Project number 1000 ' });
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute('aria-posinset', '1000');
  await expect(last).toHaveAttribute('aria-setsize', '1000');
  // Keys that arrive faster than the list renders stop at its end.
  for (const number of [995, 990, 985, 980]) {
    for (let step = 0; step < 5; step += 1) await picker.press('ArrowUp');
    await expect(page.getByRole('option', { name: `Project number ${number} ` })).toBeInViewport();
  }
  await picker.press('PageUp');
  const reached = page.getByRole('option', { name: 'Project number 975 ' });
  await expect(reached).toBeInViewport();
  await expect(picker).toHaveAttribute('aria-activedescendant', (await reached.getAttribute('id'))!);

  await picker.fill('number 43210');
  await page.getByRole('option', { name: 'Project number 43210' }).click();
  await expect(picker).toHaveValue('Project number 43210 (#43210)');

  // It stays after the search, though it isn’t among the first thousand.
  await picker.press('ArrowDown');
  await expect(page.getByText('The first 1,000 of 50,000 projects.')).toBeVisible();
  await expect(picker).toHaveValue('Project number 43210 (#43210)');
});

test('projects are loaded while their list scrolls', async ({ app, server }) => {
  const wanted = 150;
  for (let number = 1; number <= wanted; number += 1)
    await server.ask('/api/projects/', { method: 'POST', body: { title: `Archive ${number}` } });
  await startImport(app);
  const picker = toolbar(app).getByRole('combobox', { name: 'Project' });
  await picker.click();
  await expect(app.getByRole('option', { name: 'Archive 150' })).toBeVisible();
  const oldest = app.getByRole('option', { name: 'Faults' });
  await expect(async () => {
    await picker.press('End');
    await expect(oldest).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(oldest).toHaveAttribute('aria-posinset', String(wanted + 6));
  await picker.press('Enter');
  await expect(picker).toHaveValue(/^Faults/);

  // The list opens at the chosen project.
  await picker.press('ArrowDown');
  await expect(oldest).toBeInViewport();
  await picker.press('ArrowUp');
  await expect(app.getByRole('option', { name: 'Street scenes' })).toBeInViewport();
  await picker.press('Escape');
  await picker.fill('Archive 77');
  await app.getByRole('option', { name: 'Archive 77 ' }).click();
  await expect(picker).toHaveValue(/^Archive 77 /);
});

test('a project with 90,000 labels', async ({ page, server, startServer, startWebServer }) => {
  const choices = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => `<Choice value="${name} ${index + 1}"/>`).join('');
  const config = [
    '<View><Text name="review" value="$text"/>',
    `<Choices name="sentiment" toName="review">${choices(60_000, 'Mood')}</Choices>`,
    '<Taxonomy name="part" toName="review">',
    `<Choice value="Engine">${choices(29_000, 'Screw')}</Choice><Choice value="Body"/>`,
    '</Taxonomy></View>',
  ].join('');
  const labelStudio = await startWebServer(
    almostSandbox(server, ({ pathname }, answer) => {
      const project = { id: 1, title: 'Product reviews', task_number: 5000, total_annotations_number: 0 };
      return pathname === '/api/projects/1/' && writeJson(answer, { ...project, label_config: config });
    }),
  );
  await connectByProxy(page, { labelStudio, token: await server.token(), startServer });
  await chooseProject(page, 'Product reviews');
  await page.getByRole('button', { name: 'Open the form' }).click();
  const form = requestForm(page, 1);

  const sentiment = form.getByRole('combobox', { name: 'sentiment' });
  await expect(sentiment).toHaveAttribute('placeholder', 'Search in 60,000 choices');
  await sentiment.click();
  await expect(page.getByText('The first 1,000 of 60,000 choices. Type to find others.')).toBeVisible();
  expect(await page.getByRole('option').count()).toBeLessThan(50);
  await sentiment.fill('mood 54321');
  await page.getByRole('option', { name: 'Mood 54321' }).click();
  await expect(sentiment).toHaveValue('Mood 54321');

  const tree = form.getByRole('tree', { name: 'part, as a tree' });
  await tree.focus();
  await page.keyboard.press('ArrowRight');
  const items = tree.getByRole('treeitem');
  await expect(items.nth(1)).toContainText('Screw 1');
  await expect(items.nth(1)).toHaveAttribute('aria-setsize', '29000');
  await expect(tree.getByText('28,002 more. Search to narrow them down.')).toBeAttached();
  expect(await items.count()).toBeLessThan(50);
  await page.keyboard.press('End');
  await expect(tree.getByRole('treeitem', { name: 'Screw 999' })).toBeInViewport();
  await form.getByRole('searchbox', { name: 'part' }).fill('screw 28765');
  await page.keyboard.press('Enter');
  await expect(form.getByText('Engine › Screw 28765')).toBeVisible();

  await showAs(page, 'JSON');
  const text = await copyAll(page);
  expect(text).toContain('"Mood 54321"');
  expect(text).toContain('"Screw 28765"');
});

test('endless tasks and views', async ({ page, server, startServer, startWebServer }) => {
  const ids = Array.from({ length: 1000 }, (_, index) => ({
    id: index + 1,
    data: { text: `Review ${index}` },
  }));
  const views = Array.from({ length: 3000 }, (_, index) => ({
    id: index + 1,
    data: { title: `View number ${index + 1}` },
  }));
  const pages: string[] = [];
  const labelStudio = await startWebServer(
    almostSandbox(server, ({ pathname, searchParams }, answer) => {
      if (pathname === '/api/dm/views/') return writeJson(answer, views);
      if (pathname !== '/api/tasks/') return false;
      pages.push(searchParams.get('page')!);
      // The requested page is ignored, and the total is far too small.
      return writeJson(answer, { tasks: ids, total: 90_000 });
    }),
  );
  await connectByProxy(page, { labelStudio, token: await server.token(), startServer });
  await chooseProject(page, 'Product reviews');
  await page.getByRole('button', { name: 'Open the form' }).click();
  await page.getByRole('button', { name: 'Pick tasks…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Pick/ });

  const list = dialog.getByRole('listbox', { name: 'Tasks' });
  await list.focus();
  await list.press('End');
  await expect(dialog.getByText('90,000 tasks. The first 1,000 are listed; search for others')).toBeVisible();
  expect(pages).toEqual(['1', '2']);
  await dialog.getByRole('button', { name: 'Select all 90,000' }).click();
  await expect(dialog.getByRole('alert')).toContainText(
    'Page 2 of the server’s list of tasks holds only tasks of the pages before it.',
  );

  await dialog.getByRole('button', { name: 'By a Data Manager view' }).click();
  await expect(
    dialog.getByText('The first 100 of 1,000 views. Only 1,000 of 3,000 views are searched.'),
  ).toBeVisible();
  await expect(dialog.getByRole('radio')).toHaveCount(100);
  await dialog.getByRole('searchbox', { name: 'Search views' }).fill('number 99');
  await expect(dialog.getByText('11 views. Only 1,000 of 3,000')).toBeVisible();
  await dialog.getByRole('radio', { name: 'View number 990' }).check();
});
