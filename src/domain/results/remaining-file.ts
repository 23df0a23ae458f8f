import { isJsonObject } from '#wire/json.ts';
import type { Span } from '#wire/json-scan.ts';
import type { Path } from '#wire/problem.ts';
import { locate } from '#domain/text/locate.ts';
import type { JsonWriting, Parsed } from '#domain/parse/parsed.ts';
import type { Leftover, Source } from './remaining-rows.ts';
import type { Edit, SourceText } from '#domain/text/source-text.ts';
import type { Put } from '#domain/parse/layout.ts';
import { plain, problemColumns } from '#domain/parse/records/map-columns.ts';
import type { ResolvedImport } from '#domain/parse/import-settings.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { behindLineEnd, cellsOfRow, skipEmptyLines, startOf } from '#domain/parse/table/cell-bytes.ts';
import { rowAt, type Table } from '#domain/parse/table/table.ts';
import { targetOf } from '#domain/requests/target.ts';

/** A file in the making: its pieces, in order. */
export interface RestFile {
  parts: Iterable<string>;
  extension: 'csv' | 'tsv' | 'json' | 'jsonl';
}

type Rest = ReadonlyMap<number, Leftover>;

/**
 * What is left of a source, written as the source is: every cell and every request stands there as it stood. A table gets
 * the reasons in a last column. JSON gets none, for whatever is added to a request would be a part of it.
 */
export function writeRest({ text, parsed }: Source, rest: Rest): RestFile {
  const { writing } = parsed;
  switch (writing.as) {
    case 'table':
      return {
        parts: rowsWithReasons(text, writing.table, parsed.reading!, rest),
        extension: writing.table.dialect.delimiter === '\t' ? 'tsv' : 'csv',
      };
    case 'export':
      return { parts: listOf(exportedTasks(text.toString(), writing.paths, rest)), extension: 'json' };
    case 'lines':
      return {
        parts: Array.from(requests(parsed, writing, rest), (line) => `${line}\n`),
        extension: 'jsonl',
      };
    case 'list':
      return { parts: listOf(requests(parsed, writing, rest)), extension: 'json' };
    case 'one':
      return { parts: Array.from(requests(parsed, writing, rest), (one) => `${one}\n`), extension: 'json' };
  }
}

function* rowsWithReasons(
  text: SourceText,
  table: Table,
  reading: ResolvedImport,
  rest: Rest,
): Generator<string> {
  const delimiterCode = table.dialect.delimiter.charCodeAt(0);
  const { bytes } = text;
  const begin = skipEmptyLines(bytes, startOf(text));
  const firstRow = cellsOfRow(bytes, begin, delimiterCode);
  const end = firstRow.at(-1)!;
  const lineEnd = text.slice(end, behindLineEnd(bytes, end)) || '\n';
  const { name, column } = problemColumn(table, reading, rest);
  const add = (spans: readonly number[], words: string | undefined): string =>
    words === undefined ? text.slice(spans[0]!, spans.at(-1)!) : withCell(text, table, spans, column, words);

  yield text.slice(0, startOf(text));
  // Without names, the first row that is left could be taken for them.
  if (table.dialect.hasHeader) yield add(firstRow, name) + lineEnd;
  else {
    const names = [...reading.columns.map((one) => one.name), ...(name === undefined ? [] : [name])];
    yield names.map((one) => quoted(one, table.dialect.delimiter)).join(table.dialect.delimiter) + lineEnd;
  }
  for (const [row, leftover] of rest) {
    const spans = cellsOfRow(bytes, rowAt(text, table, row), delimiterCode);
    yield add(spans, name === undefined ? undefined : reasonIn(leftover)) + lineEnd;
  }
}

/** The row with these words in the column, in the place of what stands there, else behind its last cell. */
function withCell(
  text: SourceText,
  { dialect }: Table,
  spans: readonly number[],
  column: number | undefined,
  words: string,
): string {
  const cell = quoted(words, dialect.delimiter);
  const [from, to] = column === undefined ? [] : spans.slice(2 * column, 2 * column + 2);
  if (from === undefined || to === undefined)
    return text.slice(spans[0]!, spans.at(-1)!) + dialect.delimiter + cell;
  return text.slice(spans[0]!, from) + cell + text.slice(to, spans.at(-1)!);
}

/**
 * Under which name the reasons stand, and in which column if the table has it. It must be nobody's answer when the file is
 * read again. There is none where a quote is never closed, for then whatever stands behind it belongs to that cell.
 */
function problemColumn(
  { names, problems }: Table,
  { columns, targets }: ResolvedImport,
  rest: Rest,
): { name: string | undefined; column: number | undefined } {
  const isOpen = problems.some(({ code, entry }) => code === 'quote-not-closed' && rest.has(entry ?? -1));
  const isFree = (name: string) =>
    !targets.some(({ target }) => plain(target) === plain(`control:${name}`)) &&
    columns.every((column) => column.name !== name || column.target === 'nothing');
  const name = isOpen ? undefined : problemColumns.find(isFree);
  const at = name === undefined ? -1 : names.indexOf(name);
  return { name, column: at < 0 ? undefined : at };
}

/** Behind an apostrophe no spreadsheet takes a server's words for a formula. */
function reasonIn({ reason, more }: Leftover): string {
  const words = more === 0 ? reason : `${reason} And ${more} more.`;
  const safe = words.replaceAll('\0', '\u{fffd}').toWellFormed();
  return /^[=+\-@\t\r]/.test(safe) ? `'${safe}` : safe;
}

function* requests(parsed: Parsed, { partOf }: JsonWriting, rest: Rest): Generator<string> {
  const edits = editsOf(parsed, rest);
  for (const entry of rest.keys()) {
    const { from, text } = partOf(entry);
    const edit = edits.get(entry);
    yield edit
      ? text.edited([{ ...edit, from: edit.from - from, to: edit.to - from }]).toString()
      : text.toString();
  }
}

/** Where some tasks of a request are done, only the others may stay: sent again as it was, it would make a second annotation. */
function editsOf({ entries, layout }: Parsed, rest: Rest): Map<number, Edit> {
  const puts: Put[] = [];
  for (const [entry, { tasks }] of rest) {
    const request = entries.at(entry);
    if (tasks === undefined || !isJsonObject(request)) continue;
    const target = targetOf(request);
    const isList = target.kind === 'tasks' && target.path[0] === 'tasks';
    puts.push(
      isList
        ? { entry, path: ['tasks'], value: tasks }
        : { entry, path: ['selected_items'], value: { all: false, included: tasks } },
    );
  }
  const edits = layout.edits(puts);
  return new Map(puts.map(({ entry }, index) => [entry, edits[index]!]));
}

/** Each task with the annotations of it that are left. */
function* exportedTasks(text: string, paths: readonly Path[], rest: Rest): Generator<string> {
  const entries = [...rest.keys()];
  const asks = entries.flatMap((entry) => {
    const path = paths[entry]!;
    return [path, [path[0]!, 'id']].map((one) => ({ path: one }));
  });
  const spans = locate(text, asks);
  const said = ({ from, to }: Span) => text.slice(from, to);
  for (let index = 0; index < entries.length;) {
    const task = paths[entries[index]!]![0];
    const id = said(spans[2 * index + 1]!);
    const annotations: string[] = [];
    for (; index < entries.length && paths[entries[index]!]![0] === task; index += 1)
      annotations.push(said(spans[2 * index]!));
    yield `{"id": ${id}, "annotations": [${annotations.join(', ')}]}`;
  }
}

function* listOf(items: Iterable<string>): Generator<string> {
  let separator = '[\n';
  for (const item of items) {
    yield separator + item;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
