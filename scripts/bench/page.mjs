import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../lib/root.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {(figure: import('./figure.mjs').Figure) => void} Found */

/** The names of the figures. */
export const longestTasks = [
  'Longest task: a file is opened',
  'Longest task: it is edited',
  'Longest task: a paste, above the clipboard’s own',
  'Replacing in 100,000 rows',
  'Sorting 100,000 rows',
  'Longest task: replacing and sorting',
];
export const firstLoad = ['First load', 'Preloaded font', 'Editor’s chunk', 'Interactive on a phone'];

/** Enough for a large batch on a slow machine. */
export const patience = 180_000;

/**
 * The page’s longest task while a large file is opened, while it is edited, while a long text is pasted, and while the
 * cells of a large table are replaced and sorted.
 * @param {import('playwright').Browser} browser
 * @param {string} address of the built app
 * @param {Found} found
 */
export async function measureLongestTasks(browser, address, found) {
  const folder = mkdtempSync(join(tmpdir(), 'sheaf-bench-'));
  const { page, context } = await compose(browser, address);
  const [text, requests] = reviews(50e6);
  const file = join(folder, 'reviews.json');
  writeFileSync(file, text);
  const size = `${(text.length / 1e6).toFixed(0)} MB, ${requests.toLocaleString('en')} rows`;
  /** @type {(name: string, value: number, how: string) => void} */
  const report = (name, value, how) => found({ name, value, goal: 50, unit: 'ms', how });

  await restart(page);
  await page.getByLabel('File to open').first().setInputFiles(file);
  const verdict = page.getByRole('button', { name: `Review ${requests.toLocaleString('en')} annotations` });
  await verdict.waitFor({ timeout: patience });
  await settle(page);
  report('Longest task: a file is opened', await longest(page), `${size}, until it is checked`);
  rmSync(folder, { recursive: true });

  await restart(page);
  const editor = page.getByRole('textbox', { name: 'Batch as JSON' });
  await editor.focus();
  for (const key of ['PageDown', 'PageDown', 'ControlOrMeta+End', 'PageUp', 'ControlOrMeta+Home', ' ', ' '])
    await page.keyboard.press(key, { delay: 100 });
  await verdict.waitFor({ timeout: patience });
  await page.waitForTimeout(5000);
  await settle(page);
  report('Longest task: it is edited', await longest(page), `${size}, paged, jumped, typed in`);
  await context.close();

  await measurePaste(browser, address, report);
  await measureGrid(browser, address, found);
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {(name: string, value: number, how: string) => void} report
 */
async function measurePaste(browser, address, report) {
  const { page, context } = await compose(browser, address);
  const [text, requests] = reviews(10e6);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);

  // Only reads the same clipboard, for comparison. It is timed in the page, because the browser reports no tasks below
  // 50 ms.
  const bare = await context.newPage();
  await bare.goto(`${address}#/`);
  await bare.getByRole('button', { name: 'Connect', exact: true }).waitFor();
  await bare.evaluate(() => {
    const take = (/** @type {ClipboardEvent} */ event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const start = performance.now();
      const pasted = event.clipboardData?.getData('text/plain').length;
      Object.assign(globalThis, { pasted, took: performance.now() - start });
    };
    addEventListener('paste', take, true);
  });
  await restart(bare);
  await bare.keyboard.press('ControlOrMeta+V');
  await bare.waitForFunction('globalThis.pasted > 0', undefined, { timeout: patience });
  await settle(bare);
  /** @type {number} */
  const took = await bare.evaluate('globalThis.took');
  const own = Math.max(await longest(bare), took);
  await bare.close();

  await page.bringToFront();
  await page.getByRole('textbox', { name: 'Batch as JSON' }).focus();
  await restart(page);
  await page.keyboard.press('ControlOrMeta+V');
  const verdict = page.getByRole('button', { name: `Review ${requests.toLocaleString('en')} annotations` });
  await verdict.waitFor({ timeout: patience });
  await settle(page);
  const whole = await longest(page);
  const how = `${(text.length / 1e6).toFixed(0)} MB: ${Math.round(whole)} ms, of which the clipboard alone ${Math.round(own)} ms`;
  report('Longest task: a paste, above the clipboard’s own', Math.max(0, whole - own), how);
  await context.close();
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {Found} found
 */
async function measureGrid(browser, address, found) {
  const { page, context } = await compose(browser, address);
  const rows = Array.from(
    { length: 100_000 },
    (_, row) => `${row + 1},Positive,remark ${(row * 7919) % 99_991}`,
  );
  const buffer = Buffer.from(['task,sentiment,remark', ...rows].join('\n'));
  await page
    .getByLabel('File to open')
    .first()
    .setInputFiles({ name: 'rows.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Review 100,000 annotations' }).waitFor({ timeout: patience });
  const toGrid = page.getByRole('button', { name: 'Grid', exact: true });
  await toGrid.click();
  const grid = page.getByRole('grid', { name: 'Rows' });
  await grid.focus();
  await restart(page);

  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Find in cells' }).fill('remark');
  await page.getByRole('textbox', { name: 'Replace with' }).fill('note');
  const replace = page.getByRole('button', { name: 'Replace all 100,000' });
  await replace.waitFor({ timeout: patience });
  const replaced = await timeUntilShown(page, replace, 'note 7919');
  await page.getByRole('button', { name: 'Close find and replace' }).click();
  // The replaced text is checked in the meantime.
  await page.waitForTimeout(5000);
  await page.getByRole('columnheader').filter({ hasText: 'remark' }).getByRole('button').click();
  const descending = page.getByRole('menuitem', { name: 'Sort descending' });
  await descending.waitFor();
  const sorted = await timeUntilShown(page, descending, 'note 99990');
  await settle(page);
  const how = 'from the click until the grid shows it';
  found({ name: 'Replacing in 100,000 rows', value: replaced, goal: 1, unit: 's', how });
  found({ name: 'Sorting 100,000 rows', value: sorted, goal: 1, unit: 's', how });
  found({
    name: 'Longest task: replacing and sorting',
    value: await longest(page),
    goal: 50,
    unit: 'ms',
    how: '100,000 rows, found, replaced and sorted by one column',
  });
  await context.close();
}

/**
 * Seconds from a click until a cell of the grid shows a text and is painted. The page times it: Playwright looks only now
 * and then, with scripts that delay the page.
 * @param {Page} page
 * @param {import('playwright').Locator} button
 * @param {string} words
 */
async function timeUntilShown(page, button, words) {
  await page.evaluate((wanted) => {
    let start = 0;
    addEventListener('click', ({ timeStamp }) => (start = timeStamp), { capture: true, once: true });
    const shown = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        const cells = [...document.querySelectorAll('[role=gridcell] .words')];
        if (!cells.some(({ textContent }) => textContent === wanted)) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve((performance.now() - start) / 1000)));
      });
      watch.observe(document, { childList: true, subtree: true, characterData: true });
    });
    // In an object, because what is evaluated would be awaited.
    Object.assign(globalThis, { timing: { shown } });
  }, words);
  await button.click();
  /** @type {number} */
  const seconds = await page.evaluate('globalThis.timing.shown');
  return seconds;
}

/**
 * Opens the built app, signed in to the sandbox, with an empty editor.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 */
async function compose(browser, address) {
  const { context, page } = await connect(browser, address);
  await openImport(page);
  return { context, page };
}

/**
 * Opens the built app, signed in to the sandbox, and records its long tasks.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 */
export async function connect(browser, address) {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  await context.addInitScript(() => {
    const tasks = /** @type {number[]} */ ([]);
    Object.assign(globalThis, { longTasks: tasks });
    const note = (/** @type {PerformanceObserverEntryList} */ list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration));
    new PerformanceObserver(note).observe({ type: 'longtask' });
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Type it' }).waitFor();
  return { context, page };
}

/** @param {Page} page */
export async function openImport(page) {
  await page
    .getByRole('group', { name: 'Batch', exact: true })
    .getByRole('combobox', { name: 'Project' })
    .click();
  await page.getByRole('option', { name: 'Product reviews' }).click();
  await page.getByRole('button', { name: 'Type it' }).click();
  await page.getByRole('textbox', { name: 'Batch as JSON' }).waitFor();
}

/**
 * Requests for the sandbox’s project “Product reviews”, one per line, with about this many characters.
 * @param {number} characters
 * @returns {[string, number]}
 */
function reviews(characters) {
  const lines = [];
  let length = 0;
  for (let index = 0; length < characters; index += 1) {
    const choices = [['Positive', 'Negative', 'Neutral'][index % 3]];
    const result = [{ from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices } }];
    const line = JSON.stringify({ task: 10_000_000 + index, result });
    lines.push(line);
    length += line.length + 2;
  }
  return [`[\n${lines.join(',\n')}\n]\n`, lines.length];
}

/** @param {Page} page */
export async function restart(page) {
  await settle(page);
  await page.evaluate('globalThis.longTasks.length = 0');
}

/**
 * The observer reports a task only later, when there is time.
 * @param {Page} page
 */
export async function settle(page) {
  await page.waitForTimeout(1000);
}

/**
 * In milliseconds; 0 below 50, which Chromium doesn’t report.
 * @param {Page} page
 * @returns {Promise<number>}
 */
export function longest(page) {
  return page.evaluate('Math.max(0, ...globalThis.longTasks)');
}

/**
 * What a first visit loads before the first screen is shown, and how long that takes on a slow phone.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {Found} found
 */
export async function measureFirstLoad(browser, address, found) {
  const page = await browser.newPage();
  /** @type {import('playwright').Request[]} */
  const requests = [];
  // Including the worker’s requests, which the page’s own list doesn’t contain.
  page.on('request', (request) => requests.push(request));
  const firstScreen = await watchForFirstScreen(page);
  await page.goto(address);
  const { at: firstScreenAt } = await firstScreen.shown;
  const loaded = filesOf(requests.filter((request) => request.timing().startTime < firstScreenAt));
  const fonts = loaded.filter((name) => name.endsWith('.woff2'));
  const first = loaded.filter((name) => !fonts.includes(name));
  const how = `${first.length} files, gzip: ${first.map((name) => plainName(name)).join(', ')}`;
  found({ name: 'First load', value: kilobytes(first), goal: 200, unit: 'kB', how });
  found({
    name: 'Preloaded font',
    value: kilobytes(fonts),
    goal: 50,
    unit: 'kB',
    how: fonts.map((name) => plainName(name)).join(', '),
  });

  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Type it' }).click();
  await page.getByRole('textbox', { name: 'Batch as JSON' }).waitFor();
  const all = filesOf(requests);
  await page.close();
  const editor = all.filter((name) => name.includes('create-editor'));
  if (editor.length !== 1 || first.some((name) => editor.includes(name)))
    throw new Error('The editor’s chunk is not loaded after the first screen.');
  found({
    name: 'Editor’s chunk',
    value: kilobytes(editor),
    goal: 115,
    unit: 'kB',
    how: 'gzip, loaded after the first screen',
  });

  const times = [];
  for (let turn = 0; turn < 3; turn += 1) times.push(await timeOnPhone(browser, address));
  const [, middle = NaN] = times.toSorted((one, other) => one - other);
  found({
    name: 'Interactive on a phone',
    value: middle / 1000,
    goal: 1.5,
    unit: 's',
    how: 'processor slowed to a quarter, until “Connect” is painted and the page takes events; 3 turns',
  });
}

/**
 * The app’s files among the requests.
 * @param {import('playwright').Request[]} requests
 */
function filesOf(requests) {
  const files = requests.flatMap((request) => /\/(assets\/[^/?]+)/.exec(request.url())?.[1] ?? []);
  return ['index.html', ...new Set(files)];
}

/**
 * When “Connect” appears in the next opened page, in milliseconds since 1970, and how long after the page was asked for
 * it is painted and the page takes events. The page reports both: Playwright soon polls only every half second, and its
 * own scripts would be slowed down with the page.
 * @param {Page} page
 * @returns {Promise<{ shown: Promise<{ at: number, usableAfter: number }> }>}
 */
async function watchForFirstScreen(page) {
  /** @type {(shown: { at: number, usableAfter: number }) => void} */
  let report = () => {};
  const shown = new Promise((resolve) => {
    report = resolve;
  });
  await page.exposeFunction('reportFirstScreen', report);
  await page.addInitScript(() => {
    const look = () => {
      const isThere = [...document.querySelectorAll('button')].some(
        ({ textContent }) => textContent === 'Connect',
      );
      if (!isThere) return;
      watch.disconnect();
      const at = performance.timeOrigin + performance.now();
      requestAnimationFrame(() => {
        // @ts-expect-error It is exposed above.
        setTimeout(() => void globalThis.reportFirstScreen({ at, usableAfter: performance.now() }));
      });
    };
    const watch = new MutationObserver(look);
    watch.observe(document, { childList: true, subtree: true });
  });
  return { shown };
}

/** @param {string} name */
const plainName = (name) => name.replace(/^assets\//, '').replace(/-[\w-]{8}(?=\.)/, '');

/** @param {string[]} names */
function kilobytes(names) {
  return (
    names.reduce((sum, name) => sum + gzipSync(readFileSync(join(root, 'dist/app', name))).length, 0) / 1000
  );
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} address
 */
async function timeOnPhone(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const firstScreen = await watchForFirstScreen(page);
  await page.goto(address);
  const { usableAfter } = await firstScreen.shown;
  await page.getByRole('button', { name: 'Connect', exact: true }).click({ trial: true });
  await context.close();
  return usableAfter;
}
