/* Serves the built app: the last step of `npm start`, and the server of the end-to-end tests. */
import { pathToFileURL } from 'node:url';
import { portMessage } from './lib/start-checks.mjs';
import { reportUserErrors, UserError } from './lib/user-error.mjs';
import { readOptions } from './lib/options.mjs';

/** @param {import('./lib/options.mjs').Options} options */
export async function serve(options) {
  /** @type {typeof import('../src/server/main.ts')} */
  const { startServer } = await import(new URL('../dist/server/main.js', import.meta.url).href);
  const server = await startServer(options).catch((error) => {
    throw new UserError(portMessage(options.port, error));
  });
  console.log(`Sheaf is running at ${server.address}`);
  if (options.labelStudio) console.log(`You can connect to ${options.labelStudio} or the sandbox.`);

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await reportUserErrors(() => serve(readOptions(process.argv.slice(2))));
}
