import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/*
 * Repository rules that no compiler checks: allowed imports, allowed network access, and documents that name only what
 * exists.
 */

interface Layer {
  /** Folders (or single files) of src, and `seeds`, that it may import. */
  uses?: string[];
  /** Folders from which it may import only types. */
  usesTypesOf?: string[];
  packages?: string[];
}

/** Allowed imports, as in the design: data flows down, and the sandbox shares only the wire with the app. */
const layers: Record<string, Layer> = {
  wire: { packages: ['zod'] },
  config: { uses: ['wire'], packages: ['@rgrove/parse-xml'] },
  domain: { uses: ['wire', 'config'] },
  api: { uses: ['wire'], packages: ['zod'] },
  run: { uses: ['domain', 'api', 'wire'], packages: ['idb', 'uuid'] },
  engine: {
    uses: ['run', 'api', 'domain', 'config', 'wire'],
    packages: ['comlink', 'uuid', '@rgrove/parse-xml', 'fflate', 'read-excel-file'],
  },
  ui: {
    uses: [
      'engine/engine-client.ts',
      'engine/runs/review-choices.ts',
      'run/store/open-in-time.ts',
      'domain/results/state-words.ts',
      'wire/limits.ts',
      'wire/text/figures.ts',
      'wire/text/text-version.ts',
      'wire/text/words.ts',
      'wire/web-origin.ts',
    ],
    usesTypesOf: ['engine', 'domain', 'wire'],
    packages: [
      'react',
      'react-dom',
      'react-hook-form',
      '@mui/material',
      '@mui/icons-material',
      '@emotion/react',
      'idb',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      '@fontsource-variable/jetbrains-mono',
      '@codemirror/autocomplete',
      '@codemirror/commands',
      '@codemirror/lang-json',
      '@codemirror/language',
      '@codemirror/lint',
      '@codemirror/search',
      '@codemirror/state',
      '@codemirror/view',
      '@lezer/common',
      '@lezer/highlight',
    ],
  },
  cli: { uses: ['domain', 'config', 'wire'], packages: ['node:'] },
  'main.tsx': { uses: ['engine', 'ui'], packages: ['@fontsource-variable/inter'] },
  sandbox: { uses: ['wire', 'seeds'], packages: ['hono', 'lossless-json', 'node:'] },
  server: {
    uses: ['sandbox', 'wire/limits.ts', 'wire/sheaf-call.ts', 'wire/web-origin.ts'],
    packages: ['hono', '@hono/node-server', 'node:'],
  },
  // The fault test runs the whole engine against the sandbox.
  faults: { uses: ['engine', 'run', 'domain', 'sandbox'], packages: ['node:'] },
  'layers.spec.ts': { packages: ['vite'] },
};

/**
 * Allowed imports inside `domain`, in the order of the data. A room may import every room before it, unless `only`
 * lists its imports. Loose files of `domain` join the rooms: they are above those of the pipeline and below form and
 * results.
 */
const rooms: Record<string, { only?: string[] }> = {
  problems: {},
  requests: {},
  text: {},
  'text/files': {},
  match: { only: ['requests', 'text'] },
  preview: { only: [] },
  validate: { only: ['problems', 'requests', 'text', 'match'] },
  'templates/contents': {},
  templates: {},
  'parse/json': {},
  'parse/columns': {},
  'parse/objects': {},
  'parse/cells': {},
  'parse/mapping': {},
  'parse/grid': {},
  'parse/records': {},
  'parse/table': {},
  'parse/other-tools': {},
  'parse/exports': {},
  parse: {},
  join: {},
  plan: { only: ['problems', 'requests', 'text', 'validate'] },
  domain: {},
  form: {},
  results: {},
  'results/exports': {},
  samples: {},
};

/**
 * Additional imports allowed in specs: the sandbox, which is the server of every spec that needs one, and the engine’s
 * text, for comparison with the screen’s. Scripts that start a real Label Studio and the built Sheaf are outside of src.
 */
const specs: Layer = {
  uses: [
    'wire',
    'sandbox',
    'seeds',
    'scripts',
    'e2e',
    'domain/text/source-text.ts',
    'engine/batch/batch-text.ts',
  ],
  packages: [
    'vitest',
    'fast-check',
    'jsonc-parser',
    'papaparse',
    'csv-parse',
    'fake-indexeddb',
    '@hono/node-server',
    'node:',
  ],
};

/**
 * Only `api` uses HTTP, so that tokens, time limits and failures are handled in one place. The worker passes the
 * browser’s `fetch` to it.
 */
const speaksHttp = ['api', 'engine/engine.worker.ts', 'sandbox', 'server'];

const root = fileURLToPath(new URL('..', import.meta.url));
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const isCode = (file: string) => /\.tsx?$/.test(file);

describe('the sources', () => {
  it.each(filesIn('src').filter(isCode))('%s imports only lower layers', (file) => {
    expect([...wrongImports(file, read(file)), ...wrongCalls(file, read(file))]).toEqual([]);
  });

  it('have no import cycles, including types', () => {
    const sources = filesIn('src').filter((file) => isCode(file) && !isSpec(file));
    const imports = new Map(sources.map((file) => [file, importedFiles(file, read(file))]));
    expect(circlesIn(imports)).toEqual([]);
  });

  it.each([...filesIn('src'), ...filesIn('e2e')].filter((file) => /\.(spec|e2e)\.ts$/.test(file)))(
    '%s has no skipped or focused test',
    (file) => expect(read(file)).not.toMatch(exclusiveTest),
  );
});

describe('the documents', () => {
  const documents = ['.', 'docs'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );

  it('name only existing files', () => {
    const missing = (path: string) => !existsSync(join(root, path));
    expect(documents.flatMap((file) => pathsIn(read(file)).filter(missing))).toEqual([]);
  });

  it('link only to existing files', () => {
    const missing = (file: string) =>
      linksIn(read(file)).filter((link) => !existsSync(join(root, dirname(file), link)));
    expect(documents.flatMap((file) => missing(file).map((link) => `${file}: ${link}`))).toEqual([]);
  });

  it('name only existing commands', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const missing = (name: string) => !Object.hasOwn(scripts, name);
    expect(documents.flatMap((file) => commandsIn(read(file)).filter(missing))).toEqual([]);
  });

  it('never refer to line numbers, because lines move', () => {
    expect(documents.filter((file) => lineNumber.test(read(file)))).toEqual([]);
  });
});

describe('the rules', () => {
  it.each([
    ['src/domain/a.ts', `import { b } from '#api/b.ts';`],
    ['src/domain/a.ts', `import type { B } from '#run/b.ts';`],
    ['src/domain/a.ts', `export { b } from '#api/b.ts';`],
    ['src/domain/a.ts', `export const b = () => import('#api/b.ts');`],
    ['src/domain/a.ts', `export type B = import('#api/b.ts').B;`],
    ['src/domain/a.ts', `import 'zod';`],
    ['src/domain/a.ts', `import { readFile } from 'node:fs';`],
    ['src/domain/a.ts', `import { createSandbox } from '#sandbox/handle.ts';`],
    ['src/domain/a.ts', `import { b } from '../api/b.ts';`],
    ['src/domain/a.ts', `import { run } from '../../scripts/run.mjs';`],
    ['src/domain/a.ts', `export const b = (name: string) => import(name);`],
    ['src/ui/app.tsx', `import { b } from '#domain/b.ts';`],
    ['src/ui/app.tsx', `import { b, type C } from '#wire/b.ts';`],
    ['src/ui/app.tsx', `import { engine } from '#engine/engine.ts';`],
    ['src/ui/review/review.tsx', `import { Row } from '../runs/row.tsx';`],
    ['src/ui/review/review.tsx', `import { App } from '../app.tsx';`],
    ['src/ui/components/button.tsx', `import { Row } from '#ui/runs/row.tsx';`],
    ['src/ui/components/button.tsx', `import { useEngine } from '#ui/state/use-engine.ts';`],
    ['src/ui/state/route.ts', `import { DraftList } from '#ui/drafts/draft-list.tsx';`],
    ['src/sandbox/handle.ts', `import { b } from '#domain/b.ts';`],
    ['src/server/main.ts', `import { b } from '#wire/b.ts';`],
    ['src/newcomer/a.ts', `import { b } from '#wire/b.ts';`],
    ['src/domain/text/a.ts', `import type { B } from '#domain/parse/b.ts';`],
    ['src/domain/validate/a.ts', `import { b } from '#domain/templates/b.ts';`],
    ['src/domain/plan/a.ts', `import { b } from '#domain/parse/b.ts';`],
    ['src/domain/parse/json/a.ts', `import { b } from '#domain/parse/exports/b.ts';`],
    ['src/domain/parse/a.ts', `import { b } from '#domain/check.ts';`],
    ['src/domain/newcomer/a.ts', `import { b } from '#domain/text/b.ts';`],
  ])('forbid %s: %s', (file, code) => expect(wrongImports(file, code)).toHaveLength(1));

  it.each([
    ['src/domain/a.ts', `import type { B } from '#wire/b.ts'; import { c } from './c.ts';`],
    ['src/domain/parse/json/a.ts', `import type { B } from '#domain/parse/b.ts';`],
    ['src/domain/results/a.ts', `import { b } from '#domain/check.ts';`],
    ['src/domain/a.spec.ts', `import { it } from 'vitest'; import fc from 'fast-check';`],
    ['src/api/a.spec.ts', `import { createSandbox } from '#sandbox/handle.ts';`],
    ['src/api/a.live.spec.ts', `import { startLabelStudio } from '../../scripts/label-studio.mjs';`],
    [
      'src/ui/app.tsx',
      `import type { B } from '#domain/b.ts'; import { client } from '#engine/engine-client.ts';`,
    ],
    ['src/ui/app.tsx', `import { Results } from './runs/results.tsx'; import('./import/import-screen.tsx');`],
    ['src/ui/review/review.tsx', `import { Field } from '../components/inputs/field.tsx';`],
    ['src/ui/import/editor/a.ts', `import { b } from '#ui/import/problems/b.ts';`],
    ['src/ui/drafts/a.ts', `import { useEngine } from '#ui/state/use-engine.ts';`],
    [
      'src/engine/engine-client.ts',
      `import url from './engine.worker.ts?worker&url'; import { wrap } from 'comlink';`,
    ],
    ['src/sandbox/seeds.ts', `import projects from '../../seeds/projects.json';`],
  ])('allow %s: %s', (file, code) => expect(wrongImports(file, code)).toEqual([]));

  it.each([
    'fetch("/sheaf.json")',
    'globalThis.fetch("/")',
    'new XMLHttpRequest()',
    'new WebSocket("wss://a.example")',
    'navigator.sendBeacon("/")',
  ])('allow only api to call %s', (call) => {
    expect(wrongCalls('src/engine/a.ts', `export const a = () => ${call};`)).toHaveLength(1);
    expect(wrongCalls('src/api/a.ts', `export const a = () => ${call};`)).toEqual([]);
  });

  it('find cycles', () => {
    const imports = new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(circlesIn(imports)).toEqual(['b → c → b']);
  });

  it('allow fetch() in texts', () => {
    expect(wrongCalls('src/ui/a.ts', `export const a = 'fetch()'; // fetch("/")`)).toEqual([]);
  });

  it('find paths, commands and line numbers in documents', () => {
    const text =
      'See `src/domain/rows.ts`, [the server](src/server) and `npm start`, not `src/*.ts`, https://a.example/b.';
    expect(pathsIn(text)).toEqual(['src/domain/rows.ts', 'src/server']);
    expect(linksIn('[a](docs/A.md#part) ![b](b.png) [c](https://a.example) [d](#d)')).toEqual([
      'docs/A.md',
      'b.png',
    ]);
    expect(commandsIn('`npm start -- --port 1`, npm run --silent dev; npm install')).toEqual([
      'start',
      'dev',
    ]);
    expect('src/main.tsx:12').toMatch(lineNumber);
    expect('src/main.tsx#L12').toMatch(lineNumber);
    expect('http://127.0.0.1:4173').not.toMatch(lineNumber);
    expect(['it', 'only('].join('.')).toMatch(exclusiveTest);
  });
});

/** The forbidden imports of a file, in words. */
function wrongImports(file: string, code: string): string[] {
  const layer = layers[topOf(file)];
  if (!layer) return [`${file} is in no folder that the table of layers knows`];
  const allowed = isSpec(file) ? [layer, specs] : [layer];

  return importsOf(file, code).flatMap(({ from, isType }) => {
    if (from === undefined) return [`${file} imports something that only shows at run time`];
    const path = pathOf(file, from);
    if (path === undefined) {
      const isAllowed = allowed.some(({ packages = [] }) => packages.includes(packageOf(from)));
      return isAllowed ? [] : [`${file} imports the package ${packageOf(from)}`];
    }
    const isRelative = from.startsWith('.');
    if (topOf(path) === topOf(file)) {
      if (topOf(file) === 'domain' && !isSpec(file) && !mayImportRoom(roomOf(file), roomOf(path)))
        return [`${file} imports ${path}, a room that it may not know`];
      return isAnotherScreen(file, path)
        ? [`${file} imports ${path}, which belongs to another screen or to a higher room of ui`]
        : [];
    }
    const isOutside = !path.startsWith('src/');
    if (isRelative && !isOutside)
      return [`${file} imports ${path} by a relative path; write #${path.slice('src/'.length)}`];
    const isAllowed = allowed.some(
      ({ uses = [], usesTypesOf = [] }) => covers(uses, path) || (isType && covers(usesTypesOf, path)),
    );
    return isAllowed ? [] : [`${file} imports ${isType ? 'a type of ' : ''}${path}`];
  });
}

/** `src/domain/rows.ts` belongs to `domain`, `src/main.tsx` to itself, `seeds/projects.json` to `seeds`. */
function topOf(path: string) {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? second : first;
}

/** The most specific room of a file of `domain`; its folder if there is none. */
function roomOf(file: string) {
  const folder = dirname(file).replace(/^src\/(domain\/)?/, '');
  return folder === '' ? 'domain' : folder;
}

function mayImportRoom(from: string, to: string) {
  const order = Object.keys(rooms);
  if (from === to) return rooms[from] !== undefined;
  // Files shared by all formats are loose in `parse`: how to read a source, and what a parser returns.
  if (from.startsWith('parse/') && to === 'parse') return true;
  const allowed = rooms[from]?.only ?? order.slice(0, Math.max(0, order.indexOf(from)));
  return allowed.includes(to);
}

/** All files of src that a file imports. */
const importedFiles = (file: string, code: string) =>
  importsOf(file, code).flatMap(({ from }) => (from === undefined ? [] : (pathOf(file, from) ?? [])));

/** Every import cycle as a list of files. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, trail: string[]) => {
    const start = trail.indexOf(file);
    if (start >= 0) circles.push([...trail.slice(start), file].join(' → '));
    if (start >= 0 || finished.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...trail, file]);
    finished.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

const covers = (names: string[], path: string) =>
  names.some((name) => topOf(path) === name || path === `src/${name}`);

const isSpec = (file: string) => file.endsWith('.spec.ts');

/** Rooms of ui from the lowest up: each may import those before it, and screens may import all of them. */
const sharedRooms = ['theme', 'components', 'state', 'drafts', 'preview'];

/** Any other folder of ui is a screen. Only loose files of ui, such as app.tsx, may import screens. */
function isAnotherScreen(file: string, path: string) {
  const roomOf = (name: string) => /^src\/ui\/([^/]+)\//.exec(name)?.[1];
  const [from, to] = [roomOf(file), roomOf(path)];
  if (from === undefined || from === to) return false;
  if (to === undefined || !sharedRooms.includes(to)) return true;
  return sharedRooms.includes(from) && sharedRooms.indexOf(to) > sharedRooms.indexOf(from);
}

/** The imported file relative to the checkout; undefined for a package. */
function pathOf(file: string, from: string) {
  const [specifier = ''] = from.split('?');
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined;
}

function packageOf(from: string) {
  if (from.startsWith('node:')) return 'node:';
  return from.split('/', from.startsWith('@') ? 2 : 1).join('/');
}

/** Cached, because every file is read several times. */
const parsedFiles = new Map<string, ReturnType<typeof parseSync>>();

function parsed(file: string, code: string) {
  const key = `${file}\n${code}`;
  const known = parsedFiles.get(key) ?? parseSync(file, code);
  parsedFiles.set(key, known);
  return known;
}

interface Import {
  /** Undefined if it isn’t a literal. */
  from: string | undefined;
  isType: boolean;
}

function importsOf(file: string, code: string): Import[] {
  const { module, program, errors } = parsed(file, code);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const imports: Import[] = module.staticImports.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    isType: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  for (const { moduleRequest, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest) imports.push({ from: moduleRequest.value, isType });
  }
  for (const node of nodesIn(program)) {
    if (node.type === 'ImportExpression') imports.push({ from: textOf(node['source']), isType: false });
    if (node.type === 'TSImportType') imports.push({ from: textOf(node['source']), isType: true });
  }
  return imports;
}

/** Uses of network APIs where they are forbidden, in words. */
function wrongCalls(file: string, code: string): string[] {
  if (covers(speaksHttp, file) || isSpec(file)) return [];
  const networkApis = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'sendBeacon']);
  return [...nodesIn(parsed(file, code).program)]
    .filter(({ type }) => type === 'CallExpression' || type === 'NewExpression')
    .map(({ callee }) =>
      isNode(callee) && callee.type === 'MemberExpression' ? globalMember(callee) : callee,
    )
    .flatMap((callee) =>
      isNode(callee) && networkApis.has(String(callee['name']))
        ? [`${file} calls ${String(callee['name'])}`]
        : [],
    );
}

/** `globalThis.fetch` is fetch; a `fetch` of another object isn’t. */
function globalMember({ object, property }: Node) {
  const globals = ['globalThis', 'self', 'window', 'navigator'];
  return isNode(object) && globals.includes(String(object['name'])) ? property : undefined;
}

type Node = { type: string } & Record<string, unknown>;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;
const textOf = (node: unknown) =>
  isNode(node) && typeof node['value'] === 'string' ? node['value'] : undefined;

function* nodesIn(value: unknown): Generator<Node> {
  if (isNode(value)) yield value;
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* nodesIn(inner);
}

/** Our files and folders that a document names in back-quotes or as a link. */
function pathsIn(markdown: string) {
  const folders = '(?:\\.ci|deploy|docs|e2e|public|scripts|seeds|src)';
  const named = markdown.matchAll(new RegExp(`(?:\`|\\]\\()(?:\\./)?(${folders}/[\\w./-]*)(?:\`|\\))`, 'g'));
  return [...named].map(([, path = '']) => path);
}

/** The files that a document links to, relative to it. */
const linksIn = (markdown: string) =>
  [...markdown.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);

/** The npm commands in a document. */
function commandsIn(markdown: string) {
  return [...markdown.matchAll(/\bnpm (?:run (?:--\w+ )?)?(?!install\b|ci\b|run\b)([\w-]+)/g)].map(
    ([, name = '']) => name,
  );
}

const lineNumber = /\.(?:tsx?|m?js|json|md|html|css)(?::\d|#L\d)/;

const exclusiveTest = /\b(?:describe|it|test)(?:\.\w+)*\.only\b/;
