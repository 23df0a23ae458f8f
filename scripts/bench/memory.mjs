import { readFileSync } from 'node:fs';
import { openWorker } from './browser.mjs';

/**
 * @typedef {import('./figures.worker.mjs').Kind} Kind
 * @type {{ kind: Kind, name: string, most: number, goal: number }[]}
 */
const cases = [
  { kind: 'plain', name: 'CSV', most: 1_000_000, goal: 0.3 },
  { kind: 'repeated', name: 'JSON, five results', most: 1_000_000, goal: 0.3 },
  { kind: 'distinct', name: 'JSON, all distinct', most: 100_000, goal: 0.5 },
];

/**
 * Memory above the text, as a share of it: the peak growth of the worker’s process during the check, and what the
 * finished check keeps.
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {{ rows: number, only: string }} options
 * @param {(figure: import('./figure.mjs').Figure) => void} found
 */
export async function measureMemory(browser, address, { rows: maxRows, only }, found) {
  for (const { kind, name, most, goal } of cases) {
    const names = { peak: `Memory at its peak: ${name}`, kept: `Memory kept: ${name}` };
    if (!Object.values(names).some((one) => one.includes(only))) continue;
    const rows = Math.min(maxRows, most);
    const worker = await openWorker(browser, address);
    const bytes = Number(await worker.ask({ kind, rows, mistakes: 3, do: 'hold', seconds: 0 }));
    // Collected twice, with a pause: only then is memory used for creating the text returned to the system.
    await worker.ask('collect');
    await worker.ask('collect');
    await worker.page.waitForTimeout(1500);
    const heldBefore = await heldBy(worker.page);
    const { peak } = await watchPeak(browser, () => worker.ask('check'));
    await worker.ask('collect');
    const kept = (await heldBy(worker.page)) - heldBefore;
    await worker.ask('verify');
    await worker.close();
    const size = `${rows.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(1)} MB`;
    const how = (/** @type {number} */ above) => `${size}: ${(above / 1e6).toFixed(0)} MB above the text`;
    if (peak !== undefined) found({ name: names.peak, value: peak / bytes, goal, unit: '×', how: how(peak) });
    found({ name: names.kept, value: kept / bytes, goal: null, unit: '×', how: how(kept) });
  }
}

/**
 * In bytes, after a collection of garbage, worker and typed arrays included.
 * @param {import('playwright').Page} page
 */
function heldBy(page) {
  return page.evaluate(async () => {
    const { performance: clock } =
      /** @type {{ performance: { measureUserAgentSpecificMemory: () => Promise<{ bytes: number }> } }} */ (
        /** @type {unknown} */ (globalThis)
      );
    return (await clock.measureUserAgentSpecificMemory()).bytes;
  });
}

/**
 * The peak growth of a page’s largest process during some work, sampled every 5 ms. Only on Linux.
 * @param {import('playwright').Browser} browser
 * @param {() => Promise<unknown>} work
 * @returns {Promise<{ peak: number | undefined }>}
 */
async function watchPeak(browser, work) {
  const pages = await residentRenderers(browser);
  const [[pid, before] = []] = [...pages].toSorted(([, one], [, other]) => other - one);
  if (pid === undefined || before === undefined) {
    await work();
    return { peak: undefined };
  }
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, residentIn(pid) ?? 0)), 5);
  await work();
  clearInterval(timer);
  return { peak: most - before };
}

/**
 * Resident memory of the processes of all pages, by process; empty where the system doesn't tell it.
 * @param {import('playwright').Browser} browser
 * @returns {Promise<Map<number, number>>}
 */
export async function residentRenderers(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return new Map(
    pages.flatMap((pid) => {
      const resident = residentIn(pid);
      return resident === undefined ? [] : [[pid, resident]];
    }),
  );
}

/**
 * Seconds that the processors have spent on the processes of all pages.
 * @param {import('playwright').Browser} browser
 */
export async function processorSeconds(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0);
}

/** @param {number} pid */
export function residentIn(pid) {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
