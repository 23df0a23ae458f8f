import type { Control, LabelConfig } from '#config/label-config.ts';
import { isShort } from '#config/labels.ts';
import type { Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { spelledId } from '#wire/text/spelled-id.ts';
import { taskIdIn } from '#domain/parse/columns/kept-column.ts';
import { taskCandidates } from '#domain/parse/mapping/task-column.ts';
import { excerpt } from '#wire/text/words.ts';
import { controlOf, readingOf, takesPicks, type CellSettings } from '#domain/parse/cells/value-mapping.ts';
import type { ColumnReading, PickSeparator, ResolvedImport } from '#domain/parse/import-settings.ts';
import {
  type RecordGrid,
  type GridFindings,
  cellOnScreen,
  labelWordsOf,
  regionWordsOf,
  cellWords,
} from './shown-cells.ts';

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
  found: GridFindings,
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
