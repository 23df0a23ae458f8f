/*
 * `npm start`: installs and builds what is missing or out of date, then serves the app.
 * This file must run on old versions of Node (see node-version.mjs), so everything else is imported after the check.
 */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

async function start() {
  const { readOptions } = await import('./lib/options.mjs');
  const { checkPortIsFree, checkServerAnswers } = await import('./lib/start-checks.mjs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { ensureBuilt } = await import('./build.mjs');
  const { reportUserErrors } = await import('./lib/user-error.mjs');

  await reportUserErrors(async () => {
    // Checks come first, so that an error shows before the long install and build.
    const options = readOptions(process.argv.slice(2));
    await checkPortIsFree(options.port);
    if (options.labelStudio) await checkServerAnswers(options.labelStudio);

    await ensureInstalled();
    await ensureBuilt();

    const { serve } = await import('./serve.mjs');
    await serve(options);
  });
}

void start();
