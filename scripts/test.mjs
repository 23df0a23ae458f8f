/*
 * `npm test`: everything there is to check, on a fresh clone, to one closing line. `npm test -- lint unit` runs those
 * steps only. Every step runs whatever became of the ones before it, so that one run shows all there is to mend.
 */
import { refuseOldNode } from './node-version.mjs';

refuseOldNode();

async function test() {
  const { ensureInstalled } = await import('./install.mjs');
  const { explain, Explained } = await import('./explain.mjs');

  await explain(async () => {
    await ensureInstalled();

    const { steps } = await import('./test-steps.mjs');
    const asked = process.argv.slice(2);
    const unknown = asked.filter((name) => !steps.has(name));
    if (unknown.length > 0)
      throw new Explained(`Unknown step: ${unknown.join(', ')}. Steps: ${[...steps.keys()].join(', ')}`, 2);

    const total = { passed: 0, failed: 0, skipped: 0 };
    for (const [name, step] of steps) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      process.stdout.write(`${name} … `);
      const start = performance.now();
      const outcome = await step().catch((/** @type {unknown} */ error) => {
        const output =
          error instanceof Explained ? error.message : error instanceof Error ? error.stack : String(error);
        return { passed: 0, failed: 1, skipped: 0, output: `${output}\n` };
      });
      console.log(`${inWords(outcome)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      if (outcome.output) process.stdout.write(`${outcome.output.trimEnd()}\n\n`);
      total.passed += outcome.passed;
      total.failed += outcome.failed;
      total.skipped += outcome.skipped;
    }

    console.log(`\n${inWords(total)}`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  });
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

void test();
