import { cellsOfRow, cellText, skipEmptyLines, startOf } from './cell-bytes.ts';
import type { SourceText } from '#domain/text/source-text.ts';

/** The delimiter and header of a table. */
export interface Dialect {
  delimiter: Delimiter;
  /** True if the first row is a header. */
  hasHeader: boolean;
}

/** In order of preference if nothing else decides. */
export const delimiters = ['\t', ',', ';', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Bytes sampled for detection. */
const sampleLength = 65_536;
const sampleRows = 200;

/**
 * Detects the dialect from the first rows: the delimiter that gives all rows the same number of columns, preferably with a
 * column of ids. Commas only between digits rank last, as decimal commas. Without a delimiter there is one column.
 */
export function detectDialect(text: SourceText): Dialect {
  const sample = text.part(0, sampleLength);
  const isCut = text.bytes.length > sampleLength;
  const trials = delimiters.map((delimiter) => trialOf(delimiter, rowsOf(sample, delimiter, isCut)));
  const dividing = trials.filter(({ columns, agreement }) => columns > 1 && agreement > 0.5);
  const [best] = dividing.toSorted(byRank);
  // A table of one column gets a delimiter that doesn’t occur in it.
  const delimiter =
    best?.delimiter ??
    [',' as const, ...delimiters].find((mark) => !sample.bytes.includes(mark.charCodeAt(0))) ??
    '\t';
  const rows = rowsOf(sample, delimiter, isCut);
  return { delimiter, hasHeader: rows[0] !== undefined && isHeader(rows[0]) };
}

/** True if the row has text and no cell that is a number, an id or JSON. */
function isHeader(cells: readonly string[]): boolean {
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
  hasIdColumn: boolean;
  isInNumbersOnly: boolean;
}

function trialOf(delimiter: Delimiter, rows: readonly string[][]): Trial {
  const widths = new Map<number, number>();
  for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
  const [columns, count] = [...widths].toSorted(([, one], [, other]) => other - one)[0] ?? [0, 0];
  const values = rows.length > 1 ? rows.slice(1) : rows;
  const isIdColumn = (column: number) =>
    values.every((row) => isLikeId(row[column] ?? '') || (row[column] ?? '') === '') &&
    values.some((row) => isLikeId(row[column] ?? ''));
  return {
    delimiter,
    columns,
    agreement: rows.length === 0 ? 0 : count / rows.length,
    hasIdColumn: Array.from({ length: columns }, (_, column) => column).some(isIdColumn),
    isInNumbersOnly: delimiter === ',' && rows.every(isDividedInNumbers),
  };
}

/** True if every comma of the row is between two digits. */
const isDividedInNumbers = (cells: readonly string[]): boolean =>
  cells.every(
    (cell, column) => (column === 0 || /^\d/.test(cell)) && (column === cells.length - 1 || /\d$/.test(cell)),
  );

function byRank(one: Trial, other: Trial): number {
  return (
    Number(one.isInNumbersOnly) - Number(other.isInNumbersOnly) ||
    Number(other.agreement === 1) - Number(one.agreement === 1) ||
    Number(other.hasIdColumn) - Number(one.hasIdColumn) ||
    other.agreement - one.agreement ||
    delimiters.indexOf(one.delimiter) - delimiters.indexOf(other.delimiter)
  );
}

/** True for digits, also in the scientific notation that spreadsheets use for long ids. */
function isLikeId(cell: string): boolean {
  return /^\s*[1-9]\d*\s*$/.test(cell) || /^\s*\d+(?:[.,]\d+)?[eE]\+?\d+\s*$/.test(cell);
}

/** The cells of the first rows. The last row of a cut text is dropped unless it is the only one. */
function rowsOf(sample: SourceText, delimiter: Delimiter, isCut: boolean): string[][] {
  const code = delimiter.charCodeAt(0);
  const rows: string[][] = [];
  const { bytes } = sample;
  let at = skipEmptyLines(bytes, startOf(sample));
  while (at < bytes.length && rows.length < sampleRows) {
    const spans = cellsOfRow(bytes, at, code);
    const end = spans.at(-1)!;
    if (isCut && end === bytes.length && rows.length > 0) break;
    const cells: string[] = [];
    for (let index = 0; index < spans.length; index += 2)
      cells.push(cellText(sample, spans[index]!, spans[index + 1]!));
    rows.push(cells);
    at = skipEmptyLines(bytes, end);
  }
  return rows;
}
