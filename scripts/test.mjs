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

    const { steps } = await import('./test-steps.mjs');
    const requested = process.argv.slice(2);
    const unknown = requested.filter((name) => !steps.has(name));
    if (unknown.length > 0)
      throw new UserError(`Unknown step: ${unknown.join(', ')}. Steps: ${[...steps.keys()].join(', ')}`, 2);

    const total = { passed: 0, failed: 0, skipped: 0 };
    for (const [name, step] of steps) {
      if (requested.length > 0 && !requested.includes(name)) continue;
      process.stdout.write(`${name} … `);
      const start = performance.now();
      const outcome = await step().catch((/** @type {unknown} */ error) => {
        const output =
          error instanceof UserError ? error.message : error instanceof Error ? error.stack : String(error);
        return { passed: 0, failed: 1, skipped: 0, output: `${output}\n` };
      });
      console.log(`${summary(outcome)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      if (outcome.output) process.stdout.write(`${outcome.output.trimEnd()}\n\n`);
      total.passed += outcome.passed;
      total.failed += outcome.failed;
      total.skipped += outcome.skipped;
    }

    console.log(`\n${summary(total)}`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  });
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

void test();
