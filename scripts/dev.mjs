/* `npm run dev`: the app with hot reload, and the same sandbox and proxy as `npm start`, from the sources. */
import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();

async function dev() {
  const { readOptions } = await import('./lib/options.mjs');
  const { checkPortIsFree } = await import('./lib/start-checks.mjs');
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { reportUserErrors } = await import('./lib/user-error.mjs');

  await reportUserErrors(async () => {
    const options = readOptions(process.argv.slice(2));
    await checkPortIsFree(options.port);
    await ensureInstalled();

    const { createServer } = await import('vite');
    const { backendInDev } = await import('./lib/backend-in-dev.mjs');
    const vite = await createServer({
      plugins: [backendInDev(options)],
      server: { host: '127.0.0.1', port: options.port, strictPort: true },
    });
    await vite.listen();
    vite.printUrls();
  });
}

void dev();
