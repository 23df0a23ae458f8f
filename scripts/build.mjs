import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportUserErrors, UserError } from './lib/user-error.mjs';
import { fingerprint, readIfThere } from './lib/fingerprint.mjs';
import { withLock } from './lib/lock.mjs';
import { root } from './lib/root.mjs';
import { runTool } from './lib/run.mjs';

const stamp = join(root, 'dist/.built-from');

/** Files that the build depends on. */
const sources = () =>
  fingerprint(
    ['src', 'seeds', 'public', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json'],
    (path) => !path.endsWith('.spec.ts'),
  );

/** Builds the app (dist/app) and its server (dist/server) unless they are up to date. */
export async function ensureBuilt() {
  if (readIfThere(stamp) === sources()) return;
  await withLock(join(root, '.cache/build-lock'), 'Waiting for another build to finish …', async () => {
    const wanted = sources();
    if (readIfThere(stamp) === wanted) return;
    console.log('Building …');
    // Vitest sets NODE_ENV to “test”, with which Vite would make a development build.
    const { ok, output } = await runTool('vite', ['build'], { env: { NODE_ENV: 'production' } });
    if (!ok) throw new UserError(`${output}\nThe build failed. See Vite’s output above.`);
    writeFileSync(stamp, wanted);
  });
}

const cliStamp = join(root, 'dist/.cli-built-from');

const cliSources = () =>
  fingerprint(
    [
      'src/cli',
      'src/config',
      'src/domain',
      'src/wire',
      'vite.config.ts',
      'package.json',
      'package-lock.json',
    ],
    (path) => !path.endsWith('.spec.ts'),
  );

/** Builds the command line tool (dist/cli) unless it is up to date. Prints nothing. */
export async function ensureCliBuilt() {
  if (readIfThere(cliStamp) === cliSources()) return;
  await withLock(join(root, '.cache/cli-build-lock'), 'Waiting for another build to finish …', async () => {
    const wanted = cliSources();
    if (readIfThere(cliStamp) === wanted) return;
    const { build } = await import('vite');
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: 'src/cli/check-batch.ts',
        outDir: 'dist/cli',
        emptyOutDir: true,
        copyPublicDir: false,
        target: 'node20',
      },
    });
    writeFileSync(cliStamp, wanted);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await reportUserErrors(ensureBuilt);
