import type { Json } from '#wire/json.ts';
import type { Span } from '#wire/json-scan.ts';
import type { Path, Problem } from '#wire/problem.ts';
import type { Codes } from '#domain/requests/dictionary.ts';
import type { TaskIds } from '#domain/requests/task-ids.ts';
import type { MarkBefore } from '#domain/text/line-marks.ts';
import type { Edit } from '#domain/text/source-text.ts';
import type { Column } from './map-columns.ts';

/** Rows of cells, however they are written. */
export interface Records {
  columns: readonly Column[];
  count: number;
  /** What stands in a cell; undefined where the record does not have it. Text of a table is always text. */
  cell(record: number, column: number): Json | undefined;
  /** The kinds of records, the column of their tasks set apart. */
  distinctExcept(column: number): RecordDictionary;
  /** Where it stands; with `path`, a part of the JSON that it holds. Without a column, where the record begins. */
  span(record: number, column: number | undefined, path: Path): Span;
  /** Places whose line is known from the reading. */
  markBefore: MarkBefore;
  /** The column whose cell stands over this offset; undefined where that cannot be told by the place alone. */
  columnOver(record: number, offset: number): number | undefined;
  /** Whether it has cells at all: something else than an object has none. */
  isWritable(record: number): boolean;
  /** The change that lets a cell say something else. */
  put(record: number, column: number, cell: Json): Edit;
}

/** Records of one kind say the same in all columns but that of their tasks. */
export interface RecordDictionary {
  kindOf: Codes;
  /** The first record of each kind. */
  firsts: ArrayLike<number>;
  /** What that column says where it is the number of a task; else 0, and beyond 2^53 only about right. */
  tasks: TaskIds;
}

/** Adds the column, from 0; undefined where the whole row or line is meant. */
export interface CellProblem extends Problem {
  column?: number;
}
