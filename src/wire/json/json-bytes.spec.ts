import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { skipValid } from './json-bytes.ts';
import { readJson } from './json.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** Valid JSON that may be refused: an escape in a key, an exponent of three digits. */
const mayBeRefused = (text: string) => /"[^"\\]*(?:\\.[^"\\]*)+"\s*:|e[+-]?\d{3}/.test(text);
const isValid = (text: string) => skipValid(bytesOf(text), 0) === bytesOf(text).length;

it('finds the end of JSON as written by JSON.stringify or Python', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 2), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      const ascii = text.replaceAll(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      const valid = [text, ascii].filter((one) => readJson(one).problems.length === 0 && !mayBeRefused(one));
      expect(valid.map((one) => skipValid(bytesOf(`${one},7`), 0))).toEqual(
        valid.map((one) => bytesOf(one).length),
      );
    }),
  );
});

const pieces = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '"a"',
  '"b"',
  '\\',
  '\\u0000',
  '\\ud800',
  '\\ud83d\\ude00',
];
const words = [
  'tru',
  'true',
  'null',
  '0',
  '01',
  '-',
  '-5',
  '1.',
  '1.5',
  '1e5',
  '1e999',
  '\t',
  ' ',
  '\n',
  'é',
  '\u0001',
];

it('never accepts what the parser finds a problem in', () => {
  const mutated = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ...pieces, ...words))
    .map(
      ([json, at, put]) =>
        json.slice(0, at % (json.length + 1)) + put + json.slice((at % (json.length + 1)) + 1),
    );
  const soup = fc.array(fc.constantFrom(...pieces, ...words)).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(mutated, soup), (text) => {
      if (!text.isWellFormed()) return;
      const end = skipValid(bytesOf(text), 0);
      if (end < 0) return;
      const value = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(text).subarray(0, end));
      expect(readJson(value).problems).toEqual([]);
      expect(readJson(value).value).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['a key given twice', '{"a":1,"a":2}'],
  ['a key given twice inside', '[{"b":{"a":1,"c":[{"a":1}],"a":2}}]'],
  ['half of a character', '"\\ud800"'],
  ['its other half alone', '"\\udc00"'],
  ['a NUL', '"\\u0000"'],
  ['a tab in a text', '"\t"'],
  ['a number beyond every double', '1e999'],
  ['a leading zero', '[01]'],
  ['201 levels', '['.repeat(201) + ']'.repeat(201)],
  ['a text without its end', '"abc'],
  ['an unknown escape', '"\\x"'],
])('refuses %s', (_, text) => {
  expect(isValid(text)).toBe(false);
});

it('accepts the same key in different objects, surrogate pairs and 200 levels', () => {
  expect(isValid('[{"a":{"a":1}},{"a":2}]')).toBe(true);
  expect(isValid('{"x":{"k":1,"l":2},"y":{"k":1}}')).toBe(true);
  expect(isValid('"\\ud83d\\ude00 \\u00E9"')).toBe(true);
  expect(isValid('['.repeat(200) + ']'.repeat(200))).toBe(true);
});
