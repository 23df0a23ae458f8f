import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packedZeros } from '../lib/packed-zeros.mjs';
import { residentRenderers } from './memory.mjs';
import { connect, longest, openImport, patience, restart, settle } from './page.mjs';

/** The names of the figures. */
export const heavyInputs = [
  ...[300, 1000, 10_000].map((columns) => `Longest task: a table of ${columns.toLocaleString('en')} columns`),
  'Longest task: a cell of 60 MB',
  'Longest task: 50,000 projects',
  'Longest task: an error text of 5 MB',
  'Longest task: a packed file of 3 GiB',
  'Memory of a packed file of 3 GiB',
];

/**
 * @typedef {import('playwright').Browser} Browser
 * @typedef {import('playwright').Page} Page
 * @typedef {(figure: import('./figure.mjs').Figure) => void} Found
 */

/**
 * The page’s longest task with wide, long or many inputs, and memory for a file that unpacks to more than the limit.
 * @param {Browser} browser
 * @param {string} address of the built app
 * @param {{ only: string }} options
 * @param {Found} found
 */
export async function measureHeavyInputs(browser, address, { only }, found) {
  const folder = mkdtempSync(join(tmpdir(), 'sheaf-bench-'));
  const file = join(folder, 'reviews.csv');
  /** @type {(name: string | undefined, work: (page: Page) => Promise<string>, also?: string[]) => Promise<void>} */
  const measure = async (name = '', work, also = []) => {
    if (![name, ...also].some((one) => one.includes(only))) return;
    let [best, turns, how] = [Infinity, 0, ''];
    // Other processes only lengthen a task, so a miss is measured again.
    while (best > 50 && turns < 3) {
      const { context, page } = await connect(browser, address);
      how = await work(page);
      await settle(page);
      best = Math.min(best, await longest(page));
      await context.close();
      turns += 1;
    }
    found({
      name,
      value: best,
      goal: 50,
      unit: 'ms',
      how: turns > 1 ? `${how}; best of ${turns} turns` : how,
    });
  };

  for (const [index, [columns, rows]] of [
    [300, 1000],
    [1000, 1000],
    [10_000, 100],
  ].entries()) {
    const text = wideTable(columns ?? 0, rows ?? 0);
    await measure(heavyInputs[index], async (page) => {
      await openImport(page);
      writeFileSync(file, text);
      await restart(page);
      await openFile(page, file, rows ?? 0);
      await showGrid(page);
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.press('ControlOrMeta+Home');
      return `${rows?.toLocaleString('en')} rows, ${(text.length / 1e6).toFixed(1)} MB: opened, shown as a grid, its last cell and its first one`;
    });
  }

  await measure(heavyInputs[3], async (page) => {
    await openImport(page);
    writeFileSync(file, `task,sentiment,note\n1,Positive,${'long '.repeat(12_000_000)}\n2,Negative,short\n`);
    await restart(page);
    await openFile(page, file, 2);
    await showGrid(page);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    return 'opened, shown as a grid, the cell visited';
  });

  await measure(heavyInputs[4], async (page) => {
    const results = Array.from({ length: 50_000 }, (_, index) => ({
      id: index + 1,
      title: `Project number ${index + 1}`,
      task_number: 3,
      total_annotations_number: 0,
    }));
    await openImport(page);
    await answer(page, 200, { count: results.length, results });
    await restart(page);
    const picker = page.getByRole('combobox', { name: 'Project' }).first();
    await picker.fill('number');
    await page.getByText('of 50,000 projects').waitFor({ timeout: patience });
    await picker.press('End');
    return 'in one answer, listed, its end shown';
  });

  await measure(heavyInputs[5], async (page) => {
    await openImport(page);
    await answer(page, 400, { detail: 'e'.repeat(5_000_000) });
    await restart(page);
    await page.getByRole('combobox', { name: 'Project' }).first().fill('number');
    await page
      .getByText(/e{1000}…/)
      .first()
      .waitFor({ timeout: patience });
    return 'of the list of projects, shown cut';
  });

  let held = 0;
  await measure(
    heavyInputs[6],
    async (page) => {
      await openImport(page);
      const packed = join(folder, 'reviews.csv.gz');
      writeFileSync(packed, packedZeros(3 * 2 ** 30));
      const resident = async () => Math.max(...(await residentRenderers(browser)).values());
      const before = await resident();
      await restart(page);
      let isDone = false;
      const watch = (async () => {
        while (!isDone) held = Math.max(held, (await resident()) - before);
      })();
      await page.getByLabel('File to open').first().setInputFiles(packed);
      await page.getByText('unpacks to more than').waitFor({ timeout: patience });
      isDone = true;
      await watch;
      return '3 MB, refused in words';
    },
    heavyInputs.slice(7),
  );
  if (held > 0)
    found({
      name: heavyInputs[7] ?? '',
      value: held / 1e9,
      goal: 0.5,
      unit: 'GB',
      how: 'above the page before, at its peak, until it is refused',
    });
  rmSync(folder, { recursive: true });
}

/**
 * @param {Page} page
 * @param {string} file
 * @param {number} rows
 */
async function openFile(page, file, rows) {
  await page.getByLabel('File to open').first().setInputFiles(file);
  const verdict = page.getByRole('button', { name: `Review ${rows.toLocaleString('en')} annotations` });
  await verdict.waitFor({ timeout: patience });
}

/** @param {Page} page */
async function showGrid(page) {
  await page
    .getByRole('group', { name: 'Batch', exact: true })
    .getByRole('button', { name: 'Grid', exact: true })
    .click();
  const grid = page.getByRole('grid', { name: 'Rows' });
  await grid.waitFor({ timeout: patience });
  await grid.focus();
}

/**
 * Answers requests for the list of projects.
 * @param {Page} page
 * @param {number} status
 * @param {object} body
 */
async function answer(page, status, body) {
  const json = JSON.stringify(body);
  await page
    .context()
    .route(/\/api\/projects\/\?/, (route) =>
      route.fulfill({ status, contentType: 'application/json', body: json }),
    );
}

/**
 * A table with two mapped columns among unused ones.
 * @param {number} columns
 * @param {number} rows
 */
function wideTable(columns, rows) {
  const others = Array.from({ length: columns - 2 }, (_, column) => column + 1);
  const lines = Array.from({ length: rows }, (_, row) =>
    [
      row + 1,
      ['Positive', 'Negative', 'Neutral'][row % 3],
      ...others.map((column) => `${row}.${(column * 7919) % 1009}`),
    ].join(),
  );
  return `${['task', 'sentiment', ...others.map((column) => `measure ${column}`)].join()}\n${lines.join('\n')}\n`;
}
