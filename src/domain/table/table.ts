import { behindLineEnd, cellEnd, cellText, skipEmptyLines } from './cells.ts';
import type { CodeColumn } from './code-column.ts';
import type { Dialect } from './dialect.ts';
import type { IdColumn } from './id-column.ts';
import type { TableFault, TableFaultCode } from './table-faults.ts';
import type { Span } from '#wire/json-skip.ts';

/**
 * A table, read: where its rows stand, and what the columns that were asked for hold. Rows count from 0 below the header,
 * columns from 0. There is no limit on either but memory.
 */
export interface Table {
  dialect: Dialect;
  /** How many cells the header has, or the first row where there is none. */
  width: number;
  /** What the header says; empty where there is none. */
  names: string[];
  rows: number;
  /** The offset of every row whose number is a whole multiple of `rowsPerMark`. */
  marks: Uint32Array;
  /** What was read of each column; nothing where it was skipped. */
  columns: (IdColumn | CodeColumn | undefined)[];
  /** In the order of the text; of each code as many as `tableFaultLimit`. */
  faults: TableFault[];
  /** How many faults there are of each code. */
  faultCounts: ReadonlyMap<TableFaultCode, number>;
  /** Rows with an error in their writing, ascending. They are in the columns too, as far as they could be read. */
  refusedRows: readonly number[];
}

export const rowsPerMark = 16;

/** Where a row begins. */
export function rowAt(text: string, table: Table, row: number): number {
  if (!(row >= 0 && row < table.rows)) throw new RangeError(`The table has no row ${row}`);
  let at = table.marks[Math.floor(row / rowsPerMark)]!;
  for (let steps = row % rowsPerMark; steps > 0; steps -= 1)
    at = behindRow(text, at, table.dialect.delimiter.charCodeAt(0));
  return at;
}

/** The offset of the row behind the one that begins at `from`. */
function behindRow(text: string, from: number, delimiter: number): number {
  let at = cellEnd(text, from, delimiter);
  while (text.charCodeAt(at) === delimiter) at = cellEnd(text, at + 1, delimiter);
  return skipEmptyLines(text, behindLineEnd(text, at));
}

export interface Cell extends Span {
  text: string;
}

/** What a cell says and where it stands, quotes included; none where the row is too short to have it. */
export function cellAt(text: string, table: Table, row: number, column: number): Cell | undefined {
  const delimiter = table.dialect.delimiter.charCodeAt(0);
  let from = rowAt(text, table, row);
  let to = cellEnd(text, from, delimiter);
  for (let index = 0; index < column; index += 1) {
    if (text.charCodeAt(to) !== delimiter) return undefined;
    from = to + 1;
    to = cellEnd(text, from, delimiter);
  }
  return { text: cellText(text, from, to), from, to };
}
