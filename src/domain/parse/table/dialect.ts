import { QUOTE } from '#wire/text/char-codes.ts';
import { keepCodeOf } from '#wire/keep-code.ts';
import { limits } from '#wire/limits.ts';
import {
  behindLineEnd,
  cellsOfRow,
  cellText,
  isLineEnd,
  quotedEnd,
  skipEmptyLines,
  startOf,
} from './cell-bytes.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/** The delimiter and header of a table. */
export interface Dialect {
  delimiter: Delimiter;
  /** True if the first row is a header. */
  hasHeader: boolean;
  /** Number of skipped rows above the table, such as a title; none if undefined. */
  rowsAbove?: number;
}

/** In order of preference. */
export const delimiters = ['\t', ',', ';', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Bytes sampled for detection. */
const sampleLength = 65_536;
const sampleRows = 200;

/**
 * Detects whatever isn’t `chosen` from the first rows: the delimiter that gives all rows the same number of columns,
 * preferably with a column of IDs. Commas only between digits rank last, as decimal commas. Without a delimiter there
 * is one column. A first line such as `sep=;`, which Excel reads and writes, decides.
 */
export function detectDialect(text: SourceText, chosen: Partial<Dialect> = {}): Dialect {
  const sample = text.part(0, sampleLength);
  const isCut = text.bytes.length > sampleLength;
  const declared = delimiterLine(sample);
  const delimiter = chosen.delimiter ?? declared?.delimiter ?? bestDelimiter(sample, isCut, declared?.end);
  const rows = rowsOf(sample, delimiter, isCut);
  const rowsAbove =
    chosen.rowsAbove ?? (declared === undefined ? countRowsAbove(rows) : 1 + countRowsAbove(rows.slice(1)));
  const header = rows[rowsAbove];
  return {
    delimiter,
    hasHeader: chosen.hasHeader ?? (header !== undefined && isHeader(header)),
    ...(rowsAbove > 0 && { rowsAbove }),
  };
}

/** The delimiter named in the first line, if any; its value is undefined if it isn’t supported. */
function delimiterLine(sample: SourceText): { delimiter: Delimiter | undefined; end: number } | undefined {
  const start = skipEmptyLines(sample.bytes, startOf(sample));
  const match = /^"?sep=(.)"?(?:\r\n?|\n|$)/i.exec(
    sample.slice(start, Math.min(sample.bytes.length, start + 16)),
  );
  if (match === null) return undefined;
  return { delimiter: delimiters.find((one) => one === match[1]), end: start + match[0].length };
}

/**
 * The number of title rows: rows with at most one cell above a row of names that fills all columns. Unclear rows count
 * as part of the table.
 */
function countRowsAbove(rows: readonly Row[]): number {
  const filled = (row: Row) => row.cells().filter((cell) => cell.trim() !== '').length;
  const first = rows.slice(0, limits.rowsAbove + 1).findIndex((row) => filled(row) > 1);
  const names = rows[first];
  if (first <= 0 || names === undefined || !isHeader(names)) return 0;
  return filled(names) === names.length && rows.length > first + 1 ? first : 0;
}

function bestDelimiter(sample: SourceText, isCut: boolean, from?: number): Delimiter {
  const trials = delimiters.map((delimiter) => trialOf(delimiter, rowsOf(sample, delimiter, isCut, from)));
  const dividing = trials.filter(({ columns, agreement }) => columns > 1 && agreement > 0.5);
  const [best] = dividing.toSorted(byRank);
  // Rows of different lengths. Commas also divide sentences, so they need a column of IDs.
  const ragged = trials.find(
    ({ delimiter, dividesAll, hasIdColumn, isInNumbersOnly }) =>
      dividesAll && (delimiter !== ',' || (hasIdColumn && !isInNumbersOnly)),
  );
  // A table with one column gets a delimiter that doesn’t occur in it.
  return (
    best?.delimiter ??
    ragged?.delimiter ??
    [',' as const, ...delimiters].find((mark) => !sample.bytes.includes(mark.charCodeAt(0))) ??
    '\t'
  );
}

/** True if the row has text and no cell that is a number, an ID or JSON. */
function isHeader(row: Row): boolean {
  const cells = row.cells();
  const isValue = (cell: string) =>
    isLikeId(cell) || /^[-+]?\d+(?:[.,]\d+)?%?$/.test(cell.trim()) || /^\s*[[{]/.test(cell);
  return cells.some((cell) => cell.trim() !== '') && !cells.some(isValue);
}

/** The first rows split by one delimiter. */
interface Trial {
  delimiter: Delimiter;
  /** The most frequent number of columns; `agreement` is the share of rows with it. */
  columns: number;
  agreement: number;
  /** True if no row has only one cell. */
  dividesAll: boolean;
  hasIdColumn: boolean;
  isInNumbersOnly: boolean;
}

function trialOf(delimiter: Delimiter, all: readonly Row[]): Trial {
  // A title has no delimiter; but a delimiter that divides all rows is better.
  const titles = Math.max(
    0,
    all.slice(0, limits.rowsAbove).findIndex(({ length }) => length > 1),
  );
  const rows = all.slice(titles);
  const widths = new Map<number, number>();
  for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
  const [columns, count] = [...widths].toSorted(([, one], [, other]) => other - one)[0] ?? [0, 0];
  const values = rows.length > 1 ? rows.slice(1) : rows;
  const isIdColumn = (column: number) =>
    values.every((row) => isLikeId(row.cell(column)) || row.cell(column) === '') &&
    values.some((row) => isLikeId(row.cell(column)));
  return {
    delimiter,
    columns,
    agreement: rows.length === 0 ? 0 : (count / rows.length) * (titles > 0 ? 0.99 : 1),
    dividesAll: rows.length > 1 && rows.every(({ length }) => length > 1),
    hasIdColumn: Array.from({ length: columns }, (_, column) => column).some(isIdColumn),
    isInNumbersOnly: delimiter === ',' && rows.every(isDividedInNumbers),
  };
}

/** True if every comma of the row is between two digits. */
function isDividedInNumbers(row: Row): boolean {
  const isLast = (column: number) => column === row.length - 1;
  return row
    .cells()
    .every((cell, column) => (column === 0 || /^\d/.test(cell)) && (isLast(column) || /\d$/.test(cell)));
}

function byRank(one: Trial, other: Trial): number {
  return (
    Number(one.isInNumbersOnly) - Number(other.isInNumbersOnly) ||
    Number(other.agreement === 1) - Number(one.agreement === 1) ||
    Number(other.hasIdColumn) - Number(one.hasIdColumn) ||
    other.agreement - one.agreement ||
    delimiters.indexOf(one.delimiter) - delimiters.indexOf(other.delimiter)
  );
}

/** True for digits, also in the scientific notation of spreadsheets for long IDs. */
function isLikeId(cell: string): boolean {
  return /^\s*[1-9]\d*\s*$/.test(cell) || /^\s*\d+(?:[.,]\d+)?[eE]\+?\d+\s*$/.test(cell);
}

/** A row whose cells are read on demand, because most don’t decide anything. */
class Row {
  readonly length: number;
  private readonly read: (column: number) => string;
  private readonly known: (string | undefined)[] = [];

  constructor(length: number, read: (column: number) => string) {
    this.length = length;
    this.read = read;
  }

  /** Empty if the row is too short. */
  cell(column: number): string {
    return column >= this.length ? '' : (this.known[column] ??= this.read(column));
  }

  cells(): string[] {
    return Array.from({ length: this.length }, (_, column) => this.cell(column));
  }
}

keepCodeOf(new Row(0, () => ''));

/**
 * The first rows. The last row of a cut text is dropped unless it is the only one. A row with an unclosed quote ends
 * with its line, because the quote says nothing about later rows.
 */
function rowsOf(sample: SourceText, delimiter: Delimiter, isCut: boolean, from = startOf(sample)): Row[] {
  const code = delimiter.charCodeAt(0);
  const rows: Row[] = [];
  const { bytes } = sample;
  let at = skipEmptyLines(bytes, from);
  while (at < bytes.length && rows.length < sampleRows) {
    const spans = cellsOfRow(bytes, at, code);
    const end = spans.at(-1)!;
    if (isCut && end === bytes.length && rows.length > 0) break;
    if (!isCut && isOpenQuote(bytes, spans.at(-2)!, end)) {
      const lineEnd = lineEndFrom(bytes, at);
      const texts = sample.slice(at, lineEnd).split(delimiter);
      rows.push(new Row(texts.length, (column) => texts[column]!));
      at = skipEmptyLines(bytes, lineEnd);
      continue;
    }
    rows.push(
      new Row(spans.length / 2, (column) => cellText(sample, spans[2 * column]!, spans[2 * column + 1]!)),
    );
    at = skipEmptyLines(bytes, end);
  }
  return rows;
}

/** The offset of a table’s first row or header, after the rows above it. */
export function firstRowOf(text: SourceText, { delimiter, rowsAbove = 0 }: Dialect): number {
  const { bytes } = text;
  let at = skipEmptyLines(bytes, startOf(text));
  for (let row = 0; row < rowsAbove && at < bytes.length; row += 1)
    at = skipEmptyLines(bytes, behindLineEnd(bytes, cellsOfRow(bytes, at, delimiter.charCodeAt(0)).at(-1)!));
  return at;
}

/** True if the last cell of a text starts with an unclosed quote. */
function isOpenQuote(bytes: Bytes, from: number, to: number): boolean {
  return to === bytes.length && quotedEnd(bytes, from) > to && bytes[from] === QUOTE;
}

function lineEndFrom(bytes: Bytes, from: number): number {
  let at = from;
  while (at < bytes.length && !isLineEnd(bytes[at])) at += 1;
  return at;
}
