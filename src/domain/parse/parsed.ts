import type { LabelConfig } from '#config/label-config.ts';
import type { JsonFault } from '#wire/json.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { entriesOf, type Entries } from '#domain/requests/entries.ts';
import type { Path, Severity } from '#domain/problems/problem.ts';
import type { RecordGrid } from '#domain/parse/records/grid.ts';
import { jsonLayout, type JsonPart, type Layout } from './layout.ts';
import type { ResolvedImport, ImportSettings } from './import-settings.ts';
import { skipSpace, skipValue } from '#domain/parse/json/skip-bytes.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import type { Table } from '#domain/parse/table/table.ts';

/** What was found in the source. The entries stay as they came: one may be anything that JSON can hold. */
export interface Parsed {
  /** How the source is written; `unreadable` where it is no JSON, `empty` where there is nothing yet. */
  shape: ResolvedImport['format'] | 'unreadable' | 'empty';
  entries: Entries;
  /** What is wrong with the writing itself. Where the shape is `unreadable`, no entry can be told apart. */
  faults: SourceFault[];
  /** Entries whose own writing is wrong, whether or not a fault says so: only the first faults of a table are listed. */
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

/** A mistake in the writing of a source, with its place in bytes. */
export interface SourceFault {
  code: string;
  severity: Severity;
  message: string;
  from: number;
  to: number;
  entry?: number;
  /** Inside the entry. */
  path: Path;
  also?: JsonFault['also'];
}

/** What is to be read, and how. */
export interface Asked {
  text: SourceText;
  choice: ImportSettings;
  configOf: ConfigOf | undefined;
}

/** The config of the project that the source is for. */
export const configFor = ({ configOf }: Asked): LabelConfig | undefined => configOf?.({}).config;

export function unreadable(text: SourceText, faults: readonly JsonFault[]): Parsed {
  const found = faults.map((fault) => ofSource(fault, { from: 0, text }, []));
  return nothing('unreadable', text, found);
}

export function nothing(shape: 'empty' | 'unreadable', text: SourceText, faults: SourceFault[]): Parsed {
  return {
    shape,
    entries: entriesOf([]),
    faults,
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

/** A fault in a JSON text of the source. */
export function ofSource(
  { code, message, offset, length, also }: JsonFault,
  part: JsonPart,
  path: Path,
): SourceFault {
  const at = (units: number) => part.from + part.text.offsetOf(units);
  return {
    code,
    severity: 'error',
    message,
    from: at(offset),
    to: at(offset + length),
    path,
    ...(also !== undefined && { also: { ...also, offset: at(also.offset) } }),
  };
}
