import type { Json } from '#wire/json/json.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { Path, Problem } from '#wire/problem.ts';
import type { MarkBefore } from '#domain/text/line-marks.ts';
import type { ColumnarRows } from './columnar-rows.ts';
import type { Edit } from '#domain/text/source-text.ts';

/** A column before mapping: its name and first distinct non-blank values. */
export interface Column {
  name: string;
  samples: readonly Json[];
  /** True if it may have more values than the samples. */
  isFull: boolean;
}

/** Rows of cells: of a table, or of JSON objects. */
export interface Records {
  columns: readonly Column[];
  count: number;
  /** The stored cells. */
  rows: ColumnarRows;
  /** A cell’s value; undefined if missing. Cells of a table are always strings. */
  cell(record: number, column: number): Json | undefined;
  /** The span of a cell in the source, if it can be found without parsing. Its offset may be given. */
  spanOf(record: number, column: number, from?: number): Span | undefined;
  /** The span of a cell, or of `path` inside its JSON. Without a column, the start of the record. */
  span(record: number, column: number | undefined, path: Path): Span;
  /** Finds the last known line mark at or before an offset. */
  markBefore: MarkBefore;
  /** The column of the cell at an offset; undefined if offsets don’t identify cells. */
  columnOver(record: number, offset: number): number | undefined;
  /** False for an item that isn’t an object, which has no cells. */
  isWritable(record: number): boolean;
  /** The edits that set cells of a record, by their columns. */
  put(record: number, cells: ReadonlyMap<number, Json>): Edit[];
}

/** A problem with its column, from 0; undefined for a whole row or line. */
export interface CellProblem extends Problem {
  column?: number;
}
