import { isLabel, knowsLabels, closestLabel, type Label } from '#config/labels.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { writeJson, type Json } from '#wire/json.ts';
import { picksOfCell } from './cell-values.ts';
import type { RecordGrid } from './grid.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { Records } from './records.ts';
import { controlOf, matchesOf, matchOf, writtenOf } from './value-mapping.ts';

/** What stands in the column of one control and is none of its labels. */
export interface ColumnValues {
  column: string;
  control: string;
  /** How many different values the column has, labels among them. */
  distinct: number;
  /** The most frequent first: all that are read as a label, and at most 200 that are not. */
  values: ValueReading[];
  /** How many more of these there are. */
  more: number;
}

/** A value that is no label: what it is read as, where that was accepted, or what it may mean. */
export interface ValueReading {
  /** As it stands in cells; of a path, ` > ` between its levels. */
  written: string;
  /** In how many rows. */
  rows: number;
  /** The label that it is read as: somebody has accepted that. */
  label?: Label;
  suggestion?: Label;
  /** The suggestion is certain: annotators see this label so. */
  isDisplayedName?: boolean;
}

const maxListed = 200;
/** A column in which every cell is another text was hardly meant to hold labels; of its values no more are told apart. */
const maxDistinct = 50_000;

/**
 * The values of each column of labels that are none. Taken from what stands in a column, each once, however many rows say
 * it.
 */
export function readValues(
  { records, targets }: Pick<RecordGrid, 'records' | 'targets'>,
  config: LabelConfig | undefined,
  accepted: ImportSettings['values'],
): ColumnValues[] {
  const taskColumn = targets.indexOf('task');
  if (taskColumn < 0) return [];
  return targets.flatMap((target, column) => {
    const control = controlOf(target, config);
    if (control === undefined || !knowsLabels(control)) return [];
    const matches = matchesOf(accepted, control) ?? {};
    const rowsOf = new Map<string, { pick: Label; rows: number }>();
    let distinct = 0;
    for (const { cell, rows } of eachCell(records, taskColumn, column)) {
      const picks = picksOfCell(control, cell);
      if (picks.length > 0) distinct += 1;
      const told = new Set<string>();
      for (const pick of picks) {
        const written = writtenOf(control, pick);
        // The same twice in one cell is one row; what is no text at all is told of by the check.
        if (written === undefined || told.has(written) || isLabel(control, pick as Label)) continue;
        told.add(written);
        const known = rowsOf.get(written);
        if (known !== undefined) known.rows += rows;
        else if (rowsOf.size < maxDistinct) rowsOf.set(written, { pick: pick as Label, rows });
      }
    }
    const values: ValueReading[] = [];
    let open = 0;
    for (const [written, { pick, rows }] of [...rowsOf].toSorted(
      ([, one], [, other]) => other.rows - one.rows,
    )) {
      const label = matchOf(control, pick, matches);
      if (label !== undefined) values.push({ written, rows, label });
      else if (open < maxListed) {
        open += 1;
        const meant = closestLabel(control, pick);
        values.push({
          written,
          rows,
          ...(meant && { suggestion: meant.label, isDisplayedName: meant.isDisplayedName }),
        });
      }
    }
    const name = records.columns[column]!.name;
    return [{ column: name, control: control.name, distinct, values, more: rowsOf.size - values.length }];
  });
}

/** The different cells of a column, each with the number of rows that have it: told apart by the kinds of rows first. */
function eachCell(
  records: Records,
  taskColumn: number,
  column: number,
): Iterable<{ cell: Json; rows: number }> {
  const { kindOf, firsts } = records.distinctExcept(taskColumn);
  const rowsOfKind = new Uint32Array(firsts.length);
  for (const kind of kindOf) rowsOfKind[kind]! += 1;
  const cells = new Map<string, { cell: Json; rows: number }>();
  for (let kind = 0; kind < firsts.length; kind += 1) {
    const cell = records.cell(firsts[kind]!, column);
    if (cell === undefined) continue;
    const key = writeJson(cell);
    const known = cells.get(key);
    if (known === undefined) cells.set(key, { cell, rows: rowsOfKind[kind]! });
    else known.rows += rowsOfKind[kind]!;
  }
  return cells.values();
}
