/*
 * `npm start`: installs and builds what is missing or out of date, then serves the app.
 * This file must run on old versions of Node (see node-version.mjs), so everything else is imported after the check.
 */
import { refuseOldNode } from './node-version.mjs';

refuseOldNode();

async function start() {
  const { readOptions } = await import('./options.mjs');
  const { checkPortIsFree, checkServerAnswers } = await import('./start-checks.mjs');
  const { ensureInstalled } = await import('./install.mjs');
  const { ensureBuilt } = await import('./build.mjs');
  const { reportUserErrors } = await import('./user-error.mjs');

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
