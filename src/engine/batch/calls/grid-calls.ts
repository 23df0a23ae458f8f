import { isShort, labelsOf, type Label, type NamedLabel } from '#config/labels.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import {
  readCell,
  readGridRows,
  rowsWithProblems,
  type CellRange,
  type GridRow,
} from '#domain/parse/grid/grid-rows.ts';
import {
  readColumnTexts,
  readColumns,
  readTaskCandidates,
  type ColumnQuery,
  type ColumnTexts,
  type GridColumns,
  type TaskCandidate,
} from '#domain/parse/grid/grid-columns.ts';
import { rowsWithValue, sortedRows, type RowSort, type ValueFilter } from '#domain/parse/grid/list-rows.ts';
import { profileColumn, type ColumnProfile } from '#domain/parse/mapping/column-profile.ts';
import { readValues, type ColumnValues } from '#domain/parse/grid/unmatched-values.ts';
import { findGroup } from '#domain/fix.ts';
import { limits } from '#wire/limits.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import type { Batch } from '#engine/batch/batch.ts';

export type { Label, NamedLabel };

/** What the grid’s layout depends on. */
export interface GridSize {
  rows: number;
  /** For the first columns. */
  texts: ColumnTexts[];
}

/** Labels found by a search. */
export interface FoundLabels {
  /** At most `limits.listed`. */
  labels: NamedLabel[];
  total: number;
}

const areOfTask = (target: ColumnTarget): boolean => target === 'task' || target === 'task-key';

/** Rows with any problem, or with a problem of this group, given by its first problem. */
export type ProblemRows = 'problems' | PlacedProblem;

/** Which rows are listed in which order; the source order stays unchanged. */
export interface RowView {
  rowsOf?: ProblemRows | undefined;
  value?: ValueFilter | undefined;
  sort?: RowSort | undefined;
}

function foundIn(batch: Batch) {
  const { parsed, findings } = batch.checkup;
  const { configOf, tasksOf } = batch;
  const { values, separators } = batch.settings;
  return { entries: parsed.entries, findings, configOf, tasksOf, values, separators };
}

/** The grid of a table or of records. Empty for other formats. */
export function gridCalls(batch: Batch) {
  /** Rows with a problem of the group that starts with this problem, ascending. */
  function rowsOfGroup({ from, code, message }: PlacedProblem): Uint32Array {
    const { parsed, findings, checked } = batch.checkup;
    const group = checked.problemGroups.findIndex(
      ({ first }) => first.from === from && first.code === code && first.message === message,
    );
    // The message on screen may contain a related place, so the group is found by its original problem.
    const problem = findings.groups.list()[group]?.first;
    if (problem === undefined) return new Uint32Array();
    return rowsWithProblems(findGroup(parsed, batch.configOf, problem, batch.tasksOf));
  }

  return {
    async gridSize(): Promise<GridSize> {
      const { grid, reading } = batch.checkup.parsed;
      if (grid === undefined || reading === undefined) return { rows: 0, texts: [] };
      return { rows: grid.records.count, texts: readColumnTexts(grid, reading, foundIn(batch)) };
    },
    async gridRows(asked: CellRange): Promise<GridRow[]> {
      const { grid } = batch.checkup.parsed;
      return grid ? readGridRows(grid, foundIn(batch), asked) : [];
    },
    /** A page of columns. */
    async columns(asked: ColumnQuery): Promise<GridColumns> {
      const { reading } = batch.checkup.parsed;
      return reading
        ? readColumns(reading, batch.configOf({}).config, asked, batch.settings)
        : { columns: [], total: 0 };
    },
    /** The values of a column by frequency, and what they match. Undefined if the column doesn’t exist. */
    async columnProfile(column: number): Promise<ColumnProfile | undefined> {
      const records = batch.checkup.parsed.grid?.records;
      if (records?.columns[column] === undefined) return undefined;
      const known = batch.configOf({});
      return profileColumn(records, column, known.config === undefined ? {} : known, batch.settings);
    },
    /** Columns that may have the task IDs; empty if the column is certain. */
    async taskCandidates(): Promise<TaskCandidate[]> {
      const { grid, reading } = batch.checkup.parsed;
      if (grid === undefined || reading === undefined) return [];
      const { tasks } = batch.tasksOf({});
      return readTaskCandidates(reading, grid, tasks && ((id) => tasks.indexOf(id) !== undefined));
    },
    /** Names of the columns with a target, or with one that excludes it. */
    async columnsMappedTo(target: ColumnTarget): Promise<string[]> {
      const columns = batch.checkup.parsed.reading?.columns ?? [];
      // A row names its task by ID or by another value, not by both.
      const isSame = (one: ColumnTarget) => one === target || (areOfTask(one) && areOfTask(target));
      return columns.filter((column) => isSame(column.target)).map(({ name }) => name);
    },
    /** The full text of a cell; undefined if it is too long to edit in the grid. */
    async cell(row: number, column: number): Promise<string | undefined> {
      const { grid } = batch.checkup.parsed;
      const words = grid && readCell(grid, row, column);
      return words === undefined || words.length > limits.inputUnits ? undefined : words;
    },
    /** Values in label columns that don’t match a label. */
    async columnValues(): Promise<ColumnValues[]> {
      const { grid } = batch.checkup.parsed;
      return grid ? readValues(grid, batch.configOf({}).config, batch.settings) : [];
    },
    /** The first labels of a control with `search` in their names, and their total number. */
    async labels(control: string, search: string): Promise<FoundLabels> {
      const known = batch.configOf({}).config?.controls.get(control);
      const all = known ? labelsOf(known) : [];
      const wanted = search.trim().toLowerCase();
      const isFound = ({ label, displayed }: NamedLabel) =>
        [displayed, ...[label].flat()].some((words) => words.toLowerCase().includes(wanted));
      const found = wanted === '' ? all : all.filter(isFound);
      const short = found.filter(({ label, displayed }) => isShort(label) && isShort(displayed));
      return { labels: short.slice(0, limits.listed), total: found.length };
    },
    /** Rows with an error or a warning, ascending. */
    rowsWithProblems: async (): Promise<Uint32Array> => rowsWithProblems(batch.checkup.findings),
    /** Rows with a problem of this group, ascending. */
    rowsOfGroup: async (problem: PlacedProblem): Promise<Uint32Array> => rowsOfGroup(problem),
    /** The rows of a view, in its order. */
    async listRows({ rowsOf, value, sort }: RowView): Promise<Uint32Array> {
      const { parsed, findings } = batch.checkup;
      const { grid } = parsed;
      if (grid === undefined) return new Uint32Array();
      const found =
        rowsOf === 'problems'
          ? rowsWithProblems(findings)
          : rowsOf === undefined
            ? undefined
            : rowsOfGroup(rowsOf);
      const filtered = value ? rowsWithValue(grid, value, found) : found;
      return sort ? sortedRows(grid, sort, filtered) : (filtered ?? new Uint32Array());
    },
  };
}
