import type { Control, LabelConfig } from '#config/label-config.ts';
import { ExactNumber, readJson, writeJson, type Json } from '#wire/json.ts';
import { count } from '#wire/words.ts';
import type { Path, Problem } from '#wire/problem.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { entriesOf, type Entries } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { validate } from '#domain/validate/validate.ts';
import { controlOf, matchesOf, matchOf, writtenOf } from './value-mapping.ts';
import { numberIn, picksOfCell } from './cell-values.ts';
import type { ColumnTarget, ImportSettings, ValueMapping } from '#domain/parse/import-settings.ts';
import type { CellProblem, Records } from './records.ts';

/*
 * The rows of a table or of records as a grid shows them: what each cell says, what is wrong with it, and the change of the
 * text that lets it say something else.
 */

/** Records with what is known of their columns. Without a column of tasks they have no entries, and rows all the same. */
export interface RecordGrid {
  records: Records;
  targets: readonly ColumnTarget[];
  /** The column that a part of an entry came from; undefined where the row as a whole is meant. */
  columnAt(entry: number, path: Path): number | undefined;
}

/** What is said of the grid as a whole. */
export interface GridHead {
  rows: number;
  /** For each column what may be picked in it, where its control takes one of several; else nothing. */
  options: CellOption[][];
}

export interface CellOption {
  /** What stands in results, and so in the cell. */
  value: string;
  /** What annotators see. */
  label: string;
}

export interface GridRow {
  /** From 0. */
  row: number;
  /** What the cells say; of a long one only its beginning. */
  cells: string[];
  /** By column, what a cell is read as where an accepted match makes a label of it; ` > ` between the levels of a path. */
  readAs: Readonly<Record<number, string>>;
  /** The columns whose cells are not shown whole. */
  cut: number[];
  /** Whether its cells can be changed: not in what is no record at all. */
  isWritable: boolean;
  errors: number;
  warnings: number;
  /** Errors and warnings, with the column that each is about. */
  problems: CellProblem[];
}

/** A change of one cell, with what is needed to take it back. */
export interface CellWrite {
  text: SourceText;
  /** None where nothing changed; the place in units. */
  done?: { from: number; removed: string; put: string };
}

/** As many characters of a cell are shown and can be changed in the grid. */
const longestCell = 10_000;

export function headOfGrid({ records, targets }: RecordGrid, config: LabelConfig | undefined): GridHead {
  return {
    rows: records.count,
    options: targets.map((target) => {
      const control = target.startsWith('control:')
        ? config?.controls.get(target.slice('control:'.length))
        : undefined;
      return control === undefined ? [] : optionsOf(control);
    }),
  };
}

function optionsOf({ tag, choice, isNested, options }: Control): CellOption[] {
  if (tag !== 'Choices' || choice !== 'single' || isNested) return [];
  return options.map(({ value, result }) => ({ value: result, label: value }));
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

interface Found {
  entries: Entries;
  findings: ProblemList;
  configOf: ConfigOf;
  /** What was accepted as labels. */
  values?: ImportSettings['values'];
}

/** These rows; what is not there is left out. */
export function readGridRows(grid: RecordGrid, found: Found, rows: readonly number[]): GridRow[] {
  const listed = byEntry(found.findings.list());
  return rows
    .filter((row) => row >= 0 && row < grid.records.count)
    .map((row) => {
      const { records } = grid;
      const texts = records.columns.map((_, column) => cellWords(records.cell(row, column)));
      return {
        row,
        cells: texts.map((text) => text.slice(0, longestCell)),
        readAs: readAsIn(grid, found, row),
        cut: [...texts.keys()].filter((column) => texts[column]!.length > longestCell),
        isWritable: records.isWritable(row),
        errors: found.findings.entryErrors.at(row),
        warnings: found.findings.entryWarnings.at(row),
        problems: problemsOf(grid, found, row, listed.get(row) ?? []),
      };
    });
}

function readAsIn({ records, targets }: RecordGrid, { configOf, values }: Found, row: number) {
  const { config } = configOf({});
  const all = targets.map((target, column) => {
    const control = controlOf(target, config);
    const matches = control && matchesOf(values, control);
    const cell = matches && records.cell(row, column);
    return cell === undefined ? undefined : cellWithMatches(control!, cell, matches!);
  });
  return Object.fromEntries(
    all.flatMap((words, column) => (words === undefined ? [] : [[column, words] as const])),
  );
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

/** Of very many problems not all are listed: then the row is checked once more by itself, and what is left is counted. */
function problemsOf(grid: RecordGrid, found: Found, row: number, listed: Problem[]): CellProblem[] {
  const { entries, findings, configOf } = found;
  const errors = findings.entryErrors.at(row);
  const warnings = findings.entryWarnings.at(row);
  const isGrave = ({ severity }: Problem) => severity !== 'info';
  const told = listed.filter(isGrave);
  if (told.length < errors + warnings) {
    const alone = new ProblemList(Infinity);
    validate(entriesOf([entries.at(row)]), alone, configOf);
    const isTold = (problem: Problem) => told.some(({ message }) => message === problem.message);
    told.push(...alone.list().filter((problem) => isGrave(problem) && !isTold(problem)));
  }
  const problems = told.map((problem) => cellProblem(grid, row, problem));
  const missing = errors - told.filter(({ severity }) => severity === 'error').length;
  if (missing > 0) {
    const message = `This row has ${count(missing, 'more error')}, told here once others are mended.`;
    problems.push({ code: 'row-has-more-errors', severity: 'error', message, path: [] });
  }
  return problems;
}

function cellProblem(grid: RecordGrid, row: number, problem: Problem): CellProblem {
  const { code, severity, message, path } = problem;
  const column = columnOf(grid, row, problem);
  return { code, severity, message, path, ...(column !== undefined && { column }) };
}

function columnOf({ records, targets, columnAt }: RecordGrid, row: number, problem: Problem) {
  const { code, span, path, control } = problem;
  // These are about the row, though they point at its beginning.
  if (code.startsWith('row-')) return undefined;
  if (control !== undefined) return known(targets.indexOf(`control:${control}`));
  if (span === undefined) return columnAt(row, path);
  // A mistake in the writing: its path is that of the text, not of the request.
  if (path.length === 0) return records.columnOver(row, span.from);
  return known(records.columns.findIndex(({ name }) => name === path[0]));
}

const known = (column: number) => (column < 0 ? undefined : column);

/** The picks of a cell with accepted labels among them; undefined where none of them is one. */
function cellWithMatches(control: Control, cell: Json, matches: ValueMapping): string | undefined {
  const picks = picksOfCell(control, cell);
  const labels = picks.map((pick) => matchOf(control, pick, matches));
  if (labels.every((label) => label === undefined)) return undefined;
  return picks
    .map((pick, index) => labels[index] ?? pick)
    .map((pick) => writtenOf(control, pick) ?? cellWords(pick))
    .join(', ');
}

/** Lets a cell say something else; whatever else stands in the text keeps every character. */
export function writeCell(
  text: SourceText,
  { records }: RecordGrid,
  row: number,
  column: number,
  words: string,
): CellWrite {
  const isThere = row < records.count && column < records.columns.length && records.isWritable(row);
  const was = isThere ? records.cell(row, column) : undefined;
  if (!isThere || cellWords(was) === words) return { text };
  const edit = records.put(row, column, valueLike(was, words));
  const { from, to, put } = edit;
  return {
    text: text.edited([edit]),
    done: { from: text.unitsAt(from), removed: text.slice(from, to), put },
  };
}

function cellWords(cell: Json | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : writeJson(cell);
}

/** What was a number, a list or the like stays one where the new words still are one; all else is text. */
function valueLike(was: Json | undefined, words: string): Json {
  if (was === undefined || typeof was === 'string') return words;
  if (kindOf(was) === 'number') return numberIn(words.trim()) ?? words;
  const { value, problems } = readJson(words);
  return value !== undefined && problems.length === 0 && kindOf(value) === kindOf(was) ? value : words;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return value instanceof ExactNumber ? 'number' : typeof value;
}
