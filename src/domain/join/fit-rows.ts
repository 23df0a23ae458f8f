import { limits } from '#wire/limits.ts';
import { LINE_FEED } from '#wire/text/char-codes.ts';
import { count } from '#wire/text/figures.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { copiedCells } from '#domain/parse/grid/cell-edits.ts';
import { behindLineEnd, cellsOfRow, cellText, isLineEnd } from '#domain/parse/table/cell-bytes.ts';
import { delimiters, detectDialect, firstRowOf, type Dialect } from '#domain/parse/table/dialect.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';

/** A table with a header, to which rows of others are appended. */
export interface Table {
  dialect: Dialect;
  /** Names of its columns. */
  names: readonly string[];
  /** The bytes up to the first row: the header, and rows above it such as `sep=;`. */
  head: Bytes;
  lineEnd: string;
}

/** Rows in the notation of a table, with the columns that stay empty; or why they don’t fit. */
export type FittedRows = { rows: SourceText; empty: string[] } | { why: string };

export function tableOf(text: SourceText, dialect: Dialect): Table {
  const { names, end } = headerOf(text, dialect);
  return { dialect, names, head: text.bytes.subarray(0, end), lineEnd: lineEndOf(text) };
}

/**
 * The rows of another table for the columns of the same names. Rows with the same columns in the same order stay as
 * they are. `owner` names the table in messages.
 */
export function fitRows(table: Table, added: SourceText, owner: string): FittedRows {
  const { dialect, names } = table;
  if (startsWithHead(added.bytes, table.head))
    return { rows: added.part(table.head.length, added.bytes.length), empty: [] };
  if (/^\s*[[{]/.test(added.slice(0, sampleBytes))) return { why: 'It isn’t a table.' };

  const other = bestHeader(added, names);
  const header = other.names;
  const columns = columnsOf(names, header);
  if (columns.every((column) => column < 0)) return { why: `Its first row names no column of ${owner}.` };
  const unknown = columns.indexOf(-1);
  if (unknown >= 0) return { why: `“${header[unknown]!}” isn’t a column of ${owner}.` };
  const twice = columns.findIndex((column, index) => columns.indexOf(column) < index);
  if (twice >= 0) return { why: `It has the column “${header[twice]!}” twice.` };

  const below = added.part(other.end, added.bytes.length);
  const areInOrder = columns.length === names.length && columns.every((column, index) => column === index);
  if (areInOrder && other.dialect.delimiter === dialect.delimiter) return { rows: below, empty: [] };
  if (below.bytes.length > limits.pastedUnits)
    return {
      why: `Its columns have another order or delimiter, and it’s more than ${sizeInWords(limits.pastedUnits)}. Join the tables in another program.`,
    };
  const rows = filledRows(below.toString(), other.dialect.delimiter);
  const long = rows.findIndex((row) => row.length > header.length);
  if (long >= 0)
    return {
      why: `Its row ${long + 1} has ${count(rows[long]!.length, 'cell')}, its header has ${count(header.length, 'cell')}.`,
    };
  const written = rows.map((row) => {
    const line = names.map((_, column) => row[columns.indexOf(column)] ?? '');
    return `${line.map((words) => quoted(words, dialect.delimiter)).join(dialect.delimiter) || '""'}${table.lineEnd}`;
  });
  return {
    rows: SourceText.ofSlices(written),
    empty: names.filter((_, column) => !columns.includes(column)),
  };
}

/** Enough for a header. */
const sampleBytes = 65_536;

interface Header {
  dialect: Dialect;
  names: string[];
  /** The offset of the row below. */
  end: number;
}

/** The header, read with the delimiter that finds the most columns of these names. */
function bestHeader(text: SourceText, names: readonly string[]): Header {
  const headers = delimiters.map((delimiter) =>
    headerOf(text, detectDialect(text, { delimiter, hasHeader: true })),
  );
  const found = headers.map(
    (header) => columnsOf(names, header.names).filter((column) => column >= 0).length,
  );
  return headers[found.indexOf(Math.max(...found))]!;
}

function headerOf(text: SourceText, dialect: Dialect): Header {
  const { bytes } = text;
  const spans = cellsOfRow(bytes, firstRowOf(text, dialect), dialect.delimiter.charCodeAt(0));
  const names = Array.from({ length: spans.length / 2 }, (_, column) =>
    cellText(text, spans[2 * column]!, spans[2 * column + 1]!),
  );
  return { dialect, names, end: behindLineEnd(bytes, spans.at(-1)!) };
}

/** The column of each name of a header; -1 if there is none. */
const columnsOf = (names: readonly string[], header: readonly string[]): number[] =>
  header.map((name) => names.findIndex((own) => keyOf(own) === keyOf(name)));

const keyOf = (name: string): string => name.trim().toLowerCase();

const startsWithHead = (bytes: Bytes, head: Bytes): boolean =>
  isLineEnd(head.at(-1)) && bytes.length >= head.length && head.every((byte, at) => bytes[at] === byte);

const filledRows = (text: string, delimiter: string): string[][] =>
  copiedCells(text, delimiter).filter((row) => row.some((words) => words.trim() !== ''));

export function lineEndOf({ bytes }: SourceText): string {
  const at = bytes.findIndex(isLineEnd);
  if (at < 0 || bytes[at] === LINE_FEED) return '\n';
  return bytes[at + 1] === LINE_FEED ? '\r\n' : '\r';
}
