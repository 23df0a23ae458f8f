import type { Control, LabelConfig } from '#config/label-config.ts';
import { isJsonObject, readJson, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import { matchEntries, type MatchedTasks, type TasksOf } from '#domain/match/tasks-of.ts';
import type { Path, Problem } from '#wire/problem.ts';
import { shorten } from '#wire/text/words.ts';
import type { ContentCodes } from '#domain/requests/content-codes.ts';
import { entriesOf, type Entries } from '#domain/requests/entries.ts';
import { contentsOfRecords } from './record-contents.ts';
import { templatesOf } from './record-templates.ts';
import {
  cellOfRegion,
  fieldIn,
  isEmpty,
  numberIn,
  regionOfCell,
  regionsOfCell,
} from '#domain/parse/cells/cell-values.ts';
import { decimalCommasIn, unclearThousands } from '#domain/parse/cells/decimal-commas.ts';
import { pathInCell, regionValuesIn, soleAnswer, withPart } from '#domain/parse/cells/region-cells.ts';
import type { RecordGrid } from '#domain/parse/grid/shown-cells.ts';
import { answersOf, areMarks, LabelMarks, type AnswerColumns } from './label-marks.ts';
import { isPlainAnswer, RegionIndex } from './region-index.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import type { Layout, ValueEdit, EntryPath } from '#domain/parse/layout.ts';
import { columnNames } from '#domain/parse/mapping/column-names.ts';
import type {
  ColumnTarget,
  PickSeparator,
  ResolvedImport,
  ImportSettings,
} from '#domain/parse/import-settings.ts';
import { controlOf, readingOf, type CellSettings } from '#domain/parse/cells/value-mapping.ts';

/** Records converted to requests. */
export interface RecordEntries {
  /** Empty if no column has task IDs. */
  entries: Entries;
  /** Why no row could be matched, if tasks are matched. */
  matchProblem?: Problem;
  layout: Layout;
  grid: RecordGrid;
  columns: ResolvedImport['columns'];
}

const maxSamples = 3;
/** More than a column’s card can show. */
const sampleUnits = 60;

/** Converts each record to a request. */
export function entriesOfRecords(
  records: Records,
  targets: readonly ColumnTarget[],
  config: LabelConfig | undefined,
  choice: ImportSettings,
  tasksOf?: TasksOf,
): RecordEntries {
  const { columns } = records;
  const taskColumn = taskColumnOf(targets);
  const matched = matchRecords(records, targets, choice, tasksOf);
  const regions = new RegionIndex(records, targets, config);
  const matchProblem = matched?.sourceProblem;
  const entries =
    taskColumn < 0 || matchProblem !== undefined
      ? entriesOf([])
      : entriesIn(records, regions, targets, taskColumn, config, choice, matched);
  return {
    entries,
    ...(matchProblem && { matchProblem }),
    ...placesOf(records, regions, targets, entries, config, choice),
    columns: columnNames(columns).map((name, index) => ({
      name,
      target: targets[index]!,
      samples: columns[index]!.samples.slice(0, maxSamples).map((sample) =>
        shorten(textOf(sample), sampleUnits),
      ),
    })),
  };
}

/** The column that names a row’s task; -1 if there is none. */
const taskColumnOf = (targets: readonly ColumnTarget[]): number =>
  targets.findIndex((target) => target === 'task' || target === 'task-key');

/** Matches records that name their task by another value than its ID. */
function matchRecords(
  records: Records,
  targets: readonly ColumnTarget[],
  { matching }: ImportSettings,
  tasksOf: TasksOf | undefined,
): MatchedTasks | undefined {
  const column = targets.indexOf('task-key');
  if (column < 0 || column !== taskColumnOf(targets) || matching === undefined) return undefined;
  return matchEntries(tasksOf?.({}), matching, records.count, (record) =>
    keyIn(records.cell(record, column)),
  );
}

/** The text of a cell for matching tasks. */
export function keyIn(cell: Json | undefined): string {
  if (cell === undefined || cell === null) return '';
  return typeof cell === 'string' ? cell : writeJson(cell);
}

function entriesIn(
  records: Records,
  regions: RegionIndex,
  targets: readonly ColumnTarget[],
  taskColumn: number,
  config: LabelConfig | undefined,
  settings: CellSettings,
  matched: MatchedTasks | undefined,
): Entries {
  const builder = new EntryBuilder(records, targets, config, settings, matched);
  const at = (record: number) => builder.entry(record);
  let contents: ContentCodes | undefined;
  const commas = decimalCommasIn(records.rows.kept, targets, config);
  const hasMarks = targets.some((target) => target.startsWith('label:'));
  const problemsOfCommas = (record: number): Problem[] =>
    commas.flatMap((one) => {
      const path = ['result', regions.first(record, one.column), 'value', 'number'];
      return unclearThousands(one, records.cell(record, one.column), path);
    });
  return {
    length: records.count,
    at,
    ...templatesOf(records, regions, targets, config, settings, commas),
    tasks: matched?.tasks ?? records.rows.tasks,
    namesOneTask: () => true,
    taskAt: (record) => matched?.tasks[record] || idIn(records.cell(record, taskColumn) ?? ''),
    ...(matched && { taskProblem: matched.problemOf }),
    contentCodes: () => (contents ??= contentsOfRecords(records, { targets, config, settings }, at)),
    ...((hasMarks || commas.length > 0) && {
      cellProblems: (record: number) => [...builder.unclearMarks(record), ...problemsOfCommas(record)],
    }),
    isSilent: (request) => isSilent(request as JsonObject),
  };
}

/** True for an empty result without a skip, which is probably unintended. */
function isSilent({ result, was_cancelled: skipped }: JsonObject): boolean {
  return Array.isArray(result) && result.length === 0 && skipped !== true;
}

class EntryBuilder {
  private readonly records: Records;
  private readonly config: LabelConfig | undefined;
  private readonly settings: CellSettings;
  private readonly matched: MatchedTasks | undefined;
  /** Columns of request fields, including the task. */
  private readonly fields: { column: number; field: string }[] = [];
  /** Columns of the result; empty for a list of skips. */
  private readonly answers: readonly AnswerColumns[];
  private readonly marks: LabelMarks;

  constructor(
    records: Records,
    targets: readonly ColumnTarget[],
    config: LabelConfig | undefined,
    settings: CellSettings,
    matched: MatchedTasks | undefined,
  ) {
    this.matched = matched;
    this.settings = settings;
    this.records = records;
    this.config = config;
    this.answers = answersOf(targets);
    this.marks = new LabelMarks(records, config);
    for (const [column, target] of targets.entries()) {
      if (column === taskColumnOf(targets)) this.fields.push({ column, field: 'task' });
      else if (target.startsWith('field:'))
        this.fields.push({ column, field: target.slice('field:'.length) });
    }
  }

  entry(record: number): JsonObject {
    const entry: JsonObject = {};
    for (const { column, field } of this.fields) {
      const cell = this.records.cell(record, column);
      // A row without a matching task keeps its value, which is an error.
      if (field === 'task') entry['task'] = this.matched?.tasks[record] || idIn(cell ?? '');
      else if (cell !== undefined && !isEmpty(cell)) entry[field] = fieldIn(cell);
    }
    if (this.answers.length > 0) entry['result'] = this.resultOf(record);
    return entry;
  }

  unclearMarks(record: number): Problem[] {
    return this.answers.flatMap((answer) => this.marks.problemsOf(record, answer));
  }

  private resultOf(record: number): Json {
    const regions: Json[] = [];
    for (const answer of this.answers) {
      const { target } = answer;
      const [column] = answer.columns;
      if (areMarks(answer)) {
        regions.push(...this.marks.regionsOf(record, answer));
        continue;
      }
      const cell = this.records.cell(record, column!);
      if (cell === undefined || isEmpty(cell)) continue;
      if (target === 'result') {
        const whole = typeof cell === 'string' ? (readJson(cell).value ?? cell) : cell;
        if (!Array.isArray(whole)) return whole;
        regions.push(...whole);
      } else {
        const control = controlOf(target, this.config);
        if (control) regions.push(...regionsOfCell(control, cell, readingOf(this.settings, control)));
      }
    }
    return regions;
  }
}

function placesOf(
  records: Records,
  regions: RegionIndex,
  targets: readonly ColumnTarget[],
  entries: Entries,
  config: LabelConfig | undefined,
  { separators = {} }: CellSettings,
): Pick<RecordEntries, 'layout' | 'grid'> {
  /** Value mappings aren’t written into cells. */
  const written = (control: Control) => readingOf({ separators }, control);

  /** The column of a path of an entry, and the path inside its cell. */
  function cellOf(entry: number, path: Path): { column: number | undefined; path: Path } {
    const region = path[0] === 'result' ? path[1] : undefined;
    if (typeof region !== 'number') return { column: columnOf(path), path: [] };
    const found = regions.find(entry, region);
    if (found === undefined) return { column: undefined, path: [] };
    const { column, index, marked } = found;
    // All marks are one region: `value.choices[1]` is the second one.
    if (marked !== undefined) return { column: marked[Number(path[4] ?? 0)] ?? column, path: [] };
    return { column, path: pathOfRegion(entry, column, index, path) };
  }

  /** The column of a path that isn’t inside a region. */
  function columnOf([field, name]: Path): number | undefined {
    let column = field === 'task' ? taskColumnOf(targets) : targets.indexOf(`field:${field}`);
    if (field === 'result') {
      // A cell that should have a mark is named by its column.
      column = records.columns.findIndex(
        (one, index) => one.name === name && targets[index]!.startsWith('label:'),
      );
      if (column < 0) column = targets.indexOf('result');
    }
    return column < 0 ? undefined : column;
  }

  /** `index` is the region’s index in its cell, `path` its path in the entry. */
  function pathOfRegion(entry: number, column: number, index: number, path: Path): Path {
    if (targets[column] === 'result') return path.slice(1).with(0, index);
    if (isPlainAnswer(records, entry, column)) return [];
    const cell = records.cell(entry, column) ?? null;
    const control = controlOf(targets[column]!, config);
    const hasRegions = control && soleAnswer(control, cell) === undefined && regionValuesIn(cell);
    return hasRegions ? pathInCell(cell, path.slice(1).with(0, index)) : [];
  }

  /** The cell after its entry was changed at this path. */
  function changedCell({ entry, path, value }: ValueEdit, column: number, was: Json | undefined): Json {
    const inCell = cellOf(entry, path).path;
    if (was !== undefined && targets[column] !== 'result' && inCell.length > 0)
      return withPart(was, inCell, value);
    const control = controlOf(targets[column]!, config);
    const region = control && was !== undefined ? regionOfCell(control, was, written(control)) : undefined;
    const now = entries.at(entry);
    const changed = withValue(region ? withValue(now, path.slice(0, 2), region) : now, path, value);
    return cellOfEntry(changed, path, targets[column]!, was, control && written(control).separator);
  }

  const layout: Layout = {
    spans: (paths: readonly EntryPath[]) =>
      paths.map(({ entry, path }) => {
        if (entry === undefined) return { from: 0, to: 0 };
        const cell = cellOf(entry, path);
        return records.span(entry, cell.column, cell.path);
      }),
    edits(changes: readonly ValueEdit[]) {
      // Several changes of one cell become one edit.
      const cells = new Map<string, { entry: number; column: number; cell: Json }>();
      for (const one of changes) {
        const { entry } = one;
        const { column } = cellOf(entry, one.path);
        // The value by which a task is matched isn’t replaced by its ID.
        if (column === undefined || targets[column] === 'task-key') continue;
        // A mark isn’t replaced by a label.
        if (targets[column]!.startsWith('label:')) continue;
        const key = `${entry} ${column}`;
        const was = cells.get(key)?.cell ?? records.cell(entry, column);
        cells.set(key, { entry, column, cell: changedCell(one, column, was) });
      }
      const rows = new Map<number, Map<number, Json>>();
      for (const { entry, column, cell } of cells.values())
        rows.set(entry, (rows.get(entry) ?? new Map<number, Json>()).set(column, cell));
      return Array.from(rows, ([entry, ofRow]) => records.put(entry, ofRow)).flat();
    },
    markBefore: records.markBefore,
  };
  return { layout, grid: { records, targets, columnAt: (entry, path) => cellOf(entry, path).column } };
}

/** The cell value after its entry was changed at this path. A cell that isn’t text keeps its JSON type. */
function cellOfEntry(
  entry: Json,
  path: Path,
  target: ColumnTarget,
  was: Json | undefined,
  separator: PickSeparator | undefined,
): Json {
  const [field, index] = path;
  const value = isJsonObject(entry) ? entry[String(field)] : undefined;
  if (target === 'result' || !Array.isArray(value)) return value ?? null;
  const region = value[Number(index)]!;
  if (!isJsonObject(region) || !isJsonObject(region['value'])) return region;
  if (typeof was === 'string') return cellOfRegion(region, separator);
  return Object.values(region['value'])[0] ?? null;
}

/** A copy of a value with `value` at the path. */
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

function textOf(sample: Json): string {
  return typeof sample === 'string' ? sample : JSON.stringify(sample);
}
