import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureChromium } from '../lib/chromium.mjs';
import { runTool } from '../lib/run.mjs';
import { UserError } from '../lib/user-error.mjs';

/**
 * A tool counts as one test; in a test runner each test counts.
 * @typedef {{ passed: number, failed: number, skipped: number, output?: string }} Outcome `output` is set only if it should be printed
 */

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 */
export async function vitest(args, env) {
  const report = reportFile();
  const reporters = ['--reporter=minimal', '--reporter=json', `--outputFile.json=${report}`];
  const { ok, output } = await runTool('vitest', ['run', ...args, '--passWithNoTests', ...reporters], {
    env,
  });

  const { testResults = [], ...counts } = read(report);
  const unreadable = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ { status, assertionResults }) =>
      status === 'failed' && assertionResults.length === 0,
  );
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = counts;
  const failed = numFailedTests + unreadable.length;
  return outcome(ok, numPassedTests, failed, numPendingTests + numTodoTests, output);
}

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 */
export async function playwright(args, env) {
  try {
    await ensureChromium();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { passed: 0, failed: 1, skipped: 0, output: `${error.message}\n` };
  }
  const report = reportFile();
  const { ok, output } = await runTool(
    'playwright',
    ['test', '--config=e2e', ...args, '--pass-with-no-tests', '--reporter=line,json'],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_FORCE_TTY: '0' } },
  );
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = read(report).stats ?? {};
  return outcome(ok, expected + flaky, unexpected, skipped, output);
}

/**
 * A run can fail without a failed test, for example by an error between tests.
 * @param {boolean} ok
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 * @param {string} output
 * @returns {Outcome}
 */
export function outcome(ok, passed, failed, skipped, output) {
  return ok ? { passed, failed, skipped } : { passed, failed: Math.max(failed, 1), skipped, output };
}

const reportFile = () => join(mkdtempSync(join(tmpdir(), 'sheaf-test-')), 'report.json');

/**
 * Reads and deletes a report. A run that ended early has none.
 * @param {string} report
 */
function read(report) {
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '{}';
  rmSync(dirname(report), { recursive: true });
  return JSON.parse(text);
}

/**
 * @param {Outcome[]} outcomes
 * @returns {Outcome}
 */
export const sum = (outcomes) => ({
  passed: outcomes.reduce((total, { passed }) => total + passed, 0),
  failed: outcomes.reduce((total, { failed }) => total + failed, 0),
  skipped: outcomes.reduce((total, { skipped }) => total + skipped, 0),
  output: outcomes.map(({ output }) => output ?? '').join(''),
});

/** @param {{ passed: number, failed: number, skipped: number }} counts */
export const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/**
 * Runs a step to its end, even if it throws.
 * @param {() => Promise<Outcome>} step
 */
export async function timed(step) {
  const start = performance.now();
  const outcome = await step().catch((/** @type {unknown} */ error) => {
    const output =
      error instanceof UserError ? error.message : error instanceof Error ? error.stack : String(error);
    return { passed: 0, failed: 1, skipped: 0, output: `${output}\n` };
  });
  return { outcome, seconds: (performance.now() - start) / 1000 };
}

/**
 * Prints the step’s name, and its result once it has ended.
 * @param {string} name
 * @param {ReturnType<typeof timed>} running
 */
export async function announced(name, running) {
  process.stdout.write(`${name} … `);
  const result = await running;
  const { outcome, seconds } = result;
  console.log(`${summary(outcome)} (${seconds.toFixed(1)} s)`);
  if (outcome.output) process.stdout.write(`${outcome.output.trimEnd()}\n\n`);
  return result;
}
