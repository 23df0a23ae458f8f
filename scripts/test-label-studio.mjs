/*
 * `npm run test:label-studio`: all tests against a real Label Studio, which it installs and starts; `npm test` runs only
 * the short ones.
 */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

const help = `Usage: npm run test:label-studio -- [options] [WORD...]

Installs a Label Studio from PyPI (once per user, needs Python 3.10), starts it with empty data and runs all tests that
need one: the sandbox gives the same answers, and users get what Sheaf says they get. A WORD picks test files by name.

  --postgres    with PostgreSQL, from Debian's package, in place of SQLite
  --help        show this help`;

async function testLabelStudio() {
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { reportUserErrors } = await import('./lib/user-error.mjs');
  await reportUserErrors(async () => {
    await ensureInstalled();
    const { postgres, only } = await readOptions();
    if (postgres) process.env['SHEAF_LABEL_STUDIO_DATABASE'] = 'postgres';
    const { liveTests } = await import('./test/live-tests.mjs');
    const { announced, summary, timed } = await import('./test/test-runners.mjs');
    const { outcome } = await announced(
      'label studio',
      timed(() => liveTests({ isWhole: true, only })),
    );
    console.log(`\n${summary(outcome)}`);
    process.exitCode = outcome.failed > 0 ? 1 : 0;
  });
}

async function readOptions() {
  const { readCommandLine } = await import('./lib/command-line.mjs');
  const { values, positionals: only } = readCommandLine('npm run test:label-studio', help, {
    options: { postgres: { type: 'boolean', default: false }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  return { postgres: values.postgres, only };
}

void testLabelStudio();
