import { fieldNames } from '#wire/bulk-request.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { readJson, type Json, type JsonFault } from '#wire/json.ts';
import type { Path, Severity } from './problem.ts';
import { entriesOfExport } from './source/exported.ts';
import { mapColumns } from './source/map-columns.ts';
import { jsonLayout, type JsonPart, type Layout } from './source/layout.ts';
import { areExportedTasks, areRecords, recordsOfObjects } from './source/object-records.ts';
import type { Reading, ReadingChoice } from './source/reading.ts';
import type { RecordGrid } from './source/grid.ts';
import { entriesOfRecords, type Records } from './source/records.ts';
import { recordsOfTable } from './source/table-records.ts';
import { detectFormat } from './detect.ts';
import { detectDialect } from './table/dialect.ts';
import { readTable } from './table/read-table.ts';
import type { Table } from './table/table.ts';

/** What was found in the source. The entries stay as they came: one may be anything that JSON can hold. */
export interface Parsed {
  /** How the source is written; `unreadable` where it is no JSON, `empty` where there is nothing yet. */
  shape: Reading['format'] | 'unreadable' | 'empty';
  entries: Json[];
  /** What is wrong with the writing itself. Where the shape is `unreadable`, no entry can be told apart. */
  faults: SourceFault[];
  /** Entries whose own writing is wrong, whether or not a fault says so: only the first faults of a table are listed. */
  refused: readonly number[];
  layout: Layout;
  /** By what the entries are divided in the text. */
  writing: Writing;
  /** How it was read, where there is anything to read. */
  reading: Reading | undefined;
  /** The cells of a table or of records. */
  grid?: RecordGrid;
}

/** How the entries stand in a text: one value, items of a list, a line each, rows of a table, parts of exported tasks. */
export type Writing =
  | { as: 'one' | 'list' }
  | { as: 'lines'; lines: readonly JsonPart[] }
  | { as: 'table'; table: Table }
  | { as: 'export'; /** The path to each annotation. */ paths: Path[] };

/** A mistake in the writing of a source, with its place. */
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

export interface ParseOptions {
  choice?: ReadingChoice;
  /** The labelling config of the project that the source is for; asked for only where columns need it. */
  config?: () => LabelConfig | undefined;
}

/** Reads a source in whatever format it is written. */
export function parse(text: string, { choice = {}, config = () => undefined }: ParseOptions = {}): Parsed {
  const format = choice.format === 'table' ? 'table' : detectFormat(text);
  if (format === 'table' && (choice.format ?? 'table') === 'table') return parseTable(text, choice, config());
  if (format === 'json-lines') return parseLines(text, choice, config);
  return parseJson(text, choice, config);
}

function parseJson(text: string, choice: ReadingChoice, config: () => LabelConfig | undefined): Parsed {
  const { value, faults } = readJson(text);
  const whole = { from: 0, text };
  const plain = jsonLayout(
    () => whole,
    (entry, path) => (entry === undefined ? path : [entry, ...path]),
  );
  if (faults[0]?.code === 'json-empty') return nothing('empty', plain, []);
  if (value === undefined)
    return nothing(
      'unreadable',
      plain,
      faults.map((fault) => ofSource(fault, 0, [])),
    );
  if (!Array.isArray(value)) {
    const layout = jsonLayout(
      () => whole,
      (_, path) => path,
    );
    const entryFaults = faults.map((fault) => ({ ...ofSource(fault, 0, fault.path), entry: 0 }));
    const reading = readingOf('one');
    return {
      shape: 'one',
      entries: [value],
      faults: entryFaults,
      refused: [],
      layout,
      writing: { as: 'one' },
      reading,
    };
  }
  if (areExportedTasks(value)) {
    const { entries, paths } = entriesOfExport(value);
    const layout = jsonLayout(
      () => whole,
      (entry, path) => (entry === undefined ? path : pathInExport(paths[entry]!, path)),
    );
    const exported = faults.map((fault) => inEntry(fault, entryAt(paths, fault.path), 3));
    const writing: Writing = { as: 'export', paths };
    const reading = readingOf('export');
    return { shape: 'export', entries, faults: exported, refused: [], layout, writing, reading };
  }
  const listed = faults.map((fault) =>
    inEntry(fault, typeof fault.path[0] === 'number' ? fault.path[0] : undefined, 1),
  );
  const records = recordsIn(value, plain, choice, config);
  const writing: Writing = { as: 'list' };
  if (records) return parseRecords('records', records, { faults: listed, writing }, choice, config());
  const reading = readingOf('array');
  return { shape: 'array', entries: value, faults: listed, refused: [], layout: plain, writing, reading };
}

/** An annotation's task is named by the object around it. */
function pathInExport(annotation: Path, path: Path): Path {
  return path[0] === 'task' ? [annotation[0]!, 'id'] : [...annotation, ...path];
}

function entryAt(paths: readonly Path[], path: Path): number | undefined {
  const entry = paths.findIndex((annotation) => annotation.every((step, depth) => step === path[depth]));
  return entry < 0 ? undefined : entry;
}

/** JSON Lines: each line is read by itself, so that one with a mistake leaves the others what they are. */
function parseLines(text: string, choice: ReadingChoice, config: () => LabelConfig | undefined): Parsed {
  const values: Json[] = [];
  const parts: JsonPart[] = [];
  const faults: SourceFault[] = [];
  for (const part of linesOf(text)) {
    const entry = values.length;
    const { value, faults: found } = readJson(part.text);
    for (const fault of found) faults.push({ ...ofSource(fault, part.from, fault.path), entry });
    // What cannot be read is nothing; that it is wrong was said above.
    values.push(value ?? null);
    parts.push(part);
  }
  const layout = jsonLayout(
    (entry) => parts[entry ?? 0]!,
    (_, path) => path,
  );
  const records = recordsIn(values, layout, choice, config);
  const writing: Writing = { as: 'lines', lines: parts };
  if (records) return parseRecords('records', records, { faults, writing }, choice, config());
  return {
    shape: 'lines',
    entries: values,
    faults,
    refused: [],
    layout,
    writing,
    reading: readingOf('lines'),
  };
}

/** The same objects as records, where somebody wants them so, or where what they say fits a control of the project. */
function recordsIn(
  values: readonly Json[],
  layout: Layout,
  choice: ReadingChoice,
  config: () => LabelConfig | undefined,
): Records | undefined {
  if (choice.format === 'requests' || !(choice.format === 'records' || areRecords(values, fieldNames)))
    return undefined;
  const records = recordsOfObjects(values, layout);
  if (choice.format === 'records') return records;
  const targets = mapColumns(records.columns, config(), choice.columns);
  return targets.some((target) => target.startsWith('control:')) ? records : undefined;
}

/** The lines that hold something. */
function linesOf(text: string): JsonPart[] {
  const parts: JsonPart[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    if (line.trim() !== '') parts.push({ from: index, text: line });
  }
  return parts;
}

function parseTable(text: string, choice: ReadingChoice, config: LabelConfig | undefined): Parsed {
  const detected = detectDialect(text);
  const dialect = {
    delimiter: choice.delimiter ?? detected.delimiter,
    hasHeader: choice.hasHeader ?? detected.hasHeader,
  };
  const { width } = readTable(text.slice(0, text.indexOf('\n') + 1 || text.length), dialect);
  const table = readTable(
    text,
    dialect,
    Array.from({ length: width }, () => 'codes' as const),
  );
  const faults = table.faults.map(({ code, severity, message, from, to, row }): SourceFault => ({
    code,
    severity,
    message,
    from,
    to,
    path: [],
    ...(row !== undefined && { entry: row }),
  }));
  const source = { faults, refused: table.refusedRows, writing: { as: 'table', table } } as const;
  const parsed = parseRecords('table', recordsOfTable(text, table), source, choice, config);
  return { ...parsed, reading: { ...parsed.reading!, dialect } };
}

function parseRecords(
  format: 'records' | 'table',
  records: Records,
  source: { faults: SourceFault[]; refused?: readonly number[]; writing: Writing },
  choice: ReadingChoice,
  config: LabelConfig | undefined,
): Parsed {
  const { faults, refused = [], writing } = source;
  const { entries, hasTasks, silent, layout, grid, columns, targets } = entriesOfRecords(
    records,
    config,
    choice,
  );
  const reading = { format, columns, targets };
  if (hasTasks) {
    const all = [...faults, ...silent.map((entry) => aboutSilence(entry, records))];
    return { shape: format, entries, faults: all, refused, layout, writing, reading, grid };
  }
  const message = 'No column holds the ids of the tasks. Say above which one does, or add a column “task”.';
  const missing: SourceFault = {
    code: 'task-column-missing',
    severity: 'error',
    message,
    from: 0,
    to: 0,
    path: [],
  };
  const ofHeader = faults.filter(({ entry }) => entry === undefined);
  return {
    shape: format,
    entries,
    faults: [missing, ...ofHeader],
    refused: [],
    layout,
    writing,
    reading,
    grid,
  };
}

function aboutSilence(entry: number, records: Records): SourceFault {
  const message = 'Nothing is said about this task. It would get an annotation that is finished and empty.';
  return {
    code: 'row-says-nothing',
    severity: 'warning',
    message,
    ...records.span(entry, undefined, []),
    entry,
    path: [],
  };
}

function nothing(shape: 'empty' | 'unreadable', layout: Layout, faults: SourceFault[]): Parsed {
  return { shape, entries: [], faults, refused: [], layout, writing: { as: 'one' }, reading: undefined };
}

function readingOf(format: Reading['format']): Reading {
  return { format, columns: [], targets: [] };
}

/** A fault of JSON that begins at `from` in the source. */
function ofSource({ code, message, offset, length, also }: JsonFault, from: number, path: Path): SourceFault {
  return {
    code,
    severity: 'error',
    message,
    from: from + offset,
    to: from + offset + length,
    path,
    ...(also !== undefined && { also: { ...also, offset: from + also.offset } }),
  };
}

/** `depth` steps of the fault's path lead to the entry. */
function inEntry(fault: JsonFault, entry: number | undefined, depth: number): SourceFault {
  const placed = ofSource(fault, 0, entry === undefined ? [] : fault.path.slice(depth));
  return entry === undefined ? placed : { ...placed, entry };
}
