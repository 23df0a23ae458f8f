import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../lib/root.mjs';

/** The first reviews of the sandbox; loading all of them would take longer than playing a schedule. */
const reviews = 300;

/**
 * Builds the fault test with the real code of the run, or with one mutation.
 * @param {import('./mutants.mjs').Mutant | undefined} mutant
 * @returns {Promise<typeof import('../../src/faults/main.ts')>}
 */
export async function loadFaultTest(mutant) {
  const { build } = await import('vite');
  const outDir = join(root, '.cache', 'faults', mutant?.name.replaceAll(/\W+/g, '-') ?? 'as-it-is');
  const left = new Set(mutant?.edits ?? []);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'src/faults/main.ts',
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      // Reading a module from disk takes real time, which the virtual clock doesn’t include.
      rolldownOptions: { output: { codeSplitting: false } },
    },
    plugins: [
      {
        name: 'smaller-sandbox',
        enforce: 'pre',
        transform(code, id) {
          if (id.endsWith('seeds/sandbox/reviews.json'))
            return JSON.stringify(JSON.parse(code).slice(0, reviews));
          // Empty results are valid only if no answer is required.
          return id.endsWith('seeds/sandbox/projects.json')
            ? code.replaceAll(/ required=..true../g, '')
            : undefined;
        },
      },
      {
        name: 'mutant',
        enforce: 'pre',
        transform(code, id) {
          let changed = code;
          for (const edit of left)
            if (id.endsWith(edit.file)) {
              left.delete(edit);
              const parts = changed.split(edit.find);
              if (parts.length !== 2)
                throw new Error(`${edit.file} has ${parts.length - 1} times: ${edit.find}`);
              changed = parts.join(edit.replace);
            }
          return changed;
        },
      },
    ],
  });
  const [edit] = left;
  if (edit) throw new Error(`The fault test doesn’t use ${edit.file}, which the mutant changes.`);
  return import(pathToFileURL(join(outDir, 'main.js')).href);
}
