import { isJsonObject, writeJson } from '#wire/json/json.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { escapeFormula } from '#domain/text/escape-formula.ts';
import type { JsonWriting, Parsed } from '#domain/parse/parsed.ts';
import type { RemainingEntry, CheckedBatch } from './remaining-rows.ts';
import type { Edit, SourceText } from '#domain/text/source-text.ts';
import type { ValueEdit } from '#domain/parse/layout.ts';
import { problemColumns } from '#domain/parse/mapping/map-columns.ts';
import { normalizedName } from '#wire/text/words.ts';
import type { ResolvedImport } from '#domain/parse/import-settings.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { behindLineEnd, cellsOfRow, startOf } from '#domain/parse/table/cell-bytes.ts';
import { firstRowOf } from '#domain/parse/table/dialect.ts';
import { rowAt, type Table } from '#domain/parse/table/table.ts';
import { targetOf } from '#domain/requests/target.ts';

/** The text of a file in parts. */
export interface RemainingFile {
  parts: Iterable<string>;
  extension: 'csv' | 'tsv' | 'json' | 'jsonl';
}

type Remaining = ReadonlyMap<number, RemainingEntry>;

/**
 * Writes the remaining entries in the format of the source, with every cell and request unchanged. A table gets the
 * reasons in a last column; JSON can’t, because anything added to a request would be part of it.
 */
export function writeRemainingFile({ text, parsed }: CheckedBatch, remaining: Remaining): RemainingFile {
  const { writing } = parsed;
  switch (writing.as) {
    case 'table':
      return {
        parts: rowsWithReasons(text, writing.table, parsed.reading!, remaining),
        extension: writing.table.dialect.delimiter === '\t' ? 'tsv' : 'csv',
      };
    case 'export':
      return { parts: listOf(exportedTasks(text, parsed, writing.key, remaining)), extension: 'json' };
    case 'converted':
    case 'lines':
      return {
        parts: Array.from(requests(parsed, writing, remaining), (line) => `${line}\n`),
        extension: 'jsonl',
      };
    case 'list':
      return { parts: listOf(requests(parsed, writing, remaining)), extension: 'json' };
    case 'one':
      return {
        parts: Array.from(requests(parsed, writing, remaining), (one) => `${one}\n`),
        extension: 'json',
      };
  }
}

function* rowsWithReasons(
  text: SourceText,
  table: Table,
  reading: ResolvedImport,
  remaining: Remaining,
): Generator<string> {
  const delimiterCode = table.dialect.delimiter.charCodeAt(0);
  const { bytes } = text;
  const begin = firstRowOf(text, table.dialect);
  const firstRow = cellsOfRow(bytes, begin, delimiterCode);
  const end = firstRow.at(-1)!;
  const lineEnd = text.slice(end, behindLineEnd(bytes, end)) || '\n';
  const { name, column } = problemColumn(table, reading, remaining);
  const add = (spans: readonly number[], words: string | undefined): string =>
    words === undefined ? text.slice(spans[0]!, spans.at(-1)!) : withCell(text, table, spans, column, words);

  yield text.slice(0, table.dialect.rowsAbove ? begin : startOf(text));
  // Without a header, the first remaining row could be read as one.
  if (table.dialect.hasHeader) yield add(firstRow, name) + lineEnd;
  else {
    const names = [...reading.columns.map((one) => one.name), ...(name === undefined ? [] : [name])];
    yield names.map((one) => quoted(one, table.dialect.delimiter)).join(table.dialect.delimiter) + lineEnd;
  }
  for (const [row, leftover] of remaining) {
    const spans = cellsOfRow(bytes, rowAt(text, table, row), delimiterCode);
    yield add(spans, name === undefined ? undefined : reasonIn(leftover)) + lineEnd;
  }
}

/** Replaces the row’s cell in this column, or appends a cell if the column is missing. */
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
 * The name of the column for the reasons, and its index if the table has it already. It must not be read as a control
 * later. Undefined after an unclosed quote, because anything appended would belong to that cell.
 */
function problemColumn(
  { names, problems }: Table,
  { columns, targets }: ResolvedImport,
  remaining: Remaining,
): { name: string | undefined; column: number | undefined } {
  const isOpen = problems.some(
    ({ code, entry }) => code === 'quote-not-closed' && remaining.has(entry ?? -1),
  );
  const isFree = (name: string) =>
    !targets.some(({ target }) => normalizedName(target) === normalizedName(`control:${name}`)) &&
    columns.every((column) => column.name !== name || column.target === 'nothing');
  const name = isOpen ? undefined : problemColumns.find(isFree);
  const at = name === undefined ? -1 : names.indexOf(name);
  return { name, column: at < 0 ? undefined : at };
}

function reasonIn({ reason, more }: RemainingEntry): string {
  const words = more === 0 ? reason : `${reason} And ${more} more.`;
  return escapeFormula(words.replaceAll('\0', '\u{fffd}').toWellFormed());
}

function* requests(
  parsed: Parsed,
  { partOf }: Pick<JsonWriting, 'partOf'>,
  remaining: Remaining,
): Generator<string> {
  const edits = editsOf(parsed, remaining);
  for (const entry of remaining.keys()) {
    const { from, text } = partOf(entry);
    const edit = edits.get(entry);
    yield edit
      ? text.edited([{ ...edit, from: edit.from - from, to: edit.to - from }]).toString()
      : text.toString();
  }
}

/** Removes finished tasks from requests: sent again, they would get a second annotation. */
function editsOf({ entries, layout }: Parsed, remaining: Remaining): Map<number, Edit> {
  const changes: ValueEdit[] = [];
  for (const [entry, { tasks }] of remaining) {
    const request = entries.at(entry);
    if (tasks === undefined || !isJsonObject(request)) continue;
    const target = targetOf(request);
    const isList = target.kind === 'tasks' && target.path[0] === 'tasks';
    changes.push(
      isList
        ? { entry, path: ['tasks'], value: tasks }
        : { entry, path: ['selected_items'], value: { all: false, included: tasks } },
    );
  }
  const edits = layout.edits(changes);
  return new Map(changes.map(({ entry }, index) => [entry, edits[index]!]));
}

/** Each task with its remaining annotations, and the data value by which it is matched, or its ID. */
function* exportedTasks(
  text: SourceText,
  { layout }: Parsed,
  key: string | undefined,
  remaining: Remaining,
): Generator<string> {
  const entries = [...remaining.keys()];
  const spans = layout.spans(
    entries.flatMap((entry) => [
      { entry, path: ['task'] },
      { entry, path: [] },
    ]),
  );
  const textOf = ({ from, to }: Span) => text.slice(from, to);
  const parts = entries.map((_, index) => {
    const [task, annotation] = [spans[2 * index]!, spans[2 * index + 1]!];
    // A task without an ID has the place of its enclosing object.
    const isMissing = task.from <= annotation.from && annotation.to <= task.to;
    const value = isMissing ? 'null' : textOf(task);
    return {
      task: key === undefined ? `"id": ${value}` : `"data": {${writeJson(key)}: ${value}}`,
      annotation: textOf(annotation),
    };
  });
  for (let index = 0; index < parts.length;) {
    const { task } = parts[index]!;
    const annotations: string[] = [];
    for (; parts[index]?.task === task; index += 1) annotations.push(parts[index]!.annotation);
    yield `{${task}, "annotations": [${annotations.join(', ')}]}`;
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
