import { cellWords, type RecordGrid } from './shown-cells.ts';
import { ranksOf } from './sort-values.ts';
import type { ListedRows } from './cell-edits.ts';

/** Filters rows by the exact text of a cell. */
export interface ValueFilter {
  column: number;
  words: string;
}

export interface RowSort {
  column: number;
  isDescending: boolean;
}

/** The listed rows with a value in a column, in the same order. */
export function rowsWithValue(
  { records }: RecordGrid,
  { column, words }: ValueFilter,
  listed: ListedRows,
): Uint32Array {
  return rowsOf(records.count, listed).filter((row) => cellWords(records.cell(row, column)) === words);
}

/** Sorts the listed rows by a column. Rows with equal values keep their order; empty cells always come last. */
export function sortedRows(
  { records }: RecordGrid,
  { column, isDescending }: RowSort,
  listed: ListedRows,
): Uint32Array {
  const rows = rowsOf(records.count, listed);
  const values = Array.from(rows, (row) => cellWords(records.cell(row, column)).trim());
  const ranks = ranksOf(values, isDescending);
  // A counting sort: the first place of each rank is after all rows of lower ones.
  const places = new Uint32Array(rows.length + 2);
  for (const rank of ranks) places[rank + 1]! += 1;
  for (let rank = 1; rank < places.length; rank += 1) places[rank]! += places[rank - 1]!;
  const sorted = new Uint32Array(rows.length);
  for (const [index, rank] of ranks.entries()) {
    sorted[places[rank]!] = rows[index]!;
    places[rank]! += 1;
  }
  return sorted;
}

const rowsOf = (count: number, listed: ListedRows): Uint32Array =>
  listed ?? Uint32Array.from({ length: count }, (_, row) => row);
