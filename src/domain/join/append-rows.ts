import { limits } from '#wire/limits.ts';
import { LINE_FEED, RETURN } from '#wire/text/char-codes.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { detectFormat } from '#domain/parse/detect-format.ts';
import type { Format } from '#domain/parse/import-settings.ts';
import { listStart } from '#domain/parse/json/json-list.ts';
import type { Parsed } from '#domain/parse/parsed.ts';
import { readTable } from '#domain/parse/table/read-table.ts';
import { fitRows, lineEndOf, tableOf } from './fit-rows.ts';
import { itemsIn } from './join-files.ts';
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
  const names = grid.records.columns.map(({ name }) => name);
  const fitted = fitRows({ ...tableOf(source, dialect), names }, added, 'this batch');
  if ('why' in fitted) return fitted;
  const { rows } = readTable(fitted.rows, { ...dialect, hasHeader: false, rowsAbove: 0 });
  return rows.count === 0
    ? { why: 'It has no rows below its header.' }
    : withinLimit({
        source: withLines(source, fitted.rows),
        entries: rows.count,
        empty: fitted.empty,
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
