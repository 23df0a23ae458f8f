import { describe, expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import type { CellSource } from './cell-source.ts';
import { TextDictionary } from './text-dictionary.ts';

/** Quotes inside quoted cells are doubled, as in a table. */
function sourceOf(text: string): CellSource {
  const source = SourceText.of(text);
  const keyOf = (from: number, to: number) => {
    const cell = source.slice(from, to);
    return /^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
  };
  const keyOfText = (words: string) => words;
  return {
    bytes: source.bytes,
    hasNumbers: false,
    isText: () => true,
    cellAt: keyOf,
    keyOf,
    keyOfText,
  };
}

/** Puts each cell on its own line with a chosen hash, because different words may have the same hash. */
function codesOf(cells: readonly string[], hashOf: (words: string) => number): number[] {
  const source = sourceOf(cells.join('\n'));
  const texts = new TextDictionary(source);
  let from = 0;
  return cells.map((cell) => {
    const to = from + cell.length;
    const hash = hashOf(source.keyOf(from, to));
    const span = { from, to, quotes: 0, hash };
    from = to + 1;
    const known = texts.find(span);
    expect(texts.findKey(source.keyOf(span.from, to), hash)).toBe(known);
    return known < 0 ? texts.add(span) : known;
  });
}

describe('TextDictionary', () => {
  it('distinguishes words with the same hash', () => {
    const cells = ['a', 'ab', '"a"', '"ab"', 'b', '', '""', '"a""b"', 'a longer text', 'a longer text too'];
    const again = [...cells, 'a', 'a longer text', '"a longer text"', '"a""b"'];
    expect(codesOf(again, () => 0)).toEqual([0, 1, 0, 1, 2, 3, 3, 4, 5, 6, 0, 5, 5, 4]);
  });

  it('compares cells in different notations', () => {
    // The last two cells have text after their closing quote, so they are used unchanged.
    const cells = ['a""b', '"a""b"', 'a""b', '"a""b"', '"a"b"', '"a"b'];
    expect(codesOf(cells, () => 0)).toEqual([0, 1, 0, 1, 2, 3]);
  });

  it('finds all words while growing, with any hashes', () => {
    const cells = Array.from({ length: 700 }, (_, index) => `note ${index}`);
    const twice = [...cells, ...cells];
    const expected = twice.map((_, row) => row % 700);
    for (const hashOf of [(words: string) => words.length, (words: string) => -Number(words.slice(5))])
      expect(codesOf(twice, hashOf)).toEqual(expected);
  });
});
