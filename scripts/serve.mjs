/* Serves what has been built. `npm start` ends here, and end-to-end tests begin here. */
import { pathToFileURL } from 'node:url';
import { portTrouble } from './before-serving.mjs';
import { explain, Explained } from './explain.mjs';
import { readOptions } from './options.mjs';

/** @param {import('./options.mjs').Options} options */
export async function serve(options) {
  /** @type {typeof import('../src/server/main.ts')} */
  const { startServer } = await import(new URL('../dist/server/main.js', import.meta.url).href);
  const server = await startServer(options).catch((error) => {
    throw new Explained(portTrouble(options.port, error));
  });
  console.log(`Sheaf is running at ${server.address}`);
  if (options.labelStudio) console.log(`You can connect to ${options.labelStudio} or the sandbox.`);

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await explain(() => serve(readOptions(process.argv.slice(2))));
}
