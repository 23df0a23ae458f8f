import type { Control } from '#config/label-config.ts';
import { writeJson, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import { firstUnits, shorten } from '#wire/text/words.ts';
import type { Path } from '#wire/problem.ts';
import type { TasksOf } from '#domain/match/tasks-of.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { Entries } from '#domain/requests/entries.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import {
  controlOf,
  matchOf,
  readingOf,
  writtenOf,
  type CellReading,
  type CellSettings,
} from '#domain/parse/cells/value-mapping.ts';
import { picksOfCell } from '#domain/parse/cells/cell-values.ts';
import { drawsRegions, regionValuesIn } from '#domain/parse/cells/region-cells.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import type { Records } from '#domain/parse/columns/records.ts';

/** Records with their column mapping. Without a task column there are rows but no entries. */
export interface RecordGrid {
  records: Records;
  targets: readonly ColumnTarget[];
  /** The column of a path of an entry; undefined for the whole row. */
  columnAt(entry: number, path: Path): number | undefined;
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

export interface GridFindings extends CellSettings {
  entries: Entries;
  findings: ProblemList;
  configOf: ConfigOf;
  tasksOf?: TasksOf;
}

export function cellOnScreen(
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
export function labelWordsOf(
  { targets }: RecordGrid,
  { configOf, ...settings }: GridFindings,
  column: number,
) {
  const control = controlOf(targets[column]!, configOf({}).config);
  const reading = control && readingOf(settings, control);
  return reading?.matches && ((cell: Json) => cellWithMatches(control!, cell, reading));
}

/** The labels of the regions in a column’s cells, with value mappings; undefined for a column of answers. */
export function regionWordsOf(
  { targets }: RecordGrid,
  { configOf, ...settings }: GridFindings,
  column: number,
) {
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
