import type { LabelConfig } from '#config/label-config.ts';
import { fieldNames } from '#wire/bulk-request.ts';
import { readJson, type Json, type JsonFault } from '#wire/json.ts';
import type { ConfigOf } from './config-of.ts';
import { detectFormat } from './detect.ts';
import { entriesOf, type Entries } from './entries.ts';
import type { Path, Severity } from './problem.ts';
import { RequestFrames } from './frames/request-frames.ts';
import { entriesOfExport } from './source/exported.ts';
import type { RecordGrid } from './source/grid.ts';
import { requestsIn, taskSpan } from './source/json-entries.ts';
import { listStart, peekList, readList } from './source/json-list.ts';
import { readLines } from './source/json-lines.ts';
import type { EntryFault, Pieces } from './source/json-pieces.ts';
import { jsonLayout, type JsonPart, type KnownPlaces, type Layout } from './source/layout.ts';
import { mapColumns } from './source/map-columns.ts';
import { ObjectKinds } from './source/object-kinds.ts';
import { areExportedTasks, areRecords, mostLooked, recordsOfObjects } from './source/object-records.ts';
import type { Reading, ReadingChoice } from './source/reading.ts';
import { entriesOfRecords, type Records } from './source/records.ts';
import { recordsOfTable, sampleOfTable } from './source/table-records.ts';
import type { SourceText } from './source-text.ts';
import { skipSpace, skipValue } from './source/skip-bytes.ts';
import { detectDialect } from './table/dialect.ts';
import { readTable } from './table/read-table.ts';
import type { Table } from './table/table.ts';

/** What was found in the source. The entries stay as they came: one may be anything that JSON can hold. */
export interface Parsed {
  /** How the source is written; `unreadable` where it is no JSON, `empty` where there is nothing yet. */
  shape: Reading['format'] | 'unreadable' | 'empty';
  entries: Entries;
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

/**
 * Reads a source in whatever format it is written. Configs are asked for where columns may be taken for their controls, and
 * where requests are known by others that they do not mind.
 */
export function parse(text: SourceText, choice: ReadingChoice = {}, configOf?: ConfigOf): Parsed {
  const format = choice.format === 'table' ? 'table' : detectFormat(text);
  if (format === 'table' && (choice.format ?? 'table') === 'table') return parseTable(text, choice, configOf);
  return format === 'json-lines' ? parseLines(text, choice, configOf) : parseJson(text, choice, configOf);
}

/** The config of the project that the source is for. */
const configFor = (configOf: ConfigOf | undefined): LabelConfig | undefined => configOf?.({}).config;

function parseJson(text: SourceText, choice: ReadingChoice, configOf: ConfigOf | undefined): Parsed {
  const start = listStart(text);
  if (start === undefined) return parseOne(text);
  const peeked = peekList(text, start, mostLooked);
  if (areExportedTasks(peeked)) return parseExport(text);
  if (mayBeRecords(peeked, choice)) {
    const read = (looks: ObjectKinds) => readList(text, start, looks);
    const records = parseObjects(text, peeked, read, 'list', choice, configOf);
    if (records) return records;
  }
  const known = new RequestFrames(configOf);
  const { pieces, faults, broken } = readList(text, start, known);
  const found = placed(faults, pieces);
  if (broken.length > 0) {
    const stops = broken.map((fault) => ofSource(fault, { from: 0, text }, []));
    // Of a text that cannot be read nobody can send a part.
    const before = found.map((fault) => ofWhole(fault));
    return nothing('unreadable', text, [...before, ...stops]);
  }
  const partOf = (entry: number) => pieces.pieceOf(entry);
  return {
    shape: 'array',
    entries: requestsIn(pieces, known),
    faults: found,
    refused: [],
    layout: layoutOfParts(text, partOf, placesIn(pieces, known)),
    writing: { as: 'list', partOf },
    reading: readingOf('array'),
  };
}

/** A single request, or what is no JSON at all. */
function parseOne(text: SourceText): Parsed {
  const { value, faults } = readJson(text.toString());
  const whole = { from: 0, text };
  const layout = layoutOfWhole(text);
  if (faults[0]?.code === 'json-empty') return nothing('empty', text, []);
  if (value === undefined) return unreadable(text, faults);
  return {
    shape: 'one',
    entries: entriesOf([value]),
    faults: faults.map((fault) => ({ ...ofSource(fault, whole, fault.path), entry: 0 })),
    refused: [],
    layout,
    writing: writingOfWhole(text),
    reading: readingOf('one'),
  };
}

function writingOfWhole(text: SourceText): JsonWriting {
  const from = skipSpace(text.bytes, 0);
  return { as: 'one', partOf: () => ({ from, text: text.part(from, skipValue(text.bytes, from)) }) };
}

const layoutOfWhole = (text: SourceText): Layout =>
  jsonLayout(
    () => ({ from: 0, text }),
    (_, path) => path,
  );

/** Each entry has a JSON text of its own. */
const layoutOfParts = (text: SourceText, partOf: (entry: number) => JsonPart, known: KnownPlaces): Layout =>
  jsonLayout(
    (entry) => (entry === undefined ? { from: 0, text } : partOf(entry)),
    (_, path) => path,
    known,
  );

const placesIn = (pieces: Pieces, known: RequestFrames): KnownPlaces => ({
  markBefore: pieces.markBefore,
  taskSpan: (entry) => taskSpan(pieces, known, entry),
});

function parseExport(text: SourceText): Parsed {
  const whole = { from: 0, text };
  const { value, faults } = readJson(text.toString());
  if (!Array.isArray(value)) return unreadable(text, faults);
  const { entries, paths } = entriesOfExport(value);
  const layout = jsonLayout(
    () => whole,
    (entry, path) => (entry === undefined ? path : pathInExport(paths[entry]!, path)),
  );
  return {
    shape: 'export',
    entries: entriesOf(entries),
    faults: faults.map((fault) => inEntry(fault, whole, entryAt(paths, fault.path), 3)),
    refused: [],
    layout,
    writing: { as: 'export', paths },
    reading: readingOf('export'),
  };
}

/** Objects as records; undefined where they cannot be read to their end, or where they are no records. */
function parseObjects(
  text: SourceText,
  peeked: readonly Json[],
  read: (looks: ObjectKinds) => { pieces: Pieces; faults: EntryFault[]; broken?: JsonFault[] },
  as: 'list' | 'lines',
  choice: ReadingChoice,
  configOf: ConfigOf | undefined,
): Parsed | undefined {
  const objectsBy = (taskName: string | undefined) => {
    const looks = new ObjectKinds(taskName);
    return { looks, ...read(looks) };
  };
  // The first objects tell under which name the tasks are; should all of them tell otherwise, they are read once more.
  const objects = objectsBy(taskNameIn(peeked, choice, configFor(configOf)));
  const { pieces, faults, broken = [] } = objects;
  if (broken.length > 0) return undefined;
  const partOf = (entry: number) => pieces.pieceOf(entry);
  const records = recordsOfObjects(objects, layoutOfParts(text, partOf, pieces), objectsBy);
  if (choice.format !== 'records' && !hasAnswers(records, choice, configFor(configOf))) return undefined;
  const source = { faults: placed(faults, pieces), writing: { as, partOf } };
  return parseRecords('records', records, source, choice, configOf);
}

function taskNameIn(
  objects: readonly Json[],
  choice: ReadingChoice,
  config: LabelConfig | undefined,
): string | undefined {
  const first = new ObjectKinds(undefined);
  for (const object of objects) first.read(object);
  const columns = first.columns();
  return columns[mapColumns(columns, config, choice.columns).indexOf('task')]?.name;
}

/** Whether what they say fits a control of the project. */
function hasAnswers({ columns }: Records, choice: ReadingChoice, config: LabelConfig | undefined): boolean {
  return mapColumns(columns, config, choice.columns).some((target) => target.startsWith('control:'));
}

/** An annotation's task is named by the object around it. */
function pathInExport(annotation: Path, path: Path): Path {
  return path[0] === 'task' ? [annotation[0]!, 'id'] : [...annotation, ...path];
}

function entryAt(paths: readonly Path[], path: Path): number | undefined {
  const entry = paths.findIndex((annotation) => annotation.every((step, depth) => step === path[depth]));
  return entry < 0 ? undefined : entry;
}

function parseLines(text: SourceText, choice: ReadingChoice, configOf: ConfigOf | undefined): Parsed {
  const first = readLines(text, new ObjectKinds(undefined), mostLooked).pieces;
  const peeked = Array.from({ length: first.length }, (_, entry) => first.at(entry));
  if (mayBeRecords(peeked, choice)) {
    const read = (looks: ObjectKinds) => readLines(text, looks);
    const records = parseObjects(text, peeked, read, 'lines', choice, configOf);
    if (records) return records;
  }
  const known = new RequestFrames(configOf);
  const { pieces, faults } = readLines(text, known);
  const partOf = (entry: number) => pieces.pieceOf(entry);
  return {
    shape: 'lines',
    entries: requestsIn(pieces, known),
    faults: placed(faults, pieces),
    refused: [],
    layout: layoutOfParts(text, partOf, placesIn(pieces, known)),
    writing: { as: 'lines', partOf },
    reading: readingOf('lines'),
  };
}

const mayBeRecords = (values: readonly Json[], { format }: ReadingChoice): boolean =>
  format !== 'requests' && (format === 'records' || areRecords(values, fieldNames));

function parseTable(text: SourceText, choice: ReadingChoice, configOf: ConfigOf | undefined): Parsed {
  const detected = detectDialect(text);
  const dialect = {
    delimiter: choice.delimiter ?? detected.delimiter,
    hasHeader: choice.hasHeader ?? detected.hasHeader,
  };
  // The first rows tell where the tasks are; should all of them tell otherwise, the table is read once more.
  const sample = sampleOfTable(text, dialect);
  const taskColumn = mapColumns(sample.columns, configFor(configOf), choice.columns).indexOf('task');
  const table = readTable(text, dialect, taskColumn < 0 ? undefined : taskColumn);
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
  const parsed = parseRecords('table', recordsOfTable(text, table), source, choice, configOf);
  return { ...parsed, reading: { ...parsed.reading!, dialect } };
}

function parseRecords(
  format: 'records' | 'table',
  records: Records,
  source: { faults: SourceFault[]; refused?: readonly number[]; writing: Writing },
  choice: ReadingChoice,
  configOf: ConfigOf | undefined,
): Parsed {
  const { faults, refused = [], writing } = source;
  const { entries, hasTasks, layout, grid, columns, targets } = entriesOfRecords(
    records,
    configFor(configOf),
    choice,
  );
  const reading = { format, columns, targets };
  if (hasTasks) return { shape: format, entries, faults, refused, layout, writing, reading, grid };
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

function unreadable(text: SourceText, faults: readonly JsonFault[]): Parsed {
  const found = faults.map((fault) => ofSource(fault, { from: 0, text }, []));
  return nothing('unreadable', text, found);
}

function nothing(shape: 'empty' | 'unreadable', text: SourceText, faults: SourceFault[]): Parsed {
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

function readingOf(format: Reading['format']): Reading {
  return { format, columns: [], targets: [] };
}

/** A fault in a JSON text of the source. */
function ofSource(
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

function ofWhole({ code, severity, message, from, to, also }: SourceFault): SourceFault {
  return { code, severity, message, from, to, path: [], ...(also !== undefined && { also }) };
}

/** `depth` steps of the fault's path lead to the entry. */
function inEntry(fault: JsonFault, part: JsonPart, entry: number | undefined, depth: number): SourceFault {
  const source = ofSource(fault, part, entry === undefined ? [] : fault.path.slice(depth));
  return entry === undefined ? source : { ...source, entry };
}

function placed(faults: readonly EntryFault[], pieces: Pieces): SourceFault[] {
  return faults.map(({ entry, fault }) => ({
    ...ofSource(fault, pieces.pieceOf(entry), fault.path),
    entry,
  }));
}
