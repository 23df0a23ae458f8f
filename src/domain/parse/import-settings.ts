import type { Delimiter, Dialect } from '#domain/parse/table/dialect.ts';
import type { Label } from '#config/labels.ts';

/**
 * The format of a source.
 *
 * - `request`, `requests`: one request as JSON, or a list of them
 * - `json-lines`: JSON Lines of requests
 * - `records`: a list of objects whose members are columns: `{"task": 12, "mood": "Positive"}`
 * - `export`: tasks with their annotations, as Label Studio exports them
 * - `table`: CSV, TSV, a range of a spreadsheet
 * - `empty`, `unreadable`: nothing yet, or neither JSON nor a table
 */
export type Format =
  'request' | 'requests' | 'json-lines' | 'records' | 'export' | 'table' | 'empty' | 'unreadable';

/** A value of one control’s column in the file, and the label it is read as; a user accepted each of them. */
export type ValueMapping = Readonly<Record<string, Label>>;

/** What a column of a table, or a member of records, holds: `control:NAME` and `field:NAME` are those of that name. */
export type ColumnTarget = 'nothing' | 'task' | 'result' | `field:${string}` | `control:${string}`;

/** What somebody said about how a source is to be read. What they did not say is found out. */
export interface ImportSettings {
  format?: Extract<Format, 'requests' | 'records' | 'table'>;
  delimiter?: Delimiter;
  hasHeader?: boolean;
  /** By the columns' names. */
  columns?: Record<string, ColumnTarget>;
  /** By control: labels in the place of what stands in cells, which stays as it is. */
  values?: Record<string, ValueMapping>;
}

/** How a source was read, for the screen. */
export interface ResolvedImport {
  format: Format;
  /** Only of tables. */
  dialect?: Dialect;
  /** Of tables and records: what each column was taken for. */
  columns: ColumnReading[];
  /** What a column may be taken for; empty where there are no columns. */
  targets: { target: ColumnTarget; words: string }[];
}

export interface ColumnReading {
  name: string;
  target: ColumnTarget;
  /** The first few things that stand in it. */
  samples: string[];
}

/** What one entry of a source is called. */
export function entryWord(format: Format): 'row' | 'request' {
  return format === 'table' || format === 'records' ? 'row' : 'request';
}
