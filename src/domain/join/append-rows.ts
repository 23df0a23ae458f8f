import { limits } from '#wire/limits.ts';
import { LINE_FEED, RETURN } from '#wire/text/char-codes.ts';
import { count } from '#wire/text/figures.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { detectFormat } from '#domain/parse/detect-format.ts';
import type { Format } from '#domain/parse/import-settings.ts';
import { listStart } from '#domain/parse/json/json-list.ts';
import type { Parsed } from '#domain/parse/parsed.ts';
import { copiedCells } from '#domain/parse/grid/cell-edits.ts';
import { delimiters } from '#domain/parse/table/dialect.ts';
import { readTable } from '#domain/parse/table/read-table.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { headerOf, itemsIn } from './join-files.ts';
import { joined, SourceText } from '#domain/text/source-text.ts';

/** A batch with appended entries of another source, or why they can’t be appended. */
export type Appended =
  | {
      source: SourceText;
      /** How many entries were appended: rows, requests or exported annotations. */
      entries: number;
      /** Columns that are missing in the other table; they stay empty. */
      empty: string[];
    }
  | { why: string };

/**
 * Appends another source to a batch: rows to a table, matching columns by name, items to a JSON list, lines to JSON
 * Lines. All other bytes stay unchanged. `parseAdded` parses the other source as a batch; only JSON needs it.
 */
export function appendRows(
  source: SourceText,
  parsed: Parsed,
  added: SourceText,
  parseAdded: () => Parsed,
): Appended {
  return parsed.writing.as === 'table'
    ? appendTable(source, parsed, added)
    : appendJson(source, parsed, added, parseAdded);
}

function appendTable(source: SourceText, { grid, reading }: Parsed, added: SourceText): Appended {
  const dialect = reading?.dialect;
  if (grid === undefined || dialect === undefined) return { why: onlyToLists };
  if (!dialect.hasHeader) return { why: 'This batch has no header, so its columns have no names to fit by.' };
  const sample = added.slice(0, sampleBytes);
  if (/^\s*[[{]/.test(sample)) return { why: 'It isn’t a table.' };

  const names = grid.records.columns.map(({ name }) => name);
  const columnsOf = (header: readonly string[]) =>
    header.map((name) => names.findIndex((own) => keyOf(own) === keyOf(name)));
  const named = delimiters.map(
    (one) => columnsOf(filledRows(sample, one)[0] ?? []).filter((column) => column >= 0).length,
  );
  const delimiter = delimiters[named.indexOf(Math.max(...named))]!;
  const [header = []] = filledRows(sample, delimiter);
  const columns = columnsOf(header);
  if (columns.every((column) => column < 0)) return { why: 'Its first row names no column of this batch.' };
  const unknown = columns.indexOf(-1);
  if (unknown >= 0) return { why: `“${header[unknown]!}” isn’t a column of this batch.` };
  const twice = columns.findIndex((column, index) => columns.indexOf(column) < index);
  if (twice >= 0) return { why: `It has the column “${header[twice]!}” twice.` };
  const own = headerOf(source);
  const { line, end } = headerOf(added);
  if (line === own.line && filledRows(line, dialect.delimiter)[0]?.join('\n') === names.join('\n')) {
    const below = added.part(end, added.bytes.length);
    const { rows } = readTable(below, { ...dialect, hasHeader: false, rowsAbove: 0 });
    return rows.count === 0
      ? { why: noRows }
      : withinLimit({ source: withLines(source, below), entries: rows.count, empty: [] });
  }
  if (added.bytes.length > limits.pastedUnits)
    return { why: `It’s more than ${sizeInWords(limits.pastedUnits)}. Join the tables in another program.` };

  const [, ...rows] = filledRows(added.toString(), delimiter);
  const long = rows.findIndex((row) => row.length > header.length);
  if (long >= 0)
    return {
      why: `Its row ${long + 1} has ${count(rows[long]!.length, 'cell')}, its header has ${count(header.length, 'cell')}.`,
    };
  if (rows.length === 0) return { why: noRows };

  const lineEnd = lineEndOf(source);
  const written = rows.map((row) => {
    const line = names.map((_, column) => row[columns.indexOf(column)] ?? '');
    return line.map((words) => quoted(words, dialect.delimiter)).join(dialect.delimiter) || '""';
  });
  return withinLimit({
    source: withLines(source, SourceText.of(`${written.join(lineEnd)}${lineEnd}`)),
    entries: rows.length,
    empty: names.filter((_, column) => !columns.includes(column)),
  });
}

/** Formats whose texts can be concatenated. */
const joinable: readonly Format[] = ['requests', 'json-lines', 'records', 'export', 'doccano', 'prodigy'];

function appendJson(
  source: SourceText,
  { format }: Parsed,
  added: SourceText,
  parseAdded: () => Parsed,
): Appended {
  const areLines = detectFormat(source) === 'json-lines';
  if (!joinable.includes(format) || (!areLines && listStart(source) === undefined))
    return { why: onlyToLists };
  const shape = areLines ? 'JSON Lines' : 'a JSON list';
  const fits = areLines ? detectFormat(added) === 'json-lines' : listStart(added) !== undefined;
  if (!fits) return { why: `This batch is ${shape}, and the other isn’t.` };
  const other = parseAdded();
  const entries = other.grid?.records.count ?? other.entries.length;
  if (other.format !== format) return { why: 'Its content is of another format than this batch.' };
  if (entries === 0) return { why: 'It has nothing to append.' };
  return withinLimit({
    source: areLines ? withLines(source, added) : withItems(source, added),
    entries,
    empty: [],
  });
}

const withinLimit = (appended: Exclude<Appended, { why: string }>): Appended =>
  appended.source.bytes.length > limits.fileBytes
    ? { why: `Together they would be more than ${sizeInWords(limits.fileBytes)}.` }
    : appended;

const onlyToLists = 'This batch is neither a table, nor a JSON list, nor JSON Lines.';
const noRows = 'It has no rows below its header.';

/** The text with other lines appended. */
function withLines(source: SourceText, lines: SourceText): SourceText {
  const end = source.bytes.length;
  const last = source.bytes.at(-1);
  if (end === 0 || last === LINE_FEED || last === RETURN) return source.with(end, end, lines);
  const divider = SourceText.of(lineEndOf(source));
  return source.with(end, end, divider).with(end + divider.bytes.length, end + divider.bytes.length, lines);
}

/** The list with the items of another one appended. */
function withItems(source: SourceText, added: SourceText): SourceText {
  const own = itemsIn(source.bytes);
  const end = own.byteOffset - source.bytes.byteOffset + own.length;
  const divider = SourceText.of(own.length === 0 ? '' : ',\n');
  return source.with(end, end, SourceText.ofOwn(joined([divider.bytes, itemsIn(added.bytes)])));
}

/** Enough for a header. */
const sampleBytes = 65_536;

const filledRows = (text: string, delimiter: string): string[][] =>
  copiedCells(text, delimiter).filter((row) => row.some((words) => words.trim() !== ''));

const keyOf = (name: string): string => name.trim().toLowerCase();

function lineEndOf({ bytes }: SourceText): string {
  const at = bytes.findIndex((byte) => byte === LINE_FEED || byte === RETURN);
  if (at < 0 || bytes[at] === LINE_FEED) return '\n';
  return bytes[at + 1] === LINE_FEED ? '\r\n' : '\r';
}
