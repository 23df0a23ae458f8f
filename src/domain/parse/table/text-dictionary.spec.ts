import { describe, expect, it } from 'vitest';
import { SourceText } from '#domain/text/source-text.ts';
import { TextDictionary } from './text-dictionary.ts';

/** Each cell stands on a line of its own; its hash is whatever the test says, for hashes of different words may be the same. */
function codesOf(cells: readonly string[], hashOf: (words: string) => number): number[] {
  const texts = new TextDictionary(SourceText.of(cells.join('\n')), ','.charCodeAt(0));
  let at = 0;
  return cells.map((cell) => {
    const quote = cell.startsWith('"') ? 1 : 0;
    const words = cell.slice(quote, cell.length - quote).replaceAll('""', '"');
    const [from, to] = [at + quote, at + cell.length - quote];
    const code = texts.codeOf({ cell: at, from, to, hash: hashOf(words) });
    at += cell.length + 1;
    return code;
  });
}

describe('CellTexts', () => {
  it('tells different words apart though their hash is the same', () => {
    const cells = ['a', 'ab', '"a"', '"ab"', 'b', '', '""', '"a""b"', 'a longer text', 'a longer text too'];
    const again = [...cells, 'a', 'a longer text', '"a longer text"', '"a""b"'];
    expect(codesOf(again, () => 0)).toEqual([0, 1, 0, 1, 2, 3, 3, 4, 5, 6, 0, 5, 5, 4]);
  });

  it('reads the quotes of each cell in its own way', () => {
    const text = 'a""b\n"a""b"\na""b\n"a""b"\n"a"b"\n"a"b';
    const texts = new TextDictionary(SourceText.of(text), ','.charCodeAt(0));
    // The last two cells have text behind their closing quote, so they are taken as they stand.
    const codes = [
      { cell: 0, from: 0, to: 4 },
      { cell: 5, from: 6, to: 10 },
      { cell: 12, from: 12, to: 16 },
      { cell: 17, from: 18, to: 22 },
      { cell: 24, from: 24, to: 29 },
      { cell: 30, from: 30, to: 34 },
    ].map((words) => texts.codeOf({ ...words, hash: 0 }));
    expect(codes).toEqual([0, 1, 0, 1, 2, 3]);
    expect([0, 1, 2, 3].map((code) => texts.textOf(code))).toEqual(['a""b', 'a"b', '"a"b"', '"a"b']);
  });

  it('finds everything again while it grows, whatever the hashes are', () => {
    const cells = Array.from({ length: 700 }, (_, index) => `note ${index}`);
    const twice = [...cells, ...cells];
    const expected = twice.map((_, row) => row % 700);
    for (const hashOf of [(words: string) => words.length, (words: string) => -Number(words.slice(5))])
      expect(codesOf(twice, hashOf)).toEqual(expected);
  });
});
