import type { Severity } from '#wire/problem.ts';
import type { CellProblem } from '#domain/parse/records/records.ts';

/** The severity of each code, and its words where they are always the same. */
const kinds = {
  'quote-not-closed': [
    'error',
    'The quote that opens this cell is never closed, so everything behind it was read as one cell.',
  ],
  'text-behind-quote': [
    'error',
    'Here stands text behind the quote that closes the cell. Inside of a cell in quotes a quote is written twice: "".',
  ],
  'quote-inside-cell': [
    'warning',
    'This cell has a quote inside without beginning with one. It was read as it stands.',
  ],
  'row-too-short': ['error', ''],
  'row-too-long': ['error', ''],
  'nul-character': ['error', 'Here stands the character NUL (U+0000), which no text may hold. Delete it.'],
  'lone-surrogate': ['error', 'Here stands half of a character, which no text may hold. Delete it.'],
  'column-name-twice': ['warning', ''],
  'column-name-empty': ['warning', 'This column has no name.'],
  'line-empty': ['info', 'This line is empty. It was taken for no row.'],
} satisfies Record<string, [Severity, string]>;

export type TableProblemCode = keyof typeof kinds;

/** As many problems of one code are listed with their places; beyond it they are only counted. */
export const tableProblemLimit = 1000;

/** Offsets in bytes; rows below the header and columns, both from 0. */
interface CellPlace {
  from: number;
  to: number;
  row?: number;
  column?: number;
}

/** Gathers the problems of a table: counts and refused rows whole, problems listed up to the limit. */
export class TableProblems {
  readonly list: CellProblem[] = [];
  readonly counts = new Map<TableProblemCode, number>();
  /** Rows with an error, ascending, each once. */
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
