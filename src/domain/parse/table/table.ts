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

/** A parsed table. Rows count from 0 below the header, columns from 0. */
export interface Table {
  dialect: Dialect;
  /** Number of columns: of the header, or of the first row if there is none. */
  width: number;
  /** The header’s names; empty if there is none. */
  names: string[];
  rows: number;
  /** Offset and line of every `rowsPerMark`-th row. */
  marks: Uint32Array;
  markLines: Uint32Array;
  /** The column of task ids, if given; it isn’t part of the row codes. */
  taskColumn: number | undefined;
  /** Its ids: 0 if invalid, inexact above 2^53. */
  tasks: TaskIds;
  /** Row code by row: rows with equal codes agree in all other columns. */
  kindOf: Codes;
  kinds: RowDictionary;
  /** The distinct texts of each column but the task column. */
  texts: (TextDictionary | undefined)[];
  /** In the order of the text; of each code at most `tableProblemLimit`. */
  problems: CellProblem[];
  /** How many problems there are of each code. */
  problemCounts: ReadonlyMap<TableProblemCode, number>;
  /** Rows with a syntax error, ascending; their cells are read as far as possible. */
  refusedRows: readonly number[];
}

export const rowsPerMark = 32;

/** The text of a cell; empty if the row is too short. */
export function cellOf(text: SourceText, table: Table, row: number, column: number): string {
  const texts = table.texts[column];
  if (texts === undefined) return cellAt(text, table, row, column)?.text ?? '';
  return texts.textOf(table.kinds.cells[column]![table.kindOf[row]!]!);
}

/** The offset of a row. */
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

/** A cell’s text and its span, quotes included; undefined if the row is too short. */
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
