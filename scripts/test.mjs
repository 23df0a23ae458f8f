/*
 * `npm test`: runs all checks on a fresh clone and prints a summary. `npm test -- lint unit` runs only those
 * steps. A failing step doesn't stop the next ones, so one run shows every failure.
 */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

async function test() {
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { reportUserErrors, UserError } = await import('./lib/user-error.mjs');

  await reportUserErrors(async () => {
    await ensureInstalled();

    const { concurrent, steps } = await import('./test/test-steps.mjs');
    const { announced, summary, timed } = await import('./test/test-runners.mjs');
    const requested = process.argv.slice(2);
    const unknown = requested.filter((name) => !steps.has(name));
    if (unknown.length > 0)
      throw new UserError(`Unknown step: ${unknown.join(', ')}. Steps: ${[...steps.keys()].join(', ')}`, 2);

    const total = { passed: 0, failed: 0, skipped: 0 };
    const wanted = [...steps].filter(([name]) => requested.length === 0 || requested.includes(name));
    // They mostly keep one processor busy, so they start together.
    const running = new Map(
      wanted.filter(([name]) => concurrent.has(name)).map(([name, step]) => [name, timed(step)]),
    );
    for (const [name, step] of wanted) {
      const { outcome } = await announced(name, running.get(name) ?? timed(step));
      total.passed += outcome.passed;
      total.failed += outcome.failed;
      total.skipped += outcome.skipped;
    }

    console.log(`\n${summary(total)}`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  });
}

void test();
