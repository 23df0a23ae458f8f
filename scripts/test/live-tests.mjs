import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureLabelStudio, startLabelStudio } from '../label-studio.mjs';
import { root } from '../lib/root.mjs';
import { runTool } from '../lib/run.mjs';
import { playwright, sum, vitest } from './test-runners.mjs';
import { UserError } from '../lib/user-error.mjs';

/**
 * Environment variable with the address of a real Label Studio. Without it the tests of `kinds` are skipped
 * (vite.config.ts, e2e/playwright.config.ts).
 */
const liveUrl = 'SHEAF_LABEL_STUDIO_URL';
const liveToken = 'SHEAF_LABEL_STUDIO_TOKEN';

/** Environment without a real server, for the tests against the sandbox. */
export const withoutServer = { [liveUrl]: undefined };

/** `live` is the bounded part, which `npm test` runs too. */
const kinds = {
  live: { spec: '.live.spec.ts', tag: '@live' },
  whole: { spec: '.label-studio.spec.ts', tag: '@label-studio' },
};

/**
 * @typedef {object} Choice
 * @property {boolean} isWhole false for the bounded part only
 * @property {string[]} [only] parts of file names
 */

/**
 * Tests against a real server, because sandbox and app could share the same mistake. If none can be installed, they
 * count as skipped.
 * @param {Choice} choice
 * @returns {Promise<import('./test-runners.mjs').Outcome>}
 */
export async function liveTests(choice) {
  const given = process.env[liveUrl];
  if (given) return runTests(choice, { url: given, token: process.env[liveToken] ?? '' });
  try {
    await ensureLabelStudio();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      passed: 0,
      failed: 0,
      skipped: await countTests(choice),
      output: `Live tests skipped: ${error.message}`,
    };
  }
  const server = await startLabelStudio();
  try {
    return await runTests(choice, server);
  } finally {
    await server.stop();
  }
}

/**
 * @param {Choice} choice
 * @param {{ url: string, token: string }} server
 */
async function runTests(choice, { url, token }) {
  const env = { [liveUrl]: url, [liveToken]: token };
  const files = specFiles(choice);
  // Both share one server, so they run one after the other.
  return sum([
    ...(files.length > 0 ? [await vitest(files, env)] : []),
    await playwright(e2eArguments(choice), env),
  ]);
}

/** @param {Choice} choice */
async function countTests(choice) {
  const env = { [liveUrl]: 'http://nowhere.invalid' };
  const files = specFiles(choice);
  const specs = files.length > 0 ? await runTool('vitest', ['list', ...files], { env }) : { output: '' };
  const e2e = await runTool(
    'playwright',
    ['test', '--config=e2e', ...e2eArguments(choice), '--list', '--pass-with-no-tests'],
    { env },
  );
  const specCount = specs.output.split('\n').filter((line) => line.includes('.spec.ts > ')).length;
  return specCount + Number(/^Total: (\d+) test/m.exec(e2e.output)?.[1] ?? 0);
}

/** @param {Choice} choice */
const chosenKinds = ({ isWhole }) => (isWhole ? [kinds.live, kinds.whole] : [kinds.live]);

/** @param {Choice} choice */
const specFiles = (choice) =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => chosenKinds(choice).some(({ spec }) => name.endsWith(spec)))
    .map((name) => join('src', name))
    .filter((name) => !choice.only?.length || choice.only.some((part) => name.includes(part)));

/** @param {Choice} choice */
const e2eArguments = (choice) => [
  // On SQLite the server fails where two write at once, and does some of it twice.
  '--workers=1',
  `--grep=${chosenKinds(choice)
    .map(({ tag }) => tag)
    .join('|')}`,
  ...(choice.only ?? []),
];
