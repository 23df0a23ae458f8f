import type { Control, LabelConfig } from '#config/label-config.ts';
import { isShort } from '#config/labels.ts';
import { writeJson, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { spelledId } from '#wire/text/spelled-id.ts';
import { taskIdIn } from '#domain/parse/columns/kept-column.ts';
import { taskCandidates } from '#domain/parse/mapping/task-column.ts';
import { count } from '#wire/text/figures.ts';
import { excerpt, firstUnits, shorten } from '#wire/text/words.ts';
import { shortPath, type Path, type Problem } from '#wire/problem.ts';
import type { TasksOf } from '#domain/match/tasks-of.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { entriesOf, type Entries } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { validate } from '#domain/validate/validate.ts';
import {
  controlOf,
  matchOf,
  readingOf,
  takesPicks,
  writtenOf,
  type CellReading,
  type CellSettings,
} from '#domain/parse/cells/value-mapping.ts';
import { picksOfCell } from '#domain/parse/cells/cell-values.ts';
import { drawsRegions, regionValuesIn } from '#domain/parse/cells/region-cells.ts';
import type {
  ColumnReading,
  ColumnTarget,
  PickSeparator,
  ResolvedImport,
} from '#domain/parse/import-settings.ts';
import type { CellProblem, Records } from '#domain/parse/columns/records.ts';

/* The rows of a table or of records for the grid: cell texts, problems and edits of the source. */

/** Records with their column mapping. Without a task column there are rows but no entries. */
export interface RecordGrid {
  records: Records;
  targets: readonly ColumnTarget[];
  /** The column of a path of an entry; undefined for the whole row. */
  columnAt(entry: number, path: Path): number | undefined;
}

/** A column on screen. */
export interface GridColumn extends ColumnReading {
  /** From 0. */
  column: number;
  /** The target in words. */
  words: string;
  /** The choices of a single-choice control, at most `limits.listed`; empty for other columns. */
  options: CellOption[];
  /** Of a control of which a cell may hold several picks: what divides them. */
  picks?: { control: string; separator: PickSeparator };
}

/** A page of columns, from `from` to before `to`, whose names contain `search`. */
export interface ColumnQuery {
  from: number;
  to: number;
  search?: string;
  /** If true, ignored columns are skipped. */
  onlyMapped?: boolean;
}

/** A column that may have task IDs despite its name. */
export interface TaskCandidate extends Pick<ColumnReading, 'name' | 'samples'> {
  /** How many of `rows` rows have the ID of a task of the project; undefined while its tasks are unknown. */
  known: number | undefined;
  rows: number;
}

export interface GridColumns {
  columns: GridColumn[];
  /** Number of matching columns on all pages. */
  total: number;
}

export interface CellOption {
  /** The value in results and in the cell. */
  value: string;
  /** The label as annotators see it. */
  label: string;
}

/** A part of the grid, from 0; `to` is exclusive. */
export interface CellRange {
  rows: readonly number[];
  columns: { from: number; to: number };
}

export interface GridRow {
  /** From 0. */
  row: number;
  /** For the requested columns. */
  cells: GridCell[];
  /** True if its cells can be edited; false for an item that isn’t an object. */
  isWritable: boolean;
  errors: number;
  warnings: number;
  /** Errors and warnings with their columns; at most `limits.rowProblems`, then one that counts the others. */
  problems: CellProblem[];
}

export interface GridCell {
  /** At most `limits.shownUnits` of it. */
  text: string;
  /** The length of the whole text in UTF-16 units if it is cut. */
  length?: number;
  /** The labels to which value mappings convert the cell, if any; path levels are joined by ` > `. */
  readAs?: string;
  /** The labels of the regions in the cell, shown instead of their JSON: `Sign, Vehicle × 2`. */
  regions?: string;
}

/** A page of columns for the screen. */
export function readColumns(
  { columns, targets }: ResolvedImport,
  config: LabelConfig | undefined,
  { from, to, search = '', onlyMapped = false }: ColumnQuery,
  settings: CellSettings = {},
): GridColumns {
  const wanted = search.trim().toLowerCase();
  const found = [...columns.keys()].filter(
    (column) =>
      (!onlyMapped || columns[column]!.target !== 'nothing') &&
      columns[column]!.name.toLowerCase().includes(wanted),
  );
  const words = new Map(targets.map((one) => [one.target, excerpt(one.words, limits.shownUnits)]));
  return {
    total: found.length,
    columns: found.slice(from, to).map((column) => {
      const reading = columns[column]!;
      const control = controlOf(reading.target, config);
      return {
        column,
        ...reading,
        words: words.get(reading.target) ?? '',
        options: control === undefined ? [] : optionsOf(control),
        ...(control !== undefined &&
          takesPicks(control) && {
            picks: { control: control.name, separator: readingOf(settings, control).separator ?? '|' },
          }),
      };
    }),
  };
}

/** Maximum number of listed candidates. */
const maxCandidates = 5;

/** Columns that may have the task IDs, the most likely first; empty if the column is known. */
export function readTaskCandidates(
  { columns }: ResolvedImport,
  { records, targets }: RecordGrid,
  isTask: ((id: number) => boolean) | undefined,
): TaskCandidate[] {
  if (targets.includes('task') || targets.includes('task-key')) return [];
  const rows = Math.min(records.count, limits.profiledRows);
  return taskCandidates(records.columns, targets)
    .slice(0, maxCandidates)
    .map((column) => {
      const { name, samples } = columns[column]!;
      if (isTask === undefined) return { name, samples, rows, known: undefined };
      let known = 0;
      for (let row = 0; row < rows; row += 1) if (isTask(idIn(records.cell(row, column)))) known += 1;
      return { name, samples, rows, known };
    });
}

/** The ID in a cell in any spelling; 0 if there is none. */
function idIn(cell: Json | undefined): number {
  const words = cellWords(cell);
  return taskIdIn(words) || (spelledId(words) ?? 0);
}

function optionsOf({ tag, choice, isNested, options }: Control): CellOption[] {
  if (tag !== 'Choices' || choice !== 'single' || isNested) return [];
  return options
    .filter(({ value, result }) => isShort(value) && isShort(result))
    .slice(0, limits.listed)
    .map(({ value, result }) => ({ value: result, label: value }));
}

/** The rows with an error or a warning, ascending. */
export function rowsWithProblems({ entryErrors, entryWarnings }: ProblemList): Uint32Array {
  const refused = Uint32Array.from(entryErrors);
  const warned = Uint32Array.from(entryWarnings).filter((row) => entryErrors.at(row) === 0);
  const rows = new Uint32Array(refused.length + warned.length);
  rows.set(refused);
  rows.set(warned, refused.length);
  return rows.toSorted();
}

interface Found extends CellSettings {
  entries: Entries;
  findings: ProblemList;
  configOf: ConfigOf;
  tasksOf?: TasksOf;
}

/** A part of the grid; row numbers out of range are skipped. */
export function readGridRows(grid: RecordGrid, found: Found, { rows, columns }: CellRange): GridRow[] {
  const listed = byEntry(found.findings.list());
  const { records } = grid;
  const to = Math.min(columns.to, records.columns.length);
  const shown = Array.from({ length: Math.max(0, to - columns.from) }, (_, index) => columns.from + index);
  const readAs = shown.map((column) => labelWordsOf(grid, found, column));
  const regionsOf = shown.map((column) => regionWordsOf(grid, found, column));
  return rows
    .filter((row) => row >= 0 && row < records.count)
    .map((row) => ({
      row,
      cells: shown.map((column, index) =>
        cellOnScreen(records.cell(row, column), readAs[index], regionsOf[index]),
      ),
      isWritable: records.isWritable(row),
      errors: found.findings.entryErrors.at(row),
      warnings: found.findings.entryWarnings.at(row),
      problems: problemsOf(grid, found, row, listed.get(row) ?? []),
    }));
}

/** What a column needs room for. */
export interface ColumnTexts {
  name: string;
  /** Its target in words; empty if it is ignored. */
  words: string;
  /** The longest of the first cells as shown, cut. */
  cell: string;
  /** The same with the label that it is read as; empty if none is mapped. */
  mapped: string;
}

/** Columns of a wide table and rows whose texts are measured, and how much of a text. */
const measured = { columns: 256, rows: 50, units: 48 };

/** The longest texts of the first columns. */
export function readColumnTexts(
  grid: RecordGrid,
  { columns, targets }: ResolvedImport,
  found: Found,
): ColumnTexts[] {
  const { records } = grid;
  const words = new Map(targets.map((one) => [one.target, one.words]));
  const cut = (text: string) => text.slice(0, measured.units);
  return columns.slice(0, measured.columns).map(({ name, target }, column) => {
    const readAs = labelWordsOf(grid, found, column);
    const regionsOf = regionWordsOf(grid, found, column);
    let cell = '';
    let mapped = '';
    for (let row = 0; row < Math.min(records.count, measured.rows); row += 1) {
      const shown = cellOnScreen(records.cell(row, column), readAs, regionsOf);
      const text = cut(shown.regions ?? shown.text);
      if (text.length > cell.length) cell = text;
      const both = shown.readAs === undefined ? '' : cut(`${shown.text} → ${shown.readAs}`);
      if (both.length > mapped.length) mapped = both;
    }
    return { name: cut(name), words: target === 'nothing' ? '' : cut(words.get(target) ?? ''), cell, mapped };
  });
}

/** The full text of a cell; undefined if it doesn’t exist. */
export function readCell({ records }: RecordGrid, row: number, column: number): string | undefined {
  const isThere = row < records.count && column < records.columns.length;
  return isThere ? cellWords(records.cell(row, column)) : undefined;
}

function cellOnScreen(
  cell: Json | undefined,
  readAs: ((cell: Json) => string | undefined) | undefined,
  regionsOf: ((cell: Json) => string | undefined) | undefined,
): GridCell {
  const text = cellWords(cell);
  const regions = cell === undefined ? undefined : regionsOf?.(cell);
  const isCut = text.length > limits.shownUnits;
  const label = cell === undefined ? undefined : readAs?.(cell);
  return {
    text: isCut ? firstUnits(text, limits.shownUnits) : text,
    ...(isCut && { length: text.length }),
    ...(regions !== undefined && { regions: shorten(regions, limits.shownUnits) }),
    ...(label !== undefined && regions === undefined && { readAs: shorten(label, limits.shownUnits) }),
  };
}

/** The value mapping for a column; undefined if there is none. */
function labelWordsOf({ targets }: RecordGrid, { configOf, ...settings }: Found, column: number) {
  const control = controlOf(targets[column]!, configOf({}).config);
  const reading = control && readingOf(settings, control);
  return reading?.matches && ((cell: Json) => cellWithMatches(control!, cell, reading));
}

/** The labels of the regions in a column’s cells, with value mappings; undefined for a column of answers. */
function regionWordsOf({ targets }: RecordGrid, { configOf, ...settings }: Found, column: number) {
  const control = controlOf(targets[column]!, configOf({}).config);
  if (control === undefined || !drawsRegions(control)) return undefined;
  return (cell: Json): string | undefined => {
    const regions = regionValuesIn(cell);
    if (regions === undefined) return undefined;
    const uses = new Map<string, number>();
    for (const pick of picksOfCell(control, cell, readingOf(settings, control))) {
      const label = cellWords(pick);
      uses.set(label, (uses.get(label) ?? 0) + 1);
    }
    const words = Array.from(uses, ([label, number]) => (number > 1 ? `${label} × ${number}` : label));
    return words.length === 0 ? count(regions.length, 'region') : words.join(', ');
  };
}

function byEntry(findings: readonly Problem[]): Map<number | undefined, Problem[]> {
  const groups = new Map<number | undefined, Problem[]>();
  for (const problem of findings) {
    const group = groups.get(problem.entry);
    if (group === undefined) groups.set(problem.entry, [problem]);
    else group.push(problem);
  }
  return groups;
}

/** The problems of a row. If not all are listed, the row is validated again alone, and missing errors are counted. */
function problemsOf(grid: RecordGrid, found: Found, row: number, listed: Problem[]): CellProblem[] {
  const { entries, findings, configOf, tasksOf } = found;
  const errors = findings.entryErrors.at(row);
  const warnings = findings.entryWarnings.at(row);
  const isGrave = ({ severity }: Problem) => severity !== 'info';
  const shown = listed.filter(isGrave);
  if (shown.length < errors + warnings) {
    const alone = new ProblemList(limits.rowProblems);
    const { taskProblem, taskData, cellProblems } = entries;
    const one = entriesOf([entries.at(row)]);
    validate(
      {
        ...one,
        ...(taskProblem && { taskProblem: () => taskProblem(row) }),
        ...(taskData && { taskData: () => taskData(row) }),
        ...(cellProblems && { cellProblems: () => cellProblems(row) }),
      },
      alone,
      configOf,
      'row',
      tasksOf,
    );
    const known = new Set(shown.map(({ message }) => message));
    shown.push(...alone.list().filter((problem) => isGrave(problem) && !known.has(problem.message)));
  }
  const problems = shown.slice(0, limits.rowProblems).map((problem) => cellProblem(grid, row, problem));
  const missing = errors - problems.filter(({ severity }) => severity === 'error').length;
  if (missing > 0) {
    const message = `This row has ${count(missing, 'more error')}, shown after you fix the others.`;
    problems.push({ code: 'row-has-more-errors', severity: 'error', message, path: [] });
  }
  return problems;
}

function cellProblem(grid: RecordGrid, row: number, problem: Problem): CellProblem {
  const { code, severity, message, path } = problem;
  const column = columnOf(grid, row, problem);
  return { code, severity, message, path: shortPath(path), ...(column !== undefined && { column }) };
}

function columnOf({ records, targets, columnAt }: RecordGrid, row: number, problem: Problem) {
  const { code, span, path, control } = problem;
  // Row problems concern the whole row, though their span is its start.
  if (code.startsWith('row-')) return undefined;
  if (control !== undefined) return known(targets.indexOf(`control:${control}`));
  if (span === undefined) return columnAt(row, path);
  // The path of a syntax error belongs to the source, not to the request.
  if (path.length === 0) return records.columnOver(row, span.from);
  return known(records.columns.findIndex(({ name }) => name === path[0]));
}

const known = (column: number) => (column < 0 ? undefined : column);

/** The cell’s choices with value mappings applied; undefined if none applies. */
function cellWithMatches(
  control: Control,
  cell: Json,
  { matches = {}, separator }: CellReading,
): string | undefined {
  const picks = picksOfCell(control, cell, { separator });
  const labels = picks.map((pick) => matchOf(control, pick, matches));
  if (labels.every((label) => label === undefined)) return undefined;
  return picks
    .map((pick, index) => labels[index] ?? pick)
    .map((pick) => writtenOf(control, pick) ?? cellWords(pick))
    .join(', ');
}

/** The text of a cell: strings unchanged, other values as JSON. */
export function cellWords(cell: Json | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : writeJson(cell);
}
