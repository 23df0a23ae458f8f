import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import { shortPath, type Problem } from '#wire/problem.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { validate } from '#domain/validate/validate.ts';
import type { CellProblem } from '#domain/parse/columns/records.ts';
import {
  type RecordGrid,
  type GridCell,
  type GridFindings,
  cellOnScreen,
  labelWordsOf,
  regionWordsOf,
  cellWords,
} from './shown-cells.ts';

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

/** The rows with an error or a warning, ascending. */
export function rowsWithProblems({ entryErrors, entryWarnings }: ProblemList): Uint32Array {
  const refused = Uint32Array.from(entryErrors);
  const warned = Uint32Array.from(entryWarnings).filter((row) => entryErrors.at(row) === 0);
  const rows = new Uint32Array(refused.length + warned.length);
  rows.set(refused);
  rows.set(warned, refused.length);
  return rows.toSorted();
}

/** A part of the grid; row numbers out of range are skipped. */
export function readGridRows(grid: RecordGrid, found: GridFindings, { rows, columns }: CellRange): GridRow[] {
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

/** The full text of a cell; undefined if it doesn’t exist. */
export function readCell({ records }: RecordGrid, row: number, column: number): string | undefined {
  const isThere = row < records.count && column < records.columns.length;
  return isThere ? cellWords(records.cell(row, column)) : undefined;
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
function problemsOf(grid: RecordGrid, found: GridFindings, row: number, listed: Problem[]): CellProblem[] {
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
