import { cellWords, type RecordGrid } from './grid.ts';
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

/** Sorts numbers before words, and words as people do; `a2` is before `a10`. */
const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Sorts the listed rows by a column. Rows with equal values keep their order; empty cells always come last. */
export function sortedRows(
  { records }: RecordGrid,
  { column, isDescending }: RowSort,
  listed: ListedRows,
): Uint32Array {
  const rows = rowsOf(records.count, listed);
  const values = Array.from(rows, (row) => cellWords(records.cell(row, column)).trim());
  // Comparing distinct values once is much faster for a column of labels.
  const order = [...new Set(values)].filter((value) => value !== '').toSorted(compare);
  if (isDescending) order.reverse();
  const ranks = new Map(order.map((value, rank) => [value, rank]));
  ranks.set('', order.length);
  const rankOf = Uint32Array.from(values, (value) => ranks.get(value)!);
  return Uint32Array.from(
    Uint32Array.from(rows.keys()).toSorted((one, other) => rankOf[one]! - rankOf[other]! || one - other),
    (index) => rows[index]!,
  );
}

function compare(one: string, other: string): number {
  const [first, second] = [Number(one), Number(other)];
  if (!Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  if (Number.isNaN(first) !== Number.isNaN(second)) return Number.isNaN(first) ? 1 : -1;
  return words.compare(one, other);
}

const rowsOf = (count: number, listed: ListedRows): Uint32Array =>
  listed ?? Uint32Array.from({ length: count }, (_, row) => row);
