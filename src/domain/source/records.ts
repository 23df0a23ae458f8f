import type { LabelConfig } from '#config/label-config.ts';
import { isJsonObject, readJson, writeJson, type Json, type JsonObject } from '#wire/json.ts';
import type { Span } from '#wire/json-skip.ts';
import type { Path } from '../problem.ts';
import type { Edit } from '../text-edit.ts';
import { cellOfRegion, numberIn, regionOfCell } from './cells.ts';
import type { RecordGrid } from './grid.ts';
import type { Layout, Put, Sought } from './layout.ts';
import { mapColumns, targetsFor, type Column } from './map-columns.ts';
import type { ColumnTarget, Reading, ReadingChoice } from './reading.ts';
import { controlOf, matchesOf } from './value-matches.ts';

/** Rows of cells, however they are written. */
export interface Records {
  columns: readonly Column[];
  count: number;
  /** What stands in a cell; undefined where the record does not have it. Text of a table is always text. */
  cell(record: number, column: number): Json | undefined;
  /** A number that two cells of a column share only where they say the same; undefined where the records have none. */
  code?(record: number, column: number): number;
  /** Where it stands; with `path`, a part of the JSON that it holds. Without a column, where the record begins. */
  span(record: number, column: number | undefined, path: Path): Span;
  /** The column whose cell stands over this offset; undefined where that cannot be told by the place alone. */
  columnOver(record: number, offset: number): number | undefined;
  /** Whether it has cells at all: something else than an object has none. */
  isWritable(record: number): boolean;
  /** The change that lets a cell say something else. */
  put(record: number, column: number, cell: Json): Edit;
}

/** Records understood as requests. */
export interface RecordEntries {
  /** None where no column holds the tasks: then nothing can be said of any. */
  entries: Json[];
  hasTasks: boolean;
  /** Records whose cells say nothing about their task. */
  silent: number[];
  layout: Layout;
  grid: RecordGrid;
  columns: Reading['columns'];
  targets: Reading['targets'];
}

/** As many different things that stand in a column are looked at to tell what it holds. */
export const mostLookedAt = 50;

const mostSamples = 3;

/** One request for each record. Those that say the same share one `result`, so that it is checked once. */
export function entriesOfRecords(
  records: Records,
  config: LabelConfig | undefined,
  choice: ReadingChoice,
): RecordEntries {
  const { columns } = records;
  const targets = mapColumns(columns, config, choice.columns);
  const builder = new EntryBuilder(records, targets, config, choice.values);
  const hasTasks = targets.includes('task');
  const length = hasTasks ? records.count : 0;
  const entries = Array.from({ length }, (_, record) => builder.entry(record));
  return {
    entries,
    hasTasks,
    silent: [...entries.keys()].filter((record) => isSilent(entries[record]!)),
    ...placesOf(records, targets, entries, config),
    columns: columns.map(({ name, samples }, index) => ({
      name,
      target: targets[index]!,
      samples: samples.slice(0, mostSamples).map(textOf),
    })),
    targets: targetsFor(config),
  };
}

/** It has an empty result, and is no skip: hardly what was meant. */
function isSilent({ result, was_cancelled: skipped }: JsonObject): boolean {
  return Array.isArray(result) && result.length === 0 && skipped !== true;
}

class EntryBuilder {
  private readonly records: Records;
  private readonly targets: readonly ColumnTarget[];
  private readonly config: LabelConfig | undefined;
  private readonly values: ReadingChoice['values'];
  /** The columns that hold fields of the request, its task among them. */
  private readonly fields: { column: number; field: string }[] = [];
  /** The columns that are about its result; a list of skips has none. */
  private readonly answers: number[] = [];
  /** Results by what all their cells say. */
  private readonly results = new Map<string, Json>();

  constructor(
    records: Records,
    targets: readonly ColumnTarget[],
    config: LabelConfig | undefined,
    values: ReadingChoice['values'],
  ) {
    this.values = values;
    this.records = records;
    this.targets = targets;
    this.config = config;
    for (const [column, target] of targets.entries()) {
      if (target === 'task') this.fields.push({ column, field: 'task' });
      else if (target.startsWith('field:'))
        this.fields.push({ column, field: target.slice('field:'.length) });
      else if (target !== 'nothing') this.answers.push(column);
    }
  }

  entry(record: number): JsonObject {
    const entry: JsonObject = {};
    for (const { column, field } of this.fields) {
      const cell = this.records.cell(record, column);
      if (field === 'task') entry['task'] = idIn(cell ?? '');
      else if (cell !== undefined && !isEmpty(cell)) entry[field] = fieldIn(cell);
    }
    if (this.answers.length > 0) entry['result'] = this.result(record);
    return entry;
  }

  private result(record: number): Json {
    let key = '';
    for (const column of this.answers) key += this.keyOf(record, column);
    let result = this.results.get(key);
    if (result === undefined) {
      result = this.resultOf(record);
      this.results.set(key, result);
    }
    return result;
  }

  /** What a cell says, as text that ends where it ends: other cells have another one. */
  private keyOf(record: number, column: number): string {
    const { records } = this;
    if (records.code) return `${records.code(record, column)} `;
    const cell = records.cell(record, column);
    const words = cell === undefined ? '' : typeof cell === 'string' ? cell : `\u0000${writeJson(cell)}`;
    return `${words.length} ${words}`;
  }

  private resultOf(record: number): Json {
    const regions: Json[] = [];
    for (const column of this.answers) {
      const cell = this.records.cell(record, column);
      if (cell === undefined || isEmpty(cell)) continue;
      const target = this.targets[column]!;
      if (target === 'result') {
        const whole = typeof cell === 'string' ? (readJson(cell).value ?? cell) : cell;
        if (!Array.isArray(whole)) return whole;
        regions.push(...whole);
      } else {
        const control = controlOf(target, this.config);
        const region = control && regionOfCell(control, cell, matchesOf(this.values, control));
        if (region !== undefined) regions.push(region);
      }
    }
    return regions;
  }
}

function placesOf(
  records: Records,
  targets: readonly ColumnTarget[],
  entries: readonly Json[],
  config: LabelConfig | undefined,
): Pick<RecordEntries, 'layout' | 'grid'> {
  /** The column that a part of an entry came from, and the path inside its cell. */
  function cellOf(entry: number, path: Path): { column: number | undefined; path: Path } {
    const [field, index, ...rest] = path;
    if (field === undefined) return { column: undefined, path: [] };
    if (field !== 'result') {
      const column = targets.indexOf(field === 'task' ? 'task' : `field:${field}`);
      return { column: column < 0 ? undefined : column, path: [] };
    }
    if (typeof index !== 'number') {
      const column = targets.indexOf('result');
      return { column: column < 0 ? undefined : column, path: [] };
    }
    let before = 0;
    for (const [column, target] of targets.entries()) {
      if (target !== 'result' && !target.startsWith('control:')) continue;
      const cell = records.cell(entry, column);
      if (cell === undefined || isEmpty(cell)) continue;
      const whole = target === 'result' ? listIn(cell) : undefined;
      const regions = target === 'result' ? (whole?.length ?? 0) : 1;
      if (index < before + regions)
        return { column, path: target === 'result' ? [index - before, ...rest] : [] };
      before += regions;
    }
    return { column: undefined, path: [] };
  }

  const layout: Layout = {
    spans: (sought: readonly Sought[]) =>
      sought.map(({ entry, path }) => {
        if (entry === undefined) return { from: 0, to: 0 };
        const cell = cellOf(entry, path);
        return records.span(entry, cell.column, cell.path);
      }),
    edits: (puts: readonly Put[]) =>
      puts.flatMap(({ entry, path, value }) => {
        const { column } = cellOf(entry, path);
        if (column === undefined) return [];
        const was = records.cell(entry, column);
        // What is read as a label and not changed stays in its cell as it is.
        const control = controlOf(targets[column]!, config);
        const region = control && was !== undefined ? regionOfCell(control, was) : undefined;
        const as = region ? withValue(entries[entry]!, path.slice(0, 2), region) : entries[entry]!;
        const changed = withValue(as, path, value);
        return records.put(entry, column, cellOfEntry(changed, path, targets[column]!, was));
      }),
  };
  return { layout, grid: { records, targets, columnAt: (entry, path) => cellOf(entry, path).column } };
}

/** What a cell says after its entry was changed at this path. A cell that held no text holds none afterwards. */
function cellOfEntry(entry: Json, path: Path, target: ColumnTarget, was: Json | undefined): Json {
  const [field, index] = path;
  const value = isJsonObject(entry) ? entry[String(field)] : undefined;
  if (target === 'result' || !Array.isArray(value)) return value ?? null;
  const region = value[Number(index)]!;
  if (!isJsonObject(region) || !isJsonObject(region['value'])) return region;
  if (typeof was === 'string') return cellOfRegion(region);
  return Object.values(region['value'])[0] ?? null;
}

/** A copy of a value in which something else stands at the path. */
function withValue(json: Json, path: Path, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(json)) return json.with(Number(step), withValue(json[Number(step)] ?? null, rest, value));
  const object = isJsonObject(json) ? json : {};
  return { ...object, [step]: withValue(object[step] ?? null, rest, value) };
}

function idIn(cell: Json): Json {
  if (typeof cell === 'string' && /^[1-9]\d{0,14}$/.test(cell)) return Number(cell);
  return typeof cell === 'string' && /^\s*\d+\s*$/.test(cell) ? (numberIn(cell.trim()) ?? cell) : cell;
}

/** The value of a field: numbers and true or false as such, any other text as it stands. */
function fieldIn(cell: Json): Json {
  if (typeof cell !== 'string') return cell;
  const words: Record<string, Json> = { true: true, false: false, null: null };
  const word = cell.trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word]! : (numberIn(cell.trim()) ?? cell);
}

function listIn(cell: Json): Json[] | undefined {
  const value = typeof cell === 'string' ? readJson(cell).value : cell;
  return Array.isArray(value) ? value : undefined;
}

const isEmpty = (cell: Json) => cell === null || (typeof cell === 'string' && cell.trim() === '');

function textOf(sample: Json): string {
  return typeof sample === 'string' ? sample : JSON.stringify(sample);
}
