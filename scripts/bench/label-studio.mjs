import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureLabelStudio, python, startLabelStudio } from '../label-studio.mjs';
import { openWorker, serveWorker } from './browser.mjs';
import { createTasks } from './run-memory.mjs';
import { differing, inSeconds } from './run-speed.mjs';

/** @typedef {import('./run-speed.worker.mjs').RunTimes} RunTimes */

/** Rows per turn. The variants alternate, because the speed of a machine changes. */
const loopRows = 100;
const threadRows = 200;
const stagedRows = 4000;
const turns = 2;

/**
 * Compares distinct rows on a real Label Studio Community with scripts for its SDK, in milliseconds per row.
 * @param {import('playwright').Browser} browser
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureLabelStudio(browser, found) {
  await ensureLabelStudio();
  const labelStudio = await startLabelStudio();
  const { url, token } = labelStudio;
  const site = await serveWorker('run-speed.worker.mjs', url);
  const worker = await openWorker(browser, site.address);
  const all = turns * (loopRows + threadRows + stagedRows);
  try {
    const { project, firstTask } = await createTasks({ url, token }, all);
    let next = 0;
    /** Rows of tasks without annotations. @param {number} count @returns {[task: number, result: object[]][]} */
    const rows = (count) =>
      Array.from({ length: count }, () => {
        next += 1;
        return [firstTask + next - 1, differing(`seen ${next}`, next)];
      });
    const times = { loop: 0, threads: 0, staged: 0, sweeping: 0, own: 0 };
    for (let turn = 0; turn < turns; turn += 1) {
      times.loop += await runScript(labelStudio, 1, rows(loopRows));
      times.threads += await runScript(labelStudio, 4, rows(threadRows));
      const text = JSON.stringify(rows(stagedRows).map(([task, result]) => ({ task, result })));
      const run = {
        do: /** @type {const} */ ('run'),
        text,
        rows: stagedRows,
        store: /** @type {const} */ ('browser'),
      };
      const { verified, sweeping, own } = /** @type {RunTimes} */ (
        await worker.ask({ ...run, base: url, token, project })
      );
      times.staged += verified;
      times.sweeping += sweeping;
      times.own += own;
    }
    const loop = times.loop / (turns * loopRows);
    const threads = times.threads / (turns * threadRows);
    const swept = times.staged / (turns * stagedRows);
    const verified = (times.staged - times.sweeping) / (turns * stagedRows);
    const ms = (/** @type {number} */ time) => `${time.toFixed(1)} ms`;
    const base = { unit: '×', atLeast: true };
    found({
      ...base,
      name: 'Staged and verified, against the loop',
      value: loop / verified,
      goal: 15,
      how: `a row takes ${ms(verified)}, in the loop ${ms(loop)}; ${turns} turns of ${stagedRows.toLocaleString('en')} and ${loopRows} rows in a project of ${all.toLocaleString('en')} tasks`,
    });
    found({
      ...base,
      name: 'Staged and verified, against four threads',
      value: threads / verified,
      goal: 8,
      how: `in four threads a row takes ${ms(threads)}; ${turns} turns of ${threadRows} rows`,
    });
    found({
      ...base,
      name: 'With its predictions deleted, against the loop',
      value: loop / swept,
      goal: 8,
      how: `a row takes ${ms(swept)} in all, of which Sheaf itself ${ms(times.own / (turns * stagedRows))}: ${inSeconds(times.staged / turns)} for ${stagedRows.toLocaleString('en')}`,
    });
  } finally {
    await worker.close();
    site.close();
    await labelStudio.stop();
  }
}

/**
 * Gives milliseconds.
 * @param {{ url: string, token: string }} server
 * @param {number} threads
 * @param {unknown} rows
 * @returns {Promise<number>}
 */
function runScript({ url, token }, threads, rows) {
  const script = fileURLToPath(new URL('sdk-loop.py', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(python, [script, url, token, String(threads)]);
    let output = '';
    let errors = '';
    child.stdout.on('data', (piece) => (output += piece));
    child.stderr.on('data', (piece) => (errors += piece));
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve(Number(output));
      else reject(new Error(`The script with the SDK failed: ${errors}`));
    });
    child.stdin.end(JSON.stringify(rows));
  });
}
