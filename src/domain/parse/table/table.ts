import type { Span } from '#wire/json/json-scan.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import type { CellSource } from '#domain/parse/columns/cell-source.ts';
import { codeAt, type ColumnarRows } from '#domain/parse/columns/columnar-rows.ts';
import { behindLineEnd, cellEnd, cellText, skipEmptyLines } from './cell-bytes.ts';
import type { Dialect } from './dialect.ts';
import type { CellProblem } from '#domain/parse/columns/records.ts';
import type { TableProblemCode } from './table-problems.ts';

/** A parsed table. Rows count from 0 below the header, columns from 0. */
export interface Table {
  dialect: Dialect;
  /** Number of columns: of the header, or of the first row if there is none. */
  width: number;
  /** The header’s names; empty if there is none. */
  names: string[];
  /** The column of task ids, if given. */
  taskColumn: number | undefined;
  rows: ColumnarRows;
  /** Offset and line of every `rowsPerMark`-th row. */
  marks: Uint32Array;
  markLines: Uint32Array;
  /** In the order of the text; of each code at most `tableProblemLimit`. */
  problems: CellProblem[];
  /** How many problems there are of each code. */
  problemCounts: ReadonlyMap<TableProblemCode, number>;
  /** Rows with a syntax error, ascending; their cells are read as far as possible. */
  refusedRows: readonly number[];
}

export const rowsPerMark = 32;

/** The cells of a table, which are strings. */
export class TableCells implements CellSource {
  readonly bytes: Bytes;
  readonly hasNumbers = false;
  private readonly text: SourceText;

  constructor(text: SourceText) {
    this.text = text;
    this.bytes = text.bytes;
  }

  isText(): boolean {
    return true;
  }

  cellAt(from: number, to: number): string {
    return cellText(this.text, from, to);
  }

  keyOf(from: number, to: number): string {
    return this.cellAt(from, to);
  }

  keyOfText(words: string): string {
    return words;
  }
}

/** The text of a cell; empty if the row is too short. */
export function cellOf(text: SourceText, table: Table, row: number, column: number): string {
  const code = codeAt(table.rows, row, column);
  const kept = table.rows.kept[column]?.valueOf(code);
  if (typeof kept === 'string') return kept;
  const span = cellSpan(text, table, row, column);
  return span === undefined ? '' : cellText(text, span.from, span.to);
}

/** The last row that was found in each table, because rows are often read one after the other. */
const lastRows = new WeakMap<Table, { row: number; at: number }>();

/** The offset of a row. */
export function rowAt({ bytes }: SourceText, table: Table, row: number): number {
  if (!(row >= 0 && row < table.rows.count)) throw new RangeError(`The table has no row ${row}`);
  const last = lastRows.get(table) ?? { row: 0, at: table.marks[0]! };
  lastRows.set(table, last);
  const mark = Math.floor(row / rowsPerMark);
  if (last.row > row || last.row < mark * rowsPerMark) {
    last.row = mark * rowsPerMark;
    last.at = table.marks[mark]!;
  }
  for (; last.row < row; last.row += 1) last.at = nextRow(bytes, table, last.at);
  return last.at;
}

function nextRow(bytes: Bytes, { dialect }: Table, from: number): number {
  const delimiter = dialect.delimiter.charCodeAt(0);
  let at = cellEnd(bytes, from, delimiter);
  while (bytes[at] === delimiter) at = cellEnd(bytes, at + 1, delimiter);
  return skipEmptyLines(bytes, behindLineEnd(bytes, at));
}

/** The span of a cell, quotes included; undefined if the row is too short. Its offset may be known. */
export function cellSpan(
  text: SourceText,
  table: Table,
  row: number,
  column: number,
  known?: number,
): Span | undefined {
  const { bytes } = text;
  const delimiter = table.dialect.delimiter.charCodeAt(0);
  let from = known ?? rowAt(text, table, row);
  let to = cellEnd(bytes, from, delimiter);
  for (let index = 0; known === undefined && index < column; index += 1) {
    if (bytes[to] !== delimiter) return undefined;
    from = to + 1;
    to = cellEnd(bytes, from, delimiter);
  }
  return { from, to };
}

export interface Cell extends Span {
  text: string;
}

/** A cell with its text; undefined if the row is too short. */
export function cellAt(text: SourceText, table: Table, row: number, column: number): Cell | undefined {
  const span = cellSpan(text, table, row, column);
  return span && { from: span.from, to: span.to, text: cellText(text, span.from, span.to) };
}
