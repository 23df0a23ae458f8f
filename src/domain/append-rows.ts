import { LINE_FEED, RETURN } from '#wire/text/char-codes.ts';
import { count } from '#wire/text/words.ts';
import type { Parsed } from '#domain/parse/parsed.ts';
import { copiedCells } from '#domain/parse/records/cell-edits.ts';
import { delimiters } from '#domain/parse/table/dialect.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { SourceText } from '#domain/text/source-text.ts';

/** A table with rows of another one behind its own, or why that can’t be. */
export type Appended =
  | {
      source: SourceText;
      rows: number;
      /** Columns that the other table doesn’t have; they stay empty. */
      empty: string[];
    }
  | { why: string };

/** Appends the rows of a pasted table to a table, by the names in both headers; everything else stays byte for byte. */
export function appendRows(source: SourceText, { writing, grid, reading }: Parsed, pasted: string): Appended {
  const dialect = reading?.dialect;
  if (writing.as !== 'table' || grid === undefined || dialect === undefined)
    return { why: 'Rows can only be appended to a table.' };
  if (!dialect.hasHeader) return { why: 'This batch has no header, so its columns have no names to fit by.' };
  if (/^\s*[[{]/.test(pasted)) return { why: 'The pasted text isn’t a table.' };

  const names = grid.records.columns.map(({ name }) => name);
  const columnsOf = (header: readonly string[]) =>
    header.map((name) => names.findIndex((own) => keyOf(own) === keyOf(name)));
  const sample = pasted.slice(0, sampleLength);
  const named = delimiters.map(
    (one) => columnsOf(filledRows(sample, one)[0] ?? []).filter((column) => column >= 0).length,
  );
  const [header = [], ...rows] = filledRows(pasted, delimiters[named.indexOf(Math.max(...named))]!);
  const columns = columnsOf(header);
  if (columns.every((column) => column < 0)) return { why: 'Its first row names no column of this batch.' };
  const unknown = columns.indexOf(-1);
  if (unknown >= 0) return { why: `“${header[unknown]!}” isn’t a column of this batch.` };
  const twice = columns.findIndex((column, index) => columns.indexOf(column) < index);
  if (twice >= 0) return { why: `It has the column “${header[twice]!}” twice.` };
  const long = rows.findIndex((row) => row.length > header.length);
  if (long >= 0)
    return {
      why: `Its row ${long + 1} has ${count(rows[long]!.length, 'cell')}, its header has ${count(header.length, 'cell')}.`,
    };
  if (rows.length === 0) return { why: 'It has no rows below its header.' };

  const lineEnd = lineEndOf(source);
  const written = rows.map((row) => {
    const line = names.map((_, column) => row[columns.indexOf(column)] ?? '');
    return line.map((words) => quoted(words, dialect.delimiter)).join(dialect.delimiter) || '""';
  });
  const last = source.bytes.at(-1);
  const isOpen = last !== LINE_FEED && last !== RETURN;
  const added = `${isOpen ? lineEnd : ''}${written.join(lineEnd)}${lineEnd}`;
  const end = source.bytes.length;
  return {
    source: source.with(end, end, SourceText.of(added)),
    rows: rows.length,
    empty: names.filter((_, column) => !columns.includes(column)),
  };
}

/** In UTF-16 units; enough for a header. */
const sampleLength = 65_536;

const filledRows = (text: string, delimiter: string): string[][] =>
  copiedCells(text, delimiter).filter((row) => row.some((words) => words.trim() !== ''));

const keyOf = (name: string): string => name.trim().toLowerCase();

function lineEndOf({ bytes }: SourceText): string {
  const at = bytes.findIndex((byte) => byte === LINE_FEED || byte === RETURN);
  if (at < 0 || bytes[at] === LINE_FEED) return '\n';
  return bytes[at + 1] === LINE_FEED ? '\r\n' : '\r';
}
