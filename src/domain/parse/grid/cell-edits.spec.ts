import { expect, it } from 'vitest';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { checkText } from '#domain/spec-texts.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { copiedCells, findCells, replacerOf, writeCells, type CellText } from './cell-edits.ts';

function gridOf(text: string, settings: ImportSettings = {}) {
  const grid = checkText(text, undefined, settings).parsed.grid!;
  return {
    grid,
    write(...cells: [row: number, column: number, words: string][]) {
      const put = cells.map(([row, column, words]): CellText => ({ row, column, words }));
      const { source, ...counts } = writeCells(SourceText.of(text), grid, put);
      return [String(source), counts] as const;
    },
  };
}

it('writes cells of several rows at once, also beyond the end of a short row', () => {
  const { write } = gridOf('task,mood,stars,remark\n1,Bad\n2,Bad,3,"x, y"\n3,,,\n');
  expect(write([0, 0, '9'], [0, 1, ''], [0, 3, 'a,b'], [0, 2, '4'], [1, 3, ''], [2, 1, 'Bad'])).toEqual([
    'task,mood,stars,remark\n9,,4,"a,b"\n2,Bad,3,\n3,Bad,,\n',
    { changed: 6, locked: 0 },
  ]);
});

it('skips cells outside the grid, and changes nothing if the text is the same', () => {
  const text = 'task,mood\n1,Bad\n';
  expect(gridOf(text).write([0, 2, 'x'], [1, 0, 'y'], [0, 1, 'Bad'])).toEqual([
    text,
    { changed: 0, locked: 0 },
  ]);
});

it('writes members of records, also new ones of an empty object', () => {
  const lines = '{"task": 1, "mood": "Bad"}\n{}\n7\n';
  const { write } = gridOf(lines, { format: 'records' });
  const [text, counts] = write([0, 0, '2'], [0, 1, 'Good'], [1, 0, '3'], [1, 1, 'Bad'], [2, 0, '4']);
  expect(text).toBe('{"task": 2, "mood": "Good"}\n{"task":"3","mood":"Bad"}\n7\n');
  expect(counts).toEqual({ changed: 4, locked: 1 });
});

it.each([
  ['a\tb\r\nc', [['a', 'b'], ['c']]],
  [
    '"a\tb"\t"say ""x"""\n"two\nlines"\t',
    [
      ['a\tb', 'say "x"'],
      ['two\nlines', ''],
    ],
  ],
  [
    '"open\tb\n5" wide\tc\n',
    [
      ['"open', 'b'],
      ['5" wide', 'c'],
    ],
  ],
  ['\t\n\nx', [['', ''], [''], ['x']]],
  ['', [['']]],
])('reads copied cells %j', (text, cells) => {
  expect(copiedCells(text)).toEqual(cells);
});

it('finds and replaces literal text, in the listed rows in their order', () => {
  const { grid } = gridOf('task,remark\n1,a.b A.B\n2,axb\n3,"(A.b)"\n');
  const query = { search: 'a.b', matchCase: false };
  expect([...findCells(grid, query, undefined)]).toEqual([1, 5]);
  expect([...findCells(grid, query, Uint32Array.of(2, 1))]).toEqual([1]);
  expect([...findCells(grid, { search: 'a.b', matchCase: true }, undefined)]).toEqual([1]);
  expect([...findCells(grid, { search: '', matchCase: true }, undefined)]).toEqual([]);
  expect(replacerOf(query, '$& \\')('a.b A.B axb')).toBe('$& \\ $& \\ axb');
});
