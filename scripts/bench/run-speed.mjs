import { openWorker, serveWorker } from './browser.mjs';
import { processorSeconds } from './memory.mjs';
import { createSandboxTasks } from './run-memory.mjs';
import { serveSlowly } from './slow-server.mjs';
import { median } from './timing.mjs';

/** @typedef {import('./run-speed.worker.mjs').RunTimes} RunTimes */

const created = 'Tasks created, against one by one';
const verified = 'Tasks created and verified, against one by one';
const estimated = 'Estimate of the time left';
const reviewed = 'Estimate in the review';
const reopened = 'Reopening a run';
const journal = 'Journal of a run';
const policy = 'Another policy in the review';
/** The names of the figures. */
export const runSpeed = [created, verified, estimated, reviewed, reopened, journal, policy];
/** Those that come from one run. */
const ofOneRun = runSpeed.slice(0, 5);
const policiesChosen = 4;

const largeRun = 100_000;
/** Each is a separate call. */
const differingRows = 400;
const loopCalls = 40;
const turns = 3;

/** @param {string} note @param {number} score */
export const differing = (note, score) => [
  { from_name: 'mood', to_name: 'text', type: 'choices', value: { choices: ['Good'] } },
  { from_name: 'note', to_name: 'text', type: 'textarea', value: { text: [note] } },
  { from_name: 'score', to_name: 'text', type: 'number', value: { number: score } },
];

/**
 * Compares a run of 100,000 equal rows with a loop over the same server, and measures the journal’s cost for a run of
 * calls.
 * @param {import('playwright').Browser} browser
 * @param {string} address of a Sheaf server with an Enterprise sandbox
 * @param {{ rows: number, only: string }} options
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureRunSpeed(browser, address, { rows: most, only }, found) {
  const isWanted = (/** @type {string[]} */ names) => names.some((name) => name.includes(only));
  const rows = Math.min(most, largeRun);
  const { token, project, firstTask } = await createSandboxTasks(address, rows);
  const slow = await serveSlowly(address);
  const site = await serveWorker('run-speed.worker.mjs', new URL(slow.address).origin);
  const worker = await openWorker(browser, site.address);
  const server = { base: `${slow.address}sandbox`, token, project };
  /** @type {(text: string, rows: number, store: 'browser' | 'memory') => Promise<RunTimes>} */
  const run = async (text, count, store) =>
    /** @type {RunTimes} */ (await worker.ask({ do: 'run', text, rows: count, store, ...server }));
  const tasks = Array.from({ length: rows }, (_, index) => firstTask + index);
  const words = rows.toLocaleString('en');
  try {
    if (isWanted(ofOneRun)) {
      const result = differing('seen', 1);
      const loop = { do: /** @type {const} */ ('loop'), tasks: tasks.slice(0, loopCalls), result, ...server };
      const call = /** @type {number} */ (await worker.ask(loop));
      const times = await run(JSON.stringify({ tasks, result }), rows, 'browser');
      const how = `${words} tasks, 50 ms an answer and 0.2 ms a task: ${inSeconds(call * rows)} at ${call.toFixed(0)} ms a call one by one,`;
      const ratio = (/** @type {number} */ time) => ({
        value: (call * rows) / time,
        unit: '×',
        atLeast: true,
      });
      found({ name: created, ...ratio(times.created), goal: 700, how: `${how} ${inSeconds(times.created)}` });
      found({
        name: verified,
        ...ratio(times.verified),
        goal: 400,
        how: `${how} ${inSeconds(times.verified)}`,
      });
      const { estimate } = times;
      if (estimate)
        found({
          name: estimated,
          value: factor(estimate.estimated, estimate.was),
          goal: 1.5,
          unit: '×',
          how: `the same run, after a third: ${inSeconds(estimate.estimated)} estimated, ${inSeconds(estimate.was)} taken`,
        });
      found({
        name: reviewed,
        value: factor(times.planned, times.verified),
        goal: 1.5,
        unit: '×',
        how: `the same run, before its first call: ${inSeconds(times.planned)} estimated, ${inSeconds(times.verified)} taken`,
      });
      const reopening = /** @type {number} */ (await worker.ask({ do: 'reopen', id: times.id, rows }));
      found({
        name: reopened,
        value: reopening / 1000,
        goal: 1,
        unit: 's',
        how: `the same run, from the store to the first rows of its table; 5 turns`,
      });
    }
    if (isWanted([policy])) {
      const requests = tasks.map((task, row) => ({ task, result: differing('seen', row) }));
      await worker.ask({ do: 'review', text: JSON.stringify(requests), ...server });
      const before = await processorSeconds(browser);
      await worker.ask({ do: 'policies' });
      found({
        name: policy,
        value: ((await processorSeconds(browser)) - before) / policiesChosen,
        goal: rows / largeRun,
        unit: 's',
        how: `${words} rows that all differ: processor time of the page’s process; mean of ${policiesChosen} turns`,
      });
    }
    if (isWanted([journal])) {
      /** @type {Record<'browser' | 'memory', number[]>} */
      const times = { browser: [], memory: [] };
      for (let turn = 0; turn < turns; turn += 1)
        for (const store of /** @type {const} */ (['memory', 'browser'])) {
          const requests = tasks
            .slice(0, differingRows)
            .map((task, row) => ({ task, result: differing(`${store} ${turn}`, row) }));
          times[store].push((await run(JSON.stringify(requests), requests.length, store)).verified);
        }
      const [stored, kept] = [median(times.browser), median(times.memory)];
      found({
        name: journal,
        value: Math.max(0, (100 * (stored - kept)) / stored),
        goal: 10,
        unit: '%',
        how: `of the time: ${differingRows} calls of 50 ms take ${inSeconds(stored)} with it, ${inSeconds(kept)} without; ${turns} turns`,
      });
    }
  } finally {
    await worker.close();
    site.close();
    slow.close();
  }
}

/** @param {number} one @param {number} other */
const factor = (one, other) => Math.max(one / other, other / one);

/** @param {number} milliseconds */
export const inSeconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
