import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { UserError } from './user-error.mjs';
import { ensureLabelStudio, startLabelStudio } from './label-studio.mjs';
import { root } from './root.mjs';
import { run, runTool } from './run.mjs';

/**
 * A tool counts as one test; in a test runner each test counts.
 * @typedef {{ passed: number, failed: number, skipped: number, output?: string }} Outcome `output` is set only if it should be printed
 */

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
    unit: () => vitest([], { [liveUrl]: undefined }),
    faults,
    build,
    e2e: () => playwright([], { [liveUrl]: undefined }),
    live,
  }),
);

/** Steps that only read the sources, so they may run at the same time. */
export const tools = new Set(['types', 'purity', 'lint', 'format', 'unused']);

/**
 * Environment variable with the address of a real Label Studio. Without it `*.live.spec.ts` and tests tagged `@live` are skipped
 * (vite.config.ts, e2e/playwright.config.ts).
 */
const liveUrl = 'SHEAF_LABEL_STUDIO_URL';
const liveToken = 'SHEAF_LABEL_STUDIO_TOKEN';

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

/** Tests against a real server: the sandbox and the app could share the same mistake. */
async function live() {
  const given = process.env[liveUrl];
  if (given) return liveTests({ url: given, token: process.env[liveToken] ?? '' });
  try {
    await ensureLabelStudio();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      passed: 0,
      failed: 0,
      skipped: await countLiveTests(),
      output: `Live tests skipped: ${error.message}`,
    };
  }
  const server = await startLabelStudio();
  try {
    return await liveTests(server);
  } finally {
    await server.stop();
  }
}

/** @param {{ url: string, token: string }} server */
async function liveTests({ url, token }) {
  const env = { [liveUrl]: url, [liveToken]: token };
  // Both share one server, so they run one after the other.
  return sum([await vitest(['.live.spec'], env), await playwright(['--grep=@live'], env)]);
}

async function countLiveTests() {
  const env = { [liveUrl]: 'http://nowhere.invalid' };
  const specs = await runTool('vitest', ['list', '.live.spec'], { env });
  const e2e = await runTool(
    'playwright',
    ['test', '--config=e2e', '--grep=@live', '--list', '--pass-with-no-tests'],
    { env },
  );
  const specCount = specs.output.split('\n').filter((line) => line.includes('.live.spec.ts > ')).length;
  return specCount + Number(/^Total: (\d+) test/m.exec(e2e.output)?.[1] ?? 0);
}

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 */
async function vitest(args, env) {
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
async function playwright(args, env) {
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
function outcome(ok, passed, failed, skipped, output) {
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
const sum = (outcomes) => ({
  passed: outcomes.reduce((total, { passed }) => total + passed, 0),
  failed: outcomes.reduce((total, { failed }) => total + failed, 0),
  skipped: outcomes.reduce((total, { skipped }) => total + skipped, 0),
  output: outcomes.map(({ output }) => output ?? '').join(''),
});
