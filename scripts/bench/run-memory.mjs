import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { root } from '../lib/root.mjs';
import { buildWorker } from './browser.mjs';
import { residentIn, residentRenderers } from './memory.mjs';

/**
 * The page’s report after each phase; `bytes` is the memory kept after garbage collection.
 * @typedef {{ phase: 'start' | 'open' | 'plan' | 'send' | 'reopen', bytes: number, took: number, message?: string }} Report
 * @typedef {{ address: string, token: string, project: number, firstTask: number, rows: number }} Batch
 */

/** The prefix of the figure’s name. */
export const runMemory = 'Memory of a run';
/** The name of the figure for the same run. */
export const reopenedCalls = 'Reopening a run of calls';

const labelConfig = `<View><Text name="text" value="$text"/><TextArea name="note" toName="text"/><Number name="score" toName="text"/>
  <Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>`;

/**
 * Peak memory above the text while distinct rows are planned, sent and read back, one call each: 20,000 rows, or
 * 100,000 if this figure is requested by name.
 * @param {import('playwright').Browser} browser
 * @param {string} address of a Sheaf server with an Enterprise sandbox
 * @param {{ rows: number, only: string }} options
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureRunMemory(browser, address, { rows: most, only }, found) {
  const rows = Math.min(most, only === '' ? 20_000 : 100_000);
  const growth = await growthOfRun(browser, address, rows);
  if (!growth) return;
  const [planned, kept] = [growth.planned, growth.kept].map((bytes) => Math.round(bytes / rows));
  found({
    name: `${runMemory} of ${rows.toLocaleString('en')} rows that all differ`,
    value: growth.peak / 1e6,
    goal: rows > 20_000 ? 300 : 200,
    unit: 'MB',
    how: `above the text at the peak; of each call ${planned} bytes are kept once it is planned, ${kept} at the end`,
  });
  found({
    name: reopenedCalls,
    value: growth.reopened / 1000,
    goal: (3 * rows) / 100_000,
    unit: 's',
    how: `the same run of ${rows.toLocaleString('en')} calls, from the store to the first rows of its table`,
  });
}

/** @typedef {{ planned: number, kept: number, peak: number, reopened: number }} Growth in bytes above the checked text; milliseconds */

/**
 * Undefined if the system doesn’t report the memory of a process. The page is opened without developer tools, whose
 * record of requests would count.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {number} rows
 * @returns {Promise<Growth | undefined>}
 */
async function growthOfRun(browser, address, rows) {
  const batch = { ...(await createSandboxTasks(address, rows)), address, rows };
  const page = await servePage(batch);
  const session = await browser.newBrowserCDPSession();
  const { browserContextId } = await session.send('Target.createBrowserContext');
  let peak = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    await session.send('Target.createTarget', { url: page.address, browserContextId });
    await page.nextReport();
    const atStart = await residentRenderers(browser);
    const opened = await page.nextReport();
    // The page’s process is the one that has grown by the text; another one is idle.
    const pid = [...atStart.keys()].toSorted(
      (one, other) => grownBy(other, atStart) - grownBy(one, atStart),
    )[0];
    if (pid === undefined) return undefined;
    timer = setInterval(() => (peak = Math.max(peak, grownBy(pid, atStart))), 20);
    const planned = await page.nextReport();
    const sent = await page.nextReport();
    const growth = {
      planned: planned.bytes - opened.bytes,
      kept: sent.bytes - opened.bytes,
      peak: peak - page.textBytes,
    };
    return { ...growth, reopened: (await page.nextReport()).took };
  } finally {
    clearInterval(timer);
    await session.send('Target.disposeBrowserContext', { browserContextId });
    await session.detach();
    page.close();
  }
}

/**
 * @param {number} pid
 * @param {ReadonlyMap<number, number>} since
 */
const grownBy = (pid, since) => (residentIn(pid) ?? 0) - (since.get(pid) ?? 0);

/**
 * A project with a task for each row, in the sandbox of a Sheaf server.
 * @param {string} address
 * @param {number} rows
 */
export async function createSandboxTasks(address, rows) {
  const [{ legacyToken: token }] = JSON.parse(readFileSync(`${root}/seeds/sandbox/users.json`, 'utf8'));
  return { token, ...(await createTasks({ url: `${address}sandbox`, token }, rows)) };
}

/**
 * A project with a task for each row.
 * @param {{ url: string, token: string }} server
 * @param {number} rows
 */
export async function createTasks({ url, token }, rows) {
  const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
  /** @type {(path: string, body?: unknown) => Promise<any>} */
  const ask = async (path, body) => {
    const answer = await fetch(`${url}${path}`, {
      headers,
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!answer.ok)
      throw new Error(`The server answered ${answer.status} to ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const { id: project } = await ask('/api/projects/', { title: `${rows} moods`, label_config: labelConfig });
  for (let from = 0; from < rows; from += 10_000) {
    const tasks = Array.from({ length: Math.min(10_000, rows - from) }, (_, at) => ({
      text: `task ${from + at}`,
    }));
    await ask(`/api/projects/${project}/import`, tasks);
  }
  const { tasks } = await ask(`/api/tasks/?project=${project}&page_size=1&fields=all`);
  return { project, firstTask: Number(tasks[0].id) };
}

/**
 * Distinct requests with a choice, a note and a number each.
 * @param {Batch} batch
 */
function writeBatch({ firstTask, rows }) {
  /** @type {(name: string, type: string, value: object) => object} */
  const region = (name, type, value) => ({ from_name: name, to_name: 'text', type, value });
  const lines = Array.from({ length: rows }, (_, row) =>
    JSON.stringify({
      task: firstTask + row,
      result: [
        region('mood', 'choices', { choices: [row % 3 === 0 ? 'Bad' : 'Good'] }),
        region('note', 'textarea', { text: [`seen in photo ${(row * 7919) % 1_000_003}`] }),
        region('score', 'number', { number: row }),
      ],
    }),
  );
  return `[${lines.join(',\n')}]`;
}

/**
 * Serves a page that runs the batch and reports.
 * @param {Batch} batch
 */
async function servePage(batch) {
  const text = writeBatch(batch);
  const files = new Map([
    [
      '/',
      '<!doctype html><title>Benchmark</title><link rel="icon" href="data:,"><script src="/page.js"></script>',
    ],
    ['/page.js', `(${runInPage.toString()})(${JSON.stringify(batch)})`],
    ['/worker.js', await buildWorker('run.worker.mjs')],
    ['/batch.json', text],
  ]);
  /** @type {Report[]} */
  const reports = [];
  let announce = () => {};
  let goOn = () => {};
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    const file = files.get(url);
    if (url === '/report') {
      let text = '';
      request.on('data', (piece) => (text += piece));
      request.on('end', () => {
        reports.push(JSON.parse(text));
        goOn = () => response.end();
        announce();
      });
    } else {
      response.writeHead(200, {
        'Content-Security-Policy': `default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self' ${new URL(batch.address).origin}`,
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Content-Type': url.endsWith('.js') ? 'text/javascript' : 'text/html',
      });
      response.end(file ?? '');
    }
  });
  await new Promise((listening) => {
    server.listen(0, '127.0.0.1', () => listening(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}/`,
    textBytes: Buffer.byteLength(text),
    /** The page waits after each report until the next one is requested. */
    async nextReport() {
      goOn();
      while (reports.length === 0)
        await new Promise((arrived) => {
          announce = () => arrived(undefined);
        });
      const report = /** @type {Report} */ (reports.shift());
      if (report.message !== undefined) throw new Error(report.message);
      return report;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Sent to the page as text, so it can’t use anything outside.
 * @param {Batch} batch
 */
async function runInPage(batch) {
  const worker = new Worker('/worker.js', { type: 'module' });
  /** @type {(task: object) => Promise<number>} */
  const ask = async (task) => {
    const { message, took } = await new Promise((resolve) => {
      worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
      worker.addEventListener('error', ({ message }) => resolve({ message }), { once: true });
      worker.postMessage(task, []);
    });
    if (message !== undefined) throw new Error(message);
    return took;
  };
  /** @type {(report: object) => Promise<unknown>} */
  const report = (body) => fetch('/report', { method: 'POST', body: JSON.stringify(body) });
  try {
    for (const phase of ['start', 'open', 'plan', 'send', 'reopen']) {
      const took = phase === 'start' ? 0 : await ask({ ...batch, do: phase });
      await ask({ do: 'collect' });
      // @ts-expect-error Only Chromium has it.
      const { bytes } = await performance.measureUserAgentSpecificMemory();
      await report({ phase, bytes, took });
    }
  } catch (error) {
    await report({ message: String(error) });
  }
}
