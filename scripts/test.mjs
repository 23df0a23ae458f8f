/*
 * `npm test`: runs all checks on a fresh clone and prints a summary. `npm test -- lint unit` runs only those
 * steps. A failing step doesn't stop the next ones, so one run shows every failure.
 */
import { refuseOldNode } from './node-version.mjs';

refuseOldNode();

async function test() {
  const { ensureInstalled } = await import('./install.mjs');
  const { reportUserErrors, UserError } = await import('./user-error.mjs');

  await reportUserErrors(async () => {
    await ensureInstalled();

    const { steps, tools } = await import('./test-steps.mjs');
    const requested = process.argv.slice(2);
    const unknown = requested.filter((name) => !steps.has(name));
    if (unknown.length > 0)
      throw new UserError(`Unknown step: ${unknown.join(', ')}. Steps: ${[...steps.keys()].join(', ')}`, 2);

    const total = { passed: 0, failed: 0, skipped: 0 };
    const wanted = [...steps].filter(([name]) => requested.length === 0 || requested.includes(name));
    // Tools mostly keep one processor busy, so they start together.
    const running = new Map(
      wanted.filter(([name]) => tools.has(name)).map(([name, step]) => [name, timed(step)]),
    );
    for (const [name, step] of wanted) {
      process.stdout.write(`${name} … `);
      const { outcome, seconds } = await (running.get(name) ?? timed(step));
      console.log(`${summary(outcome)} (${seconds.toFixed(1)} s)`);
      if (outcome.output) process.stdout.write(`${outcome.output.trimEnd()}\n\n`);
      total.passed += outcome.passed;
      total.failed += outcome.failed;
      total.skipped += outcome.skipped;
    }

    console.log(`\n${summary(total)}`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  });
}

/**
 * Runs a step to its end, whatever happens in it.
 * @param {() => Promise<import('./test-steps.mjs').Outcome>} step
 */
async function timed(step) {
  const start = performance.now();
  const { UserError } = await import('./user-error.mjs');
  const outcome = await step().catch((/** @type {unknown} */ error) => {
    const output =
      error instanceof UserError ? error.message : error instanceof Error ? error.stack : String(error);
    return { passed: 0, failed: 1, skipped: 0, output: `${output}\n` };
  });
  return { outcome, seconds: (performance.now() - start) / 1000 };
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

void test();
