import { describe, expect, it } from 'vitest';
import { CodeWriter } from './code-column.ts';

/** Each cell stands on a line of its own; its hash is whatever the test says, for hashes of different words may be the same. */
function codesOf(cells: readonly string[], hashOf: (words: string) => number) {
  const text = cells.join('\n');
  const writer = new CodeWriter(text, ','.charCodeAt(0));
  writer.reserve(cells.length);
  let at = 0;
  cells.forEach((cell, row) => {
    const quote = cell.startsWith('"') ? 1 : 0;
    const words = cell.slice(quote, cell.length - quote).replaceAll('""', '"');
    const [from, to] = [at + quote, at + cell.length - quote];
    writer.write(row, { cell: at, from, to, hash: hashOf(words) });
    at += cell.length + 1;
  });
  const column = writer.finish(cells.length);
  return { ...column, codes: [...column.codes] };
}

describe('CodeWriter', () => {
  it('tells different words apart though their hash is the same', () => {
    const cells = ['a', 'ab', '"a"', '"ab"', 'b', '', '""', '"a""b"', 'a longer text', 'a longer text too'];
    const again = [...cells, 'a', 'a longer text', '"a longer text"', '"a""b"'];
    expect(codesOf(again, () => 0).codes).toEqual([0, 1, 0, 1, 2, 3, 3, 4, 5, 6, 0, 5, 5, 4]);
  });

  it('reads the quotes of each cell in its own way', () => {
    const text = 'a""b\n"a""b"\na""b\n"a""b"\n"a"b"\n"a"b';
    const writer = new CodeWriter(text, ','.charCodeAt(0));
    writer.reserve(6);
    // The last two cells have text behind their closing quote, so they are taken as they stand.
    [
      { cell: 0, from: 0, to: 4 },
      { cell: 5, from: 6, to: 10 },
      { cell: 12, from: 12, to: 16 },
      { cell: 17, from: 18, to: 22 },
      { cell: 24, from: 24, to: 29 },
      { cell: 30, from: 30, to: 34 },
    ].forEach((words, row) => writer.write(row, { ...words, hash: 0 }));
    const { codes, textOf } = writer.finish(6);
    expect([...codes]).toEqual([0, 1, 0, 1, 2, 3]);
    expect([0, 1, 2, 3].map(textOf)).toEqual(['a""b', 'a"b', '"a"b"', '"a"b']);
  });

  it('finds everything again while it grows, whatever the hashes are', () => {
    const cells = Array.from({ length: 700 }, (_, index) => `note ${index}`);
    const twice = [...cells, ...cells];
    const expected = twice.map((_, row) => row % 700);
    for (const hashOf of [(words: string) => words.length, (words: string) => -Number(words.slice(5))])
      expect(codesOf(twice, hashOf).codes).toEqual(expected);
  });

  it('keeps codes in the narrowest array that holds them', () => {
    const kindOf = (count: number) => {
      const writer = new CodeWriter(Array.from({ length: count }, (_, index) => index).join('\n'), 0x2c);
      writer.reserve(count);
      let at = 0;
      for (let row = 0; row < count; row += 1) {
        const to = at + String(row).length;
        writer.write(row, { cell: at, from: at, to, hash: Math.imul(row, 0x9e3779b1) });
        at = to + 1;
      }
      return writer.finish(count).codes.constructor;
    };
    expect([256, 257, 65_536, 65_537].map(kindOf)).toEqual([
      Uint8Array,
      Uint16Array,
      Uint16Array,
      Uint32Array,
    ]);
  });
});
