import type { Severity } from '#domain/problems/problem.ts';

/** Something wrong in the writing of a table, with its place. */
export interface TableFault {
  code: TableFaultCode;
  /** An error keeps its row from being sent. */
  severity: Severity;
  /** What was found and what would be right, in words for people. */
  message: string;
  /** Offsets into the text, in UTF-16 code units. */
  from: number;
  to: number;
  /** Which row below the header, from 0; none in the header and for an empty line. */
  row?: number;
  /** Which column, from 0; none where the whole row or line is meant. */
  column?: number;
}

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

export type TableFaultCode = keyof typeof kinds;

/** As many faults of one code are listed with their places; beyond it they are only counted. */
export const tableFaultLimit = 1000;

type Place = Pick<TableFault, 'from' | 'to' | 'row' | 'column'>;

/** Gathers the faults of a table: counts and refused rows whole, faults listed up to the limit. */
export class TableFaults {
  readonly list: TableFault[] = [];
  readonly counts = new Map<TableFaultCode, number>();
  /** Rows with an error, ascending, each once. */
  readonly refusedRows: number[] = [];

  add(code: TableFaultCode, place: Place, message: string = kinds[code][1]): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    const [severity] = kinds[code];
    if (count <= tableFaultLimit) this.list.push({ code, severity, message, ...place });
    if (severity === 'error' && place.row !== undefined && this.refusedRows.at(-1) !== place.row)
      this.refusedRows.push(place.row);
  }
}
