import type { Span } from '#wire/json-scan.ts';
import type { Codes } from '#domain/requests/dictionary.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import type { TaskIds } from '#domain/requests/task-ids.ts';
import type { TextDictionary } from './text-dictionary.ts';
import { behindLineEnd, cellEnd, cellText, skipEmptyLines } from './cell-bytes.ts';
import type { Dialect } from './dialect.ts';
import type { RowDictionary } from './row-dictionary.ts';
import type { CellProblem } from '#domain/parse/records/records.ts';
import type { TableProblemCode } from './table-problems.ts';

/**
 * A table, read: where its rows stand, and what they say. Rows count from 0 below the header, columns from 0. There is no
 * limit on either but memory.
 */
export interface Table {
  dialect: Dialect;
  /** How many cells the header has, or the first row where there is none. */
  width: number;
  /** What the header says; empty where there is none. */
  names: string[];
  rows: number;
  /** The offset of every row whose number is a whole multiple of `rowsPerMark`, and the line on which it begins. */
  marks: Uint32Array;
  markLines: Uint32Array;
  /** The column that holds tasks, if one was named. What it says is not a part of a row's kind. */
  taskColumn: number | undefined;
  /** What stands there; 0 where it is no whole number, and only about right beyond 2^53. */
  tasks: TaskIds;
  /** The kind of each row: rows of one kind say the same in all other columns. */
  kindOf: Codes;
  kinds: RowDictionary;
  /** The different texts of each column; none of that of the tasks. */
  texts: (TextDictionary | undefined)[];
  /** In the order of the text; of each code as many as `tableFaultLimit`. */
  problems: CellProblem[];
  /** How many problems there are of each code. */
  problemCounts: ReadonlyMap<TableProblemCode, number>;
  /** Rows with an error in their writing, ascending. They are in the columns too, as far as they could be read. */
  refusedRows: readonly number[];
}

export const rowsPerMark = 32;

/** What a cell says; an empty text where the row is too short to have it. */
export function cellOf(text: SourceText, table: Table, row: number, column: number): string {
  const texts = table.texts[column];
  if (texts === undefined) return cellAt(text, table, row, column)?.text ?? '';
  return texts.textOf(table.kinds.cells[column]![table.kindOf[row]!]!);
}

/** Where a row begins. */
export function rowAt({ bytes }: SourceText, table: Table, row: number): number {
  if (!(row >= 0 && row < table.rows)) throw new RangeError(`The table has no row ${row}`);
  let at = table.marks[Math.floor(row / rowsPerMark)]!;
  const delimiter = table.dialect.delimiter.charCodeAt(0);
  for (let steps = row % rowsPerMark; steps > 0; steps -= 1) {
    at = cellEnd(bytes, at, delimiter);
    while (bytes[at] === delimiter) at = cellEnd(bytes, at + 1, delimiter);
    at = skipEmptyLines(bytes, behindLineEnd(bytes, at));
  }
  return at;
}

export interface Cell extends Span {
  text: string;
}

/** What a cell says and where it stands, quotes included; none where the row is too short to have it. */
export function cellAt(text: SourceText, table: Table, row: number, column: number): Cell | undefined {
  const { bytes } = text;
  const delimiter = table.dialect.delimiter.charCodeAt(0);
  let from = rowAt(text, table, row);
  let to = cellEnd(bytes, from, delimiter);
  for (let index = 0; index < column; index += 1) {
    if (bytes[to] !== delimiter) return undefined;
    from = to + 1;
    to = cellEnd(bytes, from, delimiter);
  }
  return { text: cellText(text, from, to), from, to };
}
