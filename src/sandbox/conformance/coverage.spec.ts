import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allSteps } from './steps/all-steps.ts';

test('every path used by the app is compared with the real server', () => {
  const asked = allSteps.map(({ method, path }) => `${method} ${path}`);
  const folder = new URL('../../api/', import.meta.url);
  const missing = readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) => pathsIn(readFileSync(new URL(name, folder), 'utf8')))
    .filter((path) => !asked.some((line) => patternOf(path).test(line)));
  expect(missing).toEqual([]);
});

/** Paths in the sources, up to their query: text, or a template with `${…}`. */
const pathsIn = (source: string): string[] =>
  [...source.matchAll(/`(\/api\/[^`]*)`|'(\/api\/[^']*)'/g)]
    .map(([, template, text]) => (template ?? text!).split('?')[0]!)
    // In comments an ID is written in braces.
    .filter((path) => !/\{\w+\}/.test(path.replaceAll(/\$\{[^}]*\}/g, '')));

const patternOf = (path: string) =>
  new RegExp(
    `^[A-Z]+ ${path
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replaceAll('.', String.raw`\.`))
      .join('[^/]*')}(\\?|$)`,
  );
