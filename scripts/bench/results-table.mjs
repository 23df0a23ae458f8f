import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processorSeconds } from './memory.mjs';
import { connect, patience } from './page.mjs';

const scrolled = 'Results table: frames above 16.7 ms while scrolling';
const mounted = 'Results table: until it is there';
/** The names of the figures. */
export const resultsTable = [scrolled, mounted];

/** Number of wheel turns, and the distance of each. */
const turns = 120;
const turnPixels = 800;

/**
 * Measures the results of a run of 1,000,000 rows, of which 5,000 are created and the others skipped with a reason
 * each. Opens the table, scrolls it, and leaves it at its last row.
 * @param {import('playwright').Browser} browser
 * @param {string} address of the built app
 * @param {{ rows: number }} options
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureResultsTable(browser, address, { rows }, found) {
  const { context, page } = await connect(browser, address);
  const folder = mkdtempSync(join(tmpdir(), 'sheaf-bench-'));
  const words = rows.toLocaleString('en');
  try {
    const file = join(folder, 'reviews.json');
    writeFileSync(file, batchOf(rows));
    await page.getByLabel('File to open').first().setInputFiles(file);
    await page.getByRole('button', { name: `Review ${words} annotations` }).click({ timeout: patience });
    await page.getByRole('button', { name: /^Create / }).click({ timeout: patience });
    const table = page.getByRole('table', { name: 'Results' });
    await table.waitFor({ timeout: patience });
    const run = page.url();

    await page.goto(`${address}#/runs`);
    await page.getByRole('list', { name: 'Runs' }).waitFor();
    const idle = await processorSeconds(browser);
    const took = await page.evaluate(untilRowsAreThere, run);
    const mounting = ((await processorSeconds(browser)) - idle) * 1000;
    found({
      name: mounted,
      value: took,
      goal: 100,
      unit: 'ms',
      how: `${words} rows, from the list of runs until the first rows are painted; ${mounting.toFixed(0)} ms of processor time, of page and engine`,
    });

    const before = await processorSeconds(browser);
    await page.evaluate(noteFrames);
    await table.hover();
    for (let turn = 0; turn < turns; turn += 1) await page.mouse.wheel(0, turnPixels);
    const frames = /** @type {number[]} */ (await page.evaluate('globalThis.frames'));
    const used = ((await processorSeconds(browser)) - before) * 1000;
    const late = frames.filter((duration) => duration > frameMs).length;
    found({
      name: scrolled,
      value: (100 * late) / frames.length,
      goal: 5,
      unit: '%',
      how: `${words} rows, ${frames.length} frames; ${(used / frames.length).toFixed(1)} ms of processor time a frame, of page and engine`,
    });

    await table.focus();
    await page.keyboard.press('End');
    await table.getByRole('row').filter({ hasText: words }).waitFor({ timeout: patience });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}

/** A frame at 60 Hz, and the clock’s resolution. */
const frameMs = 16.7 + 0.5;

/** @param {number} rows */
const batchOf = (rows) =>
  JSON.stringify({
    tasks: Array.from({ length: rows }, (_, index) => index + 1),
    project: 1,
    result: [
      { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: ['Positive'] } },
    ],
  });

/**
 * Sent to the page as text, so it can’t use anything outside.
 * @param {string} run the address of its page
 */
async function untilRowsAreThere(run) {
  const start = performance.now();
  location.href = run;
  const frame = () => new Promise((painted) => requestAnimationFrame(() => painted(undefined)));
  while (!document.querySelector('[role="table"] [role="row"][aria-rowindex="2"]')) await frame();
  await frame();
  return performance.now() - start;
}

/** Sent to the page in the same way. */
function noteFrames() {
  /** @type {number[]} */
  const frames = [];
  let last = performance.now();
  const note = (/** @type {number} */ now) => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  Object.assign(globalThis, { frames });
}
