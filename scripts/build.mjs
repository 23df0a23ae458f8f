import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { explain, Explained } from './explain.mjs';
import { fingerprint, readIfThere } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { root } from './root.mjs';
import { runTool } from './run.mjs';

const stamp = join(root, 'dist/.built-from');

/** Everything that can change what is built. */
const sources = () =>
  fingerprint(
    ['src', 'seeds', 'public', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json'],
    (path) => !path.endsWith('.spec.ts'),
  );

/** Builds the app (dist/app) and its server (dist/server), unless what is there was made from these very sources. */
export async function ensureBuilt() {
  if (readIfThere(stamp) === sources()) return;
  await withLock(join(root, '.cache/build-lock'), 'Waiting for another build …', async () => {
    const wanted = sources();
    if (readIfThere(stamp) === wanted) return;
    console.log('Building …');
    const { ok, output } = await runTool('vite', ['build']);
    if (!ok) throw new Explained(`${output}\nThe build failed; vite says why above.`);
    writeFileSync(stamp, wanted);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await explain(ensureBuilt);
