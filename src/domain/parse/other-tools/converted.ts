import { OPEN_LIST, OPEN_OBJECT } from '#wire/text/char-codes.ts';
import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { Path, Problem } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { locate } from '#domain/text/locate.ts';
import { SourceText } from '#domain/text/source-text.ts';
import type { ColumnTarget, OtherTool } from '#domain/parse/import-settings.ts';
import type { JsonPart, Layout } from '#domain/parse/layout.ts';
import type { ParseInput, JsonWriting, Parsed } from '#domain/parse/parsed.ts';

/** A file of another tool, converted to records: one for each labelled image or text. */
export interface Converted {
  format: OtherTool;
  records: readonly JsonObject[];
  /** The member that identifies the task: a file name or its text. */
  key: 'file_name' | 'text';
  /** The place of a record’s member, or of the whole record, in the source. */
  spanOf(record: number, member: string | undefined, path: Path): Span;
  /** Problems of the whole source. */
  problems: Problem[];
}

/** The names of the tools. */
const toolNames: Record<OtherTool, string> = {
  coco: 'COCO',
  yolo: 'YOLO',
  doccano: 'doccano',
  prodigy: 'Prodigy',
};

/** Parses the records of a converted source. They can’t be edited in place. */
export function parseConverted(
  input: ParseInput,
  { format, records, key, spanOf, problems }: Converted,
  parseRecords: (input: ParseInput, layout: Layout) => Parsed | undefined,
): Parsed {
  const text = SourceText.of(records.map((record) => writeJson(record)).join('\n'));
  const { columns = {}, matching } = input.settings;
  const settings = {
    ...input.settings,
    format: 'records' as const,
    columns: { ...(matching !== undefined && { [key]: 'task-key' as ColumnTarget }), ...columns },
  };
  const layout: Layout = {
    spans: (sought) =>
      sought.map(({ entry, path: [member, ...path] }) =>
        entry === undefined || entry >= records.length
          ? { from: 0, to: 0 }
          : spanOf(entry, member === undefined ? undefined : String(member), path),
      ),
    edits: () => [],
    markBefore: () => ({ at: 0, line: 1 }),
    isReadOnly: true,
  };
  const parsed = parseRecords({ ...input, text, settings }, layout)!;
  const { grid, reading } = parsed;
  return {
    ...parsed,
    format,
    problems:
      records.length === 0
        ? withError(problems, format)
        : [...placedIn(parsed, problems), ...parsed.problems.map((problem) => inWords(problem, format, key))],
    layout: { ...parsed.layout, edits: layout.edits, isReadOnly: true },
    writing: { as: 'converted', partOf: (parsed.writing as JsonWriting).partOf },
    reading: reading && { ...reading, format },
    ...(grid && { grid: { ...grid, records: { ...grid.records, isWritable: () => false } } }),
  };
}

/** While rows aren’t matched to tasks there are no entries, so all problems are of the source. */
const placedIn = ({ entries }: Parsed, problems: readonly Problem[]): Problem[] =>
  problems.map(({ entry, ...problem }) =>
    entry === undefined || entry >= entries.length ? problem : { ...problem, entry },
  );

/** Without records, columns have no problems. */
const withError = (problems: Problem[], format: OtherTool): Problem[] =>
  problems.some(({ severity }) => severity === 'error')
    ? problems
    : [
        errorAt('nothing-to-import', `This ${toolNames[format]} file has no labels to import.`, {
          from: 0,
          to: 1,
        }),
        ...problems,
      ];

/** These files never have task IDs, so the fix differs from that for a table. */
function inWords(problem: Problem, format: OtherTool, key: Converted['key']): Problem {
  if (problem.code !== 'task-column-missing') return problem;
  const [what, by] = key === 'text' ? ['texts', 'their text'] : ['images', 'file name'];
  return {
    ...problem,
    code: 'task-matching-missing',
    message: `${toolNames[format]} files name ${what}, not tasks. Choose the project and match tasks by ${by}.`,
  };
}

/** Reports what isn’t imported; nothing for a count of 0. */
export function notImported(code: string, number: number, one: string, many: string, at: number): Problem[] {
  if (number === 0) return [];
  const message = `${count(number, one, many)}.`;
  return [{ code, severity: 'info', message, path: [], span: { from: at, to: at + 1 } }];
}

/** The span of a path in a JSON text of the source; for a list or object, its bracket. */
export function spanIn({ from, text }: JsonPart, path: Path): Span {
  const span = locate(text.toString(), [{ path }])[0]!;
  const at = text.offsetOf(span.from);
  const isLong = text.bytes[at] === OPEN_OBJECT || text.bytes[at] === OPEN_LIST;
  return { from: from + at, to: from + (isLong ? at + 1 : text.offsetOf(span.to)) };
}

/** An error of the source at one place. */
export function errorAt(code: string, message: string, span: Span): Problem {
  return { code, severity: 'error', message, path: [], span };
}

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const objectsIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.map((item) => (isJsonObject(item) ? item : {})) : [];

/** The number in a JSON value; NaN for anything else. */
export const numberOf = (value: Json | undefined): number =>
  value === undefined || typeof value === 'string' || value === null ? Number.NaN : Number(writeJson(value));
