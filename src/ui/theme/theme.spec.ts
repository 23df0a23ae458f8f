import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ui = fileURLToPath(new URL('..', import.meta.url));
const screens = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !file.endsWith('.spec.ts') && !/^theme[\\/]/.test(file),
);

const rules: [what: string, pattern: RegExp][] = [
  ['colour', /['"`( ]#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})\b|\b(?:rgb|hsl)a?\(/i],
  ['font', /sans-serif|monospace|fontFamily: ['"`](?!mono\b|inherit\b)/],
  ['font size', /fontSize: ['"`]?[\d.]/],
  ['font weight', /fontWeight: ['"`]?\d/],
  ['radius', /borderRadius: ['"`][\d.]/],
];

const own = (text: string) => rules.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);

describe('the screens', () => {
  it.each(screens)('%s takes its colours, type and radii from the theme', (file) =>
    expect(own(readFileSync(join(ui, file), 'utf8'))).toEqual([]),
  );
});

it.each([
  [`color: '#fff'`, 'colour'],
  ['border: `1px solid #8c8475`', 'colour'],
  [`boxShadow: '0 1px rgb(0 0 0 / 0.5)'`, 'colour'],
  [`fontFamily: 'Arial'`, 'font'],
  [`fontSize: '0.75rem'`, 'font size'],
  [`fontWeight: 550`, 'font weight'],
  [`borderRadius: '6px'`, 'radius'],
])('finds in %s its own %s', (text, what) => expect(own(text)).toEqual([what]));

it.each([`import { go } from '#ui/state/route.ts';`, `fontFamily: 'mono'`, `borderRadius: 1`])(
  'accepts %s',
  (text) => expect(own(text)).toEqual([]),
);
