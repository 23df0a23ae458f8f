import type { Severity } from '#wire/problem.ts';
import type { CellProblem } from '#domain/parse/columns/records.ts';

/** The severity and message of each code; an empty message comes from the caller. */
const kinds = {
  'quote-not-closed': [
    'error',
    'The opening quote of this cell is never closed, so everything after it was read as one cell. Close the quote.',
  ],
  'text-behind-quote': [
    'error',
    'Text follows the closing quote of this cell. Inside a quoted cell, write each quote twice: "".',
  ],
  'quote-inside-cell': [
    'warning',
    'This cell contains a quote but doesn’t start with one. Its text was read unchanged.',
  ],
  'row-too-short': ['error', ''],
  'row-too-long': ['error', ''],
  'nul-character': ['error', 'Contains an invalid NUL character. Remove it.'],
  'lone-surrogate': ['error', 'Contains half of a character (a lone surrogate). Remove it.'],
  'column-name-twice': ['warning', ''],
  'column-name-empty': ['warning', 'This column has no name.'],
  'row-above-table': [
    'info',
    'This row is above the table, so it isn’t read. Change the header row under Import settings.',
  ],
  'line-empty': ['info', 'This line is empty and was skipped.'],
} satisfies Record<string, [Severity, string]>;

export type TableProblemCode = keyof typeof kinds;

/** Problems listed per code; further ones are only counted. */
export const tableProblemLimit = 1000;

/** Offsets in bytes; rows below the header and columns, both from 0. */
interface CellPlace {
  from: number;
  to: number;
  row?: number;
  column?: number;
}

/** Collects a table’s problems: all counts and rows with errors, but only `tableProblemLimit` problems per code. */
export class TableProblems {
  readonly list: CellProblem[] = [];
  readonly counts = new Map<TableProblemCode, number>();
  /** Distinct rows with an error, ascending. */
  readonly refusedRows: number[] = [];

  add(code: TableProblemCode, { from, to, row, column }: CellPlace, message: string = kinds[code][1]): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    const [severity] = kinds[code];
    if (count <= tableProblemLimit) {
      const problem: CellProblem = { code, severity, message, path: [], span: { from, to } };
      if (row !== undefined) problem.entry = row;
      if (column !== undefined) problem.column = column;
      this.list.push(problem);
    }
    if (severity === 'error' && row !== undefined && this.refusedRows.at(-1) !== row)
      this.refusedRows.push(row);
  }
}
