import type { LabelConfig } from '#config/label-config.ts';
import type { Path, Problem } from '#wire/problem.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { entriesOf, type Entries } from '#domain/requests/entries.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import type { RecordGrid } from '#domain/parse/records/grid.ts';
import { jsonLayout, type JsonPart, type Layout } from './layout.ts';
import type { Format, ResolvedImport, ImportSettings } from './import-settings.ts';
import { skipSpace, skipValue } from '#domain/parse/json/skip-bytes.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import type { Table } from '#domain/parse/table/table.ts';

/** What was found in the source. The entries stay as they came: one may be anything that JSON can hold. */
export interface Parsed {
  /** How the source is written; `unreadable` where it is no JSON, `empty` where there is nothing yet. */
  format: Format;
  entries: Entries;
  /** What is wrong with the writing itself, with spans in bytes. Where the shape is `unreadable`, there are no entries. */
  problems: Problem[];
  /** Entries whose own writing is wrong, also those without a problem here: of a table only the first ones are listed. */
  refused: readonly number[];
  layout: Layout;
  /** By what the entries are divided in the text. */
  writing: Writing;
  /** How it was read, where there is anything to read. */
  reading: ResolvedImport | undefined;
  /** The cells of a table or of records. */
  grid?: RecordGrid;
}

/** How the entries stand in a text: as JSON each, as rows of a table, or as parts of exported tasks. */
export type Writing =
  | JsonWriting
  | { as: 'table'; table: Table }
  | { as: 'export'; /** The path to each annotation. */ paths: Path[] };

/** One value, items of a list, a line each. */
export interface JsonWriting {
  as: 'one' | 'list' | 'lines';
  /** Where each stands. */
  partOf: (entry: number) => JsonPart;
}

/** What is to be read, and how. */
export interface Asked {
  text: SourceText;
  settings: ImportSettings;
  configOf: ConfigOf | undefined;
}

/** The config of the project that the source is for. */
export const configFor = ({ configOf }: Asked): LabelConfig | undefined => configOf?.({}).config;

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

/** Problems of the source as a whole, found by reading one of its JSON texts. */
export function inSource(problems: readonly Problem[], part: JsonPart): Problem[] {
  return problems.map((problem) => ({ ...withSpanIn(part, problem), path: [] }));
}

/** Turns the units of a JSON text into bytes of the source. */
export function withSpanIn({ from, text }: JsonPart, problem: Problem): Problem {
  const { span, related } = problem;
  const at = (units: number) => from + text.offsetOf(units);
  return {
    ...problem,
    ...(span !== undefined && { span: { from: at(span.from), to: at(span.to) } }),
    ...(related !== undefined && { related: { ...related, offset: at(related.offset) } }),
  };
}

/** Adds what is wrong with the writing of the source. Where that is too much to be told one by one, no row gets through. */
export function addSourceProblems({ problems, refused, entries }: Parsed, findings: ProblemList): void {
  for (const problem of problems) findings.add(problem);
  for (const entry of refused) {
    if (entry >= entries.length || findings.entryErrors.at(entry) > 0) continue;
    const message =
      'This row is written wrongly. Of mistakes like its own only the first 1,000 are told one by one: mend those, and ' +
      'this one is told.';
    findings.add({ code: 'row-written-wrongly', severity: 'error', message, entry, path: [] });
  }
}
