import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOfText, TextReader } from './text-hash.ts';

const encoder = new TextEncoder();

const escapes: Record<string, string> = { '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const hex = (character: string) =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** Texts without NUL, with any of their characters escaped. */
const writtenTexts = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        fc.constantFrom('a', '"', '\\', '/', '\n', 'é', '€', '😀'),
      ),
      fc.nat(3),
    ),
    { maxLength: 30 },
  )
  .map((characters) => characters.filter(([character]) => character !== '\0'))
  .map((characters) => ({
    text: characters.map(([character]) => character).join(''),
    written: characters
      .map(([character, way]) => {
        if (way === 0 || character < ' ')
          return way === 1 ? (escapes[character] ?? hex(character)) : hex(character);
        return '"\\'.includes(character) || (character === '/' && way === 1) ? `\\${character}` : character;
      })
      .join(''),
  }));

it('gives a text the same hash in any notation and at any offset, and finds its end', () => {
  fc.assert(
    fc.property(writtenTexts, fc.nat(5), fc.nat(5), ({ text, written }, before, behind) => {
      const source = encoder.encode(`${'-'.repeat(before)}"${written}"${','.repeat(behind)}`);
      const reader = new TextReader();
      expect(reader.read(source, before)).toBe(source.length - behind);
      expect(reader.hash).toBe(hashOfText(text));
    }),
    { numRuns: 2000 },
  );
});

it.each(['"abc', '"ab\u0001c"', '"\\x"', '"\\u0000"', '"\\ud800"', '"abcdefgh\\', '"'])(
  'refuses %j',
  (written) => {
    expect(new TextReader().read(encoder.encode(written), 0)).toBe(-1);
  },
);

it('distinguishes texts that differ in one character', () => {
  const texts = Array.from({ length: 40_000 }, (_, number) =>
    String(number).padStart(5, '0').split('').join('abc'),
  );
  expect(new Set(texts.map((text) => hashOfText(text))).size).toBeGreaterThan(texts.length - 5);
});
