import { expect, it } from 'vitest';
import { indexOfRow, positionAfterKey, withoutRows } from './grid-position.ts';

const extent = { rows: 100, columns: 4, page: 12 };
const after = (keys: string, index: number, column: number) => {
  const place = positionAfterKey(
    { key: keys.replace('Ctrl+', ''), ctrlKey: keys.startsWith('Ctrl+'), metaKey: false },
    { index, column },
    extent,
  );
  return place && [place.index, place.column];
};

it.each([
  ['ArrowDown', 5, 1, [6, 1]],
  ['ArrowUp', 0, 1, [0, 1]],
  ['ArrowRight', 5, 3, [5, 3]],
  ['ArrowLeft', 5, 3, [5, 2]],
  ['PageDown', 5, 1, [17, 1]],
  ['PageDown', 95, 1, [99, 1]],
  ['PageUp', 20, 1, [8, 1]],
  ['Home', 5, 3, [5, 0]],
  ['End', 5, 0, [5, 3]],
  ['Ctrl+Home', 5, 3, [0, 0]],
  ['Ctrl+End', 5, 0, [99, 3]],
  ['Ctrl+ArrowDown', 5, 2, [99, 2]],
  ['Ctrl+ArrowLeft', 5, 2, [5, 0]],
  ['x', 5, 2, undefined],
] as const)('%s leads from %i, %i to %o', (keys, index, column, expected) => {
  expect(after(keys, index, column)).toEqual(expected);
});

it('finds a row in a list, or the next one', () => {
  const rows = Uint32Array.of(3, 8, 90);
  expect([3, 4, 8, 90, 91].map((row) => indexOfRow(rows, row))).toEqual([0, 1, 1, 2, 2]);
  expect(indexOfRow(Uint32Array.of(90, 3, 8), 3)).toBe(1);
  expect(indexOfRow(new Uint32Array(), 5)).toBe(0);
});

it('keeps the order of listed rows when some are deleted', () => {
  const sorted = Uint32Array.of(90, 3, 8, 0);
  expect([...withoutRows(sorted, Uint32Array.of(3, 5))]).toEqual([88, 6, 0]);
  expect([...withoutRows(sorted, Uint32Array.of(0, 3, 8, 90))]).toEqual([]);
});
