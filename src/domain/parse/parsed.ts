import type { LabelConfig } from '#config/label-config.ts';
import { skipSpace } from '#wire/json/json-bytes.ts';
import type { Problem } from '#wire/problem.ts';
import type { ConfigOf, KnownConfig } from '#domain/requests/known-config.ts';
import type { TasksOf } from '#domain/match/tasks-of.ts';
import type { KeyColumn } from '#domain/match/try-matching.ts';
import { entriesOf, type Entries } from '#domain/requests/entries.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import type { RecordGrid } from '#domain/parse/grid/shown-cells.ts';
import { jsonLayout, type JsonPart, type Layout } from './layout.ts';
import type { Format, ResolvedImport, ImportSettings } from './import-settings.ts';
import { skipValue } from '#domain/parse/json/skip-bytes.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import type { Table } from '#domain/parse/table/table.ts';

/** The result of parsing a source. Entries aren’t validated: each may be any JSON value. */
export interface Parsed {
  /** `unreadable` if the source is neither JSON nor a table, `empty` if it has no text. */
  format: Format;
  entries: Entries;
  /** Syntax errors, with spans in bytes. An `unreadable` source has no entries. */
  problems: Problem[];
  /** All entries with a syntax error, including those beyond the limit of `problems`. */
  refused: readonly number[];
  layout: Layout;
  /** How entries are separated in the source. */
  writing: Writing;
  /** The resolved import settings; undefined for an empty or unreadable source. */
  reading: ResolvedImport | undefined;
  /** The cells of a table or of records. */
  grid?: RecordGrid;
  /** Values of an export’s task data, by which tasks may be found. */
  keyColumns?: () => readonly KeyColumn[];
}

/** How the source contains its entries: as JSON values, table rows or annotations of exported tasks. */
export type Writing =
  | JsonWriting
  | { as: 'table'; table: Table }
  | { as: 'export'; /** The key of the task data by which tasks are found, if they are. */ key?: string }
  | { as: 'converted'; /** The record that an entry was rewritten to. */ partOf: JsonWriting['partOf'] };

/** A single JSON value, items of a list, or JSON Lines. */
export interface JsonWriting {
  as: 'one' | 'list' | 'lines';
  /** The JSON text of an entry and its offset. */
  partOf: (entry: number) => JsonPart;
}

/** The source to parse, with its settings. */
export interface ParseInput {
  text: SourceText;
  settings: ImportSettings;
  configOf: ConfigOf | undefined;
  /** The known tasks, for rows that name theirs by another value than its ID. */
  tasksOf?: TasksOf | undefined;
}

/** The labelling config of the chosen project. */
export const configFor = (input: ParseInput): LabelConfig | undefined => knownFor(input).config;

/** The known data of the chosen project. */
export function knownFor({ configOf }: ParseInput): Partial<KnownConfig> {
  const known = configOf?.({});
  return known?.config === undefined ? {} : known;
}

export function unreadable(text: SourceText, problems: readonly Problem[]): Parsed {
  return nothing('unreadable', text, inSource(problems, { from: 0, text }));
}

export function nothing(
  format: Extract<Format, 'empty' | 'unreadable'>,
  text: SourceText,
  problems: Problem[],
): Parsed {
  return {
    format,
    entries: entriesOf([]),
    problems,
    refused: [],
    layout: layoutOfWhole(text),
    writing: writingOfWhole(text),
    reading: undefined,
  };
}

/** The result for a recognised format that isn’t supported. */
export const notSupported = (text: SourceText, message: string): Parsed =>
  nothing('unreadable', text, [
    { code: 'format-not-supported', severity: 'error', message, path: [], span: { from: 0, to: 1 } },
  ]);

/** The result for a source that is recognised but refused as a whole. Its import settings can still be changed. */
export function withoutEntries(
  reading: Pick<ResolvedImport, 'format' | 'dialect'>,
  text: SourceText,
  problem: Pick<Problem, 'code' | 'message' | 'span'>,
): Parsed {
  return {
    ...nothing('unreadable', text, [{ severity: 'error', path: [], ...problem }]),
    format: reading.format,
    reading: { columns: [], targets: [], ...reading },
  };
}

export function readingOf(format: ResolvedImport['format']): ResolvedImport {
  return { format, columns: [], targets: [] };
}

export function writingOfWhole(text: SourceText): JsonWriting {
  const from = skipSpace(text.bytes, 0);
  return { as: 'one', partOf: () => ({ from, text: text.part(from, skipValue(text.bytes, from)) }) };
}

export const layoutOfWhole = (text: SourceText): Layout =>
  jsonLayout(
    () => ({ from: 0, text }),
    (_, path) => path,
  );

/** Converts problems of one JSON text to problems of the whole source. */
export function inSource(problems: readonly Problem[], part: JsonPart): Problem[] {
  return problems.map((problem) => ({ ...withSpanIn(part, problem), path: [] }));
}

/** Converts a problem’s spans from UTF-16 units of a JSON text to bytes of the source. */
export function withSpanIn({ from, text }: JsonPart, problem: Problem): Problem {
  const { span, related } = problem;
  const at = (units: number) => from + text.offsetOf(units);
  return {
    ...problem,
    ...(span !== undefined && { span: { from: at(span.from), to: at(span.to) } }),
    ...(related !== undefined && { related: { ...related, offset: at(related.offset) } }),
  };
}

/**
 * Adds the syntax errors of the source. Rows beyond the listing limit get a general error, so that none of them is
 * sent.
 */
export function addSourceProblems({ problems, refused, entries }: Parsed, findings: ProblemList): void {
  for (const problem of problems) findings.add(problem);
  for (const entry of refused) {
    if (entry >= entries.length || findings.entryErrors.at(entry) > 0) continue;
    const message =
      'This row has a syntax error. Only the first 1,000 errors of each type are described: fix those to see this one.';
    findings.add({ code: 'row-written-wrongly', severity: 'error', message, entry, path: [] });
  }
}
