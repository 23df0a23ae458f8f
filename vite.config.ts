import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Whether there is a real Label Studio for the specs that want one; `npm test` starts it. */
const isLive = Boolean(process.env['SHEAF_LABEL_STUDIO_URL']);

// Specs run far from UTC, so that a day in UTC isn’t mistaken for the local one.
if (process.env['VITEST'] && !isLive) process.env['TZ'] = 'Asia/Tokyo';

/**
 * The page names the first screen's files and its font too, behind the script that starts the engine: they come right after
 * it.
 */
const fetchScreensAtOnce: Plugin = {
  name: 'fetch-screens-at-once',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {}, chunk }) => {
      const files = new Set(chunk?.dynamicImports);
      for (const file of files) {
        const found = bundle[file];
        if (found?.type === 'chunk') for (const imported of found.imports) files.add(imported);
      }
      const scripts = [...files]
        .filter((file) => file !== chunk?.fileName)
        .map((file) => ({ rel: 'modulepreload', href: `./${file}` }));
      const fonts = Object.values(bundle)
        .filter((file) => file.type === 'asset' && file.names.includes('inter-latin-wght-normal.woff2'))
        .map(({ fileName }) => ({ rel: 'preload', as: 'font', type: 'font/woff2', href: `./${fileName}` }));
      return [...fonts, ...scripts].map((attrs) => ({
        tag: 'link',
        injectTo: 'head',
        attrs: { ...attrs, crossorigin: true },
      }));
    },
  },
};

export default defineConfig({
  // Relative, so that the built app works in any folder of a web server.
  base: './',
  plugins: [react(), fetchScreensAtOnce],
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        // What the engine starts with lies beside its entry, not in it: that is asked for with `?connect-to=`, and by its
        // plain name the rest of the engine would import, and so start, a second one.
        codeSplitting: {
          groups: [{ name: 'engine', tags: ['$initial'], test: (id) => !id.includes('engine.worker') }],
        },
      },
    },
  },
  builder: {},
  environments: {
    client: {
      build: {
        outDir: 'dist/app',
        target: 'es2023',
        rolldownOptions: {
          output: {
            // The first screen needs these small modules: together they take 7 kB less than in ten files. The store of drafts
            // comes after it.
            codeSplitting: {
              groups: [
                { name: 'state', test: /\/src\/ui\/(theme|state)\/(?!drafts\/draft-(?:store|record))/ },
                {
                  name: 'controls',
                  test: /@emotion|stylis|clsx|@mui\/(?:styled-engine|system)|@mui\/material\/(?:Alert|Box|Button|ButtonBase|CircularProgress|FormControl|FormHelperText|FormLabel|GlobalStyles|IconButton|InputBase|OutlinedInput|Paper|SvgIcon|TextareaAutosize|Typography)\//,
                },
              ],
            },
          },
        },
        // The page's policy refuses a font in a `data:` URL.
        assetsInlineLimit: (file: string) => (file.endsWith('.woff2') ? false : undefined),
      },
    },
    // The server is built with everything it needs, so that it starts at once and knows no node_modules.
    server: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: 'dist/server',
        emptyOutDir: true,
        copyPublicDir: false,
        ssr: 'src/server/main.ts',
        target: 'node20',
      },
    },
  },
  test: {
    include: ['src/**/*.spec.ts', 'scripts/**/*.spec.ts'],
    exclude: isLive ? [] : ['**/*.live.spec.ts', '**/*.label-studio.spec.ts'],
    allowOnly: false,
    // Threads start faster than processes. The live specs start servers.
    pool: isLive ? 'forks' : 'threads',
    // Property tests go through hundreds of cases, and a machine may be busy.
    testTimeout: 30_000,
    // They share the one server and change its settings, and it takes its time.
    ...(isLive && { fileParallelism: false, testTimeout: 90_000, hookTimeout: 180_000 }),
    // By default one processor stays idle, which on a machine with two doubles the time.
    ...(!isLive && { maxWorkers: '100%' }),
  },
});
