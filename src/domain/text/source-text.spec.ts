import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceText } from './source-text.ts';

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.constantFrom('a', 'é', '€', '😀', '\ud83d', '\ude00', '\ufeff', '\n', '\0'))
    .map((all) => all.join('')),
);

describe('a source text', () => {
  it('is the same from any slices', () => {
    const words = fc.string({
      unit: fc.constantFrom('a', 'é', '€', '😀', '\ud83d', '\ude00'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(words, fc.array(fc.nat(24), { maxLength: 5 }), (text, cuts) => {
        const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).toSorted((a, b) => a - b)];
        const slices = places.map((from, index) => text.slice(from, places[index + 1]));
        const source = SourceText.ofSlices(slices);
        expect(source.bytes).toEqual(SourceText.of(text).bytes);
        expect(source.toString()).toBe(text);
        expect(source.isWellFormed).toBe(text.isWellFormed());
      }),
    );
  });

  it('returns the original string, including lone surrogates', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(SourceText.of(text).toString()).toBe(text);
      }),
    );
  });

  it('converts between units and offsets', () => {
    fc.assert(
      fc.property(texts, fc.nat(300), (text, at) => {
        const source = SourceText.of(text.repeat(40));
        const units = Math.min(at * 7, source.length);
        const offset = source.offsetOf(units);
        const before = source.slice(0, offset);
        // Inside a character, the start of it.
        expect([units, units - 1]).toContain(before.length);
        expect(source.unitsAt(offset)).toBe(before.length);
        expect(source.length).toBe(text.length * 40);
      }),
    );
  });

  it('can be edited at several places', () => {
    const source = SourceText.of('año, 😀, fin');
    const edits = [
      { from: source.offsetOf(9), to: source.offsetOf(12), put: 'end' },
      { from: 0, to: source.offsetOf(3), put: 'año nuevo' },
    ];
    expect(source.edited(edits).toString()).toBe('año nuevo, 😀, end');
  });

  it('can become longer than estimated', () => {
    const text = 'a'.repeat(300_000) + 'é€😀'.repeat(200_000);
    expect(SourceText.of(text).toString() === text).toBe(true);
  });

  it('never splits a character when a large text is encoded in pieces', () => {
    for (const before of [0, 1]) {
      const text = 'x'.repeat(before) + '😀'.repeat(300_000);
      expect(SourceText.of(text).toString() === text).toBe(true);
    }
  });

  it('can start with a byte order mark, and be a part of other bytes', () => {
    const bytes = new TextEncoder().encode('xx\ufeffabc');
    const source = SourceText.ofUtf8(bytes.subarray(2));
    expect(source.toString()).toBe('\ufeffabc');
    expect(source.length).toBe(4);
    expect(SourceText.ofUtf8(bytes.subarray(5)).isAscii).toBe(true);
  });
});
