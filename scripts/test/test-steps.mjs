import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../build.mjs';
import { outcome, playwright, sum, vitest } from './test-runners.mjs';
import { liveTests, withoutServer } from './live-tests.mjs';
import { root } from '../lib/root.mjs';
import { run, runTool } from '../lib/run.mjs';

/** @typedef {import('./test-runners.mjs').Outcome} Outcome */

/** @type {Map<string, () => Promise<Outcome>>} */
export const steps = new Map(
  Object.entries({
    types: () => tool('tsc', []),
    purity,
    lint: () => tool('oxlint', []),
    format: () =>
      tool('prettier', [
        '--check',
        '.',
        '--log-level=warn',
        '--cache',
        '--cache-strategy=content',
        '--cache-location=.cache/prettier',
      ]),
    unused: () => tool('knip', []),
    unit: () => vitest([], withoutServer),
    faults,
    build,
    e2e: () => playwright([], withoutServer),
    live: () => liveTests({ isWhole: false }),
  }),
);

/** Steps that neither change files nor depend on real time, so they may run at the same time as others. */
export const concurrent = new Set(['types', 'purity', 'lint', 'format', 'unused', 'faults']);

/**
 * @param {Parameters<typeof runTool>[0]} name
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
async function tool(name, args) {
  const { ok, output } = await runTool(name, args);
  return ok ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0, output };
}

/** Folders with their own tsconfig.json must compile without browser and Node types. */
async function purity() {
  const folders = readdirSync(join(root, 'src')).filter((name) =>
    existsSync(join(root, 'src', name, 'tsconfig.json')),
  );
  const outcomes = [];
  for (const folder of folders) outcomes.push(await tool('tsc', ['-p', `src/${folder}`]));
  return sum(outcomes);
}

/** Each schedule counts as a test. */
async function faults() {
  const { ok, output } = await run(process.execPath, ['scripts/test-faults.mjs', '--schedules', '600']);
  const [, schedules = 0, broken = 1] = /^(\d+) schedules, (\d+) broken$/m.exec(output) ?? [];
  return outcome(ok, Number(schedules) - Number(broken), Number(broken), 0, output);
}

/** @returns {Promise<Outcome>} */
async function build() {
  await ensureBuilt();
  return { passed: 1, failed: 0, skipped: 0 };
}
