import { createServer } from 'node:http';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumArgs, ensureChromium } from '../lib/chromium.mjs';
import { root } from '../lib/root.mjs';

/**
 * Chromium as in the end-to-end tests, with exposed garbage collection and precise memory info, so that no measurement
 * pays for the previous one.
 */
export async function launch() {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      ...chromiumArgs,
      '--js-flags=--expose-gc',
      '--enable-precise-memory-info',
      '--enable-blink-features=ForceEagerMeasureMemory',
    ],
  });
}

/** As strict as the app’s headers, and isolated, which measuring memory requires. */
const headers = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; worker-src 'self'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Serves an empty page and a worker that measures, built like the app’s worker.
 * @param {string} name of a file in this folder
 * @param {string} origin that the worker may connect to, besides its own
 */
export async function serveWorker(name = 'figures.worker.mjs', origin = '') {
  const script = await buildWorker(name);
  const server = createServer((request, response) => {
    const isScript = request.url === '/worker.js';
    response.writeHead(200, {
      ...headers,
      'Content-Security-Policy': `${headers['Content-Security-Policy']}; connect-src 'self' ${origin}`,
      'Content-Type': isScript ? 'text/javascript' : 'text/html',
    });
    response.end(
      isScript ? script : '<!doctype html><title>Benchmark</title><link rel="icon" href="data:,">',
    );
  });
  await new Promise((listening) => {
    server.listen(0, '127.0.0.1', () => listening(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    address: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * One script with all of its imports.
 * @param {string} name of a file in this folder
 */
export async function buildWorker(name) {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      target: 'es2023',
      write: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: `${root}scripts/bench/${name}`,
        // The server answers one file.
        output: { codeSplitting: false },
      },
    },
  });
  const [chunk] = 'output' in built ? built.output : [];
  if (chunk?.type !== 'chunk') throw new Error('The worker of the benchmark was not built.');
  return chunk.code;
}

/**
 * Opens a worker in a separate page, so that no measurement is affected by memory of another.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 */
export async function openWorker(browser, address) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.evaluate(() => {
    const worker = new Worker('/worker.js', { type: 'module' });
    Object.assign(globalThis, { worker });
  });
  return {
    page,
    /** @param {import('./figures.worker.mjs').Task | import('./figures.worker.mjs').WorstTask | import('./figures.worker.mjs').RealTask | import('./figures.worker.mjs').Order | import('./run-speed.worker.mjs').RunSpeedTask} task */
    async ask(task) {
      const answer = await page.evaluate(async (sent) => {
        const { worker } = /** @type {{ worker: Worker }} */ (/** @type {unknown} */ (globalThis));
        return new Promise((resolve) => {
          worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
          worker.addEventListener('error', ({ message }) => resolve({ ok: false, message }), { once: true });
          worker.postMessage(sent, []);
        });
      }, task);
      const { ok, value, message } = /** @type {{ ok: boolean, value?: unknown, message?: string }} */ (
        answer
      );
      if (!ok) throw new Error(message);
      return value;
    },
    close: () => page.close(),
  };
}
