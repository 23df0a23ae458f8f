/* Runs in a worker of a real browser: the app’s engine plans and sends a batch of distinct rows. */
import { browserStorage } from '../../src/engine/browser-storage.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { collectGarbage } from './timing.mjs';
import { clock } from './timing.mjs';

const newEngine = () =>
  createEngine({
    ...clock,
    ...browserStorage(clock),
    fetch: (request) => fetch(request),
    isSecurePage: false,
    pageBase: `${location.origin}/`,
  });
const engine = newEngine();
let plan = '';

globalThis.addEventListener('message', ({ data }) => {
  const start = performance.now();
  answer(data).then(
    () => postMessage({ took: performance.now() - start }),
    (/** @type {Error} */ error) => postMessage({ message: error.stack ?? error.message }),
  );
});

/** @param {import('./run-memory.mjs').Batch & { do: 'open' | 'plan' | 'send' | 'reopen' | 'collect' }} task */
async function answer(task) {
  switch (task.do) {
    case 'open':
      return open(task);
    case 'plan': {
      const planned = await engine.runs.plan({ selection: 'resolve' });
      if (!planned.ok) throw new Error(planned.failure.message);
      if (planned.value.calls !== task.rows) throw new Error(`${planned.value.calls} calls are planned.`);
      plan = planned.value.id;
      return;
    }
    case 'send': {
      const { totals } = await engine.runs.start(plan, () => {});
      if (totals.created !== task.rows) throw new Error(`Created: ${totals.created} of ${task.rows}.`);
      return;
    }
    case 'reopen':
      return reopen(task);
    case 'collect':
      collectGarbage();
      // Memory of a finished request is freed in a later task.
      await new Promise((later) => setTimeout(later, 1000));
      collectGarbage();
      return;
  }
}

/** @param {import('./run-memory.mjs').Batch} batch */
async function reopen({ rows }) {
  const later = newEngine();
  const view = await later.runs.view(plan);
  const query = { sort: { by: /** @type {const} */ ('source'), descending: false }, states: [], search: '' };
  const { total } = await later.runs.rows(plan, query, 0, 50);
  if (view?.totals.created !== rows || total !== rows)
    throw new Error(`Reopened: ${total} of ${rows} rows, ${view?.totals.created} created.`);
}

/** @param {import('./run-memory.mjs').Batch} batch */
async function open({ address, token, project, rows }) {
  const base = `${address}sandbox`;
  const server = { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: 90 };
  const connected = await engine.session.connect(server, token);
  if (!connected.ok) throw new Error(connected.failure.message);
  await engine.batch.setProject(project);
  const opened = await engine.batch.openFiles([
    new File([await (await fetch('/batch.json')).blob()], 'batch.json'),
  ]);
  if (!opened.ok) throw new Error(JSON.stringify(opened));
  const { text } = opened;
  const { errors, rows: valid } = await engine.batch.check(text);
  if (errors > 0 || valid !== rows) throw new Error(`${errors} errors, ${valid} valid rows of ${rows}.`);
}
