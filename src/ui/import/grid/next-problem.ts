import type { BatchPart } from '#engine/batch/batch-part.ts';
import { indexOfRow } from './grid-position.ts';
import type { RowFilter } from './use-grid-rows.ts';

interface At {
  row: number;
  /** Undefined if the problem belongs to the whole row. */
  column?: number | undefined;
}

/** The next cell with a problem, row by row and wrapping around; undefined if there is none. */
export async function nextProblem(
  batch: Pick<BatchPart, 'rowsWithProblems' | 'gridRows'>,
  filter: RowFilter,
  from: { row: number; column: number },
  direction: 1 | -1,
): Promise<At | undefined> {
  const rows = await batch.rowsWithProblems();
  const inRow = (await columnsOf(batch, from.row)).filter((column) => (column - from.column) * direction > 0);
  if (inRow.length > 0) return { row: from.row, column: direction > 0 ? inRow[0]! : inRow.at(-1)! };
  const row = filter
    ? nextListed(filter, rows, from.row, direction)
    : direction > 0
      ? (rows.find((one) => one > from.row) ?? rows[0])
      : (rows.findLast((one) => one < from.row) ?? rows.at(-1));
  if (row === undefined) return undefined;
  const columns = await columnsOf(batch, row);
  return { row, column: direction > 0 ? columns[0] : columns.at(-1) };
}

/** The next listed row with a problem, in list order. */
function nextListed(listed: Uint32Array, rows: Uint32Array, from: number, direction: 1 | -1) {
  const isWrong = new Set(rows);
  const here = indexOfRow(listed, from);
  for (let step = 1; step <= listed.length; step += 1) {
    const row = listed.at((here + direction * step) % listed.length)!;
    if (isWrong.has(row)) return row;
  }
  return undefined;
}

async function columnsOf(batch: Pick<BatchPart, 'gridRows'>, row: number): Promise<number[]> {
  const [read] = await batch.gridRows({ rows: [row], columns: { from: 0, to: 0 } });
  const columns = read?.problems.flatMap(({ column }) => (column === undefined ? [] : [column])) ?? [];
  return [...new Set(columns)].toSorted((one, other) => one - other);
}
