/*
 * `npm start`: from a fresh clone to a page in the browser. Installs and builds what is missing or stale, then serves.
 * Old Nodes must be able to read this file (see node-version.mjs), so everything else is imported after the check.
 */
import { refuseOldNode } from './node-version.mjs';

refuseOldNode();

async function start() {
  const { readOptions } = await import('./options.mjs');
  const { checkPortIsFree, checkServerAnswers } = await import('./before-serving.mjs');
  const { ensureInstalled } = await import('./install.mjs');
  const { ensureBuilt } = await import('./build.mjs');
  const { explain } = await import('./explain.mjs');

  await explain(async () => {
    // What would make all the waiting pointless is looked at first.
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
