import { isLabel, isShort, knowsLabels, closestLabel, type Label } from '#config/labels.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { writeJson, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { FREE } from '#domain/parse/columns/kept-column.ts';
import { codeAt, countRows } from '#domain/parse/columns/columnar-rows.ts';
import { picksOfCell } from '#domain/parse/cells/cell-values.ts';
import type { RecordGrid } from './shown-cells.ts';
import { columnNames } from '#domain/parse/mapping/column-names.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import { labelsRegions } from '#domain/parse/cells/region-cells.ts';
import {
  controlOf,
  matchOf,
  readingOf,
  writtenOf,
  type CellSettings,
} from '#domain/parse/cells/value-mapping.ts';

/** The values in a control’s column that match none of its labels. */
export interface ColumnValues {
  column: string;
  control: string;
  /** Number of distinct cells, including labels. */
  distinct: number;
  /** Most frequent first: all mapped values and at most 200 unmapped ones. */
  values: ValueReading[];
  /** Number of unlisted values. */
  more: number;
  /** How many of them are too long to list: more than `limits.shownUnits`. */
  tooLong: number;
}

/** A value that matches no label, with its mapping or a suggestion. */
export interface ValueReading {
  /** As written in cells; path levels are joined by ` > `. */
  written: string;
  /** Number of rows. */
  rows: number;
  /** The label that the user mapped it to. */
  label?: Label;
  suggestion?: Label;
  /** True if the value is the label’s displayed name, so that the suggestion is certain. */
  isDisplayedName?: boolean;
}

const maxListed = 200;
/** Maximum number of unmapped values listed for all columns. */
const maxListedInAll = 5000;
/** Distinct values counted per column. A column with more is unlikely to have labels. */
const maxDistinct = 50_000;

/** The unmatched values of each label column, each listed once with its number of rows. */
export function readValues(
  { records, targets }: Pick<RecordGrid, 'records' | 'targets'>,
  config: LabelConfig | undefined,
  settings: CellSettings,
): ColumnValues[] {
  if (!targets.includes('task') && !targets.includes('task-key')) return [];
  const names = columnNames(records.columns);
  let listable = maxListedInAll;
  return targets.flatMap((target, column) => {
    const control = controlOf(target, config);
    if (control === undefined || !(knowsLabels(control) || labelsRegions(control))) return [];
    const { matches = {}, separator } = readingOf(settings, control);
    const rowsOf = new Map<string, { pick: Label; rows: number }>();
    let distinct = 0;
    for (const { cell, rows } of eachCell(records, column)) {
      const picks = picksOfCell(control, cell, { separator });
      if (picks.length > 0) distinct += 1;
      const seen = new Set<string>();
      for (const pick of picks) {
        const written = writtenOf(control, pick);
        // A repeated choice counts once per row; the validator reports choices that aren’t text.
        if (written === undefined || seen.has(written) || isLabel(control, pick as Label)) continue;
        seen.add(written);
        const known = rowsOf.get(written);
        if (known !== undefined) known.rows += rows;
        else if (rowsOf.size < maxDistinct) rowsOf.set(written, { pick: pick as Label, rows });
      }
    }
    const values: ValueReading[] = [];
    let open = Math.min(maxListed, listable);
    let tooLong = 0;
    listable -= Math.min(open, rowsOf.size);
    for (const [written, { pick, rows }] of [...rowsOf].toSorted(
      ([, one], [, other]) => other.rows - one.rows,
    )) {
      const label = matchOf(control, pick, matches);
      if (label !== undefined) values.push({ written, rows, label });
      else if (written.length > limits.shownUnits) tooLong += 1;
      else if (open > 0) {
        open -= 1;
        const meant = closestLabel(control, pick);
        const isOffered = meant !== undefined && isShort(meant.label);
        values.push({
          written,
          rows,
          ...(isOffered && { suggestion: meant.label, isDisplayedName: meant.isDisplayedName }),
        });
      }
    }
    const more = rowsOf.size - values.length;
    return [{ column: names[column]!, control: control.name, distinct, values, more, tooLong }];
  });
}

/** The distinct cells of a column with their row counts; of those that aren’t kept, the first ones. */
function eachCell({ rows, cell: cellOf }: Records, column: number): Iterable<{ cell: Json; rows: number }> {
  const kept = rows.kept[column]!;
  const counts = countRows(rows, column);
  const cells = new Map<string, { cell: Json; rows: number }>();
  const add = (cell: Json, times: number) => {
    const key = writeJson(cell);
    const known = cells.get(key);
    if (known !== undefined) known.rows += times;
    else if (cells.size < maxDistinct) cells.set(key, { cell, rows: times });
  };
  for (let code = kept.first; code < kept.codes; code += 1) add(kept.valueOf(code)!, counts[code]!);
  for (let row = 0; counts[FREE]! > 0 && row < rows.count; row += 1)
    if (codeAt(rows, row, column) === FREE) add(cellOf(row, column)!, 1);
  return cells.values();
}
