import { expect, it } from 'vitest';
import type { CellRange, GridRow } from '#domain/parse/grid/grid-rows.ts';
import { nextProblem } from './next-problem.ts';

/** Row 2 has problems in columns 3 and 1, row 5 one of the whole row, row 9 one in column 0. */
const columns: Record<number, (number | undefined)[]> = { 2: [3, 1], 5: [undefined], 9: [0] };
const engine = {
  rowsWithProblems: async () => Uint32Array.of(2, 5, 9),
  gridRows: async ({ rows: [row = 0] }: CellRange): Promise<GridRow[]> => [
    {
      row,
      cells: [],
      isWritable: true,
      errors: 0,
      warnings: 0,
      problems: (columns[row] ?? []).map((column) => ({
        code: 'some-code',
        severity: 'error',
        message: 'Wrong.',
        path: [],
        ...(column !== undefined && { column }),
      })),
    },
  ],
};

it.each([
  ['within the row', [2, 1], 1, [2, 3]],
  ['to the row as a whole', [2, 3], 1, [5, undefined]],
  ['from between', [6, 2], 1, [9, 0]],
  ['from the last to the first', [9, 0], 1, [2, 1]],
  ['back within the row', [2, 3], -1, [2, 1]],
  ['back to the row before', [9, 0], -1, [5, undefined]],
  ['back from the first to the last', [2, 1], -1, [9, 0]],
] as const)('leads on %s', async (_, [row, column], direction, expected) => {
  const next = await nextProblem(engine, undefined, { row, column }, direction);
  expect([next?.row, next?.column]).toEqual(expected);
});

it('visits only listed rows', async () => {
  const among = Uint32Array.of(5, 7, 9);
  expect(await nextProblem(engine, among, { row: 9, column: 0 }, 1)).toMatchObject({ row: 5 });
  expect(await nextProblem(engine, Uint32Array.of(9, 5, 2), { row: 9, column: 0 }, 1)).toMatchObject({
    row: 5,
  });
  expect(await nextProblem(engine, Uint32Array.of(9, 5, 2), { row: 9, column: 0 }, -1)).toMatchObject({
    row: 2,
  });
  expect(await nextProblem(engine, Uint32Array.of(7), { row: 7, column: 0 }, 1)).toBeUndefined();
});
