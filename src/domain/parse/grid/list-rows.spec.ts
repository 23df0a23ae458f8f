import { expect, it } from 'vitest';
import { checkText } from '#domain/spec-texts.ts';
import { rowsWithValue, sortedRows } from './list-rows.ts';

const gridOf = (...cells: string[]) =>
  checkText(`task,x\n${cells.map((cell, row) => `${row + 1},${cell}\n`).join('')}`, undefined, {
    format: 'table',
  }).parsed.grid!;

it.each([
  ['numbers by size', ['10', '9', '2.5', '-1'], [3, 2, 1, 0]],
  ['words without their case, numbers in them by size', ['b', 'A10', 'a2', 'B'], [2, 1, 0, 3]],
  ['numbers before words, empty cells last', ['', 'word', ' ', '7'], [3, 1, 0, 2]],
] as const)('sorts %s', (_, cells, rows) => {
  expect([...sortedRows(gridOf(...cells), { column: 1, isDescending: false }, undefined)]).toEqual(rows);
});

it('sorts in descending order with empty cells last, and equal values in source order', () => {
  const grid = gridOf('a', '', 'b', 'a', 'b');
  expect([...sortedRows(grid, { column: 1, isDescending: true }, undefined)]).toEqual([2, 4, 0, 3, 1]);
  expect([...sortedRows(grid, { column: 1, isDescending: true }, Uint32Array.of(4, 1, 0))]).toEqual([
    4, 0, 1,
  ]);
});

it('lists the rows with an exact value in the given order', () => {
  const grid = gridOf('a', 'A', 'a', 'ab');
  expect([...rowsWithValue(grid, { column: 1, words: 'a' }, undefined)]).toEqual([0, 2]);
  expect([...rowsWithValue(grid, { column: 1, words: 'a' }, Uint32Array.of(2, 1, 0))]).toEqual([2, 0]);
});
