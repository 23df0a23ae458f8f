import { writeJson, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { firstUnits } from '#wire/text/words.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { fitsControl } from './map-columns.ts';
import { controlsFor, type Known } from './targets.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import { readingOf, type CellSettings } from '#domain/parse/cells/value-mapping.ts';

/** The content of a column, for choosing its target. */
export interface ColumnProfile {
  /** Number of counted rows: the first ones, at most `limits.profiledRows`. */
  rows: number;
  /** Number of rows with a value. */
  filled: number;
  distinct: number;
  /** The most frequent values first. */
  values: ProfiledValue[];
  /** Controls that most values fit, the best first; at most `maxControls`. */
  fits: ControlFit[];
}

export interface ProfiledValue {
  /** At most `limits.shownUnits` of it. */
  text: string;
  rows: number;
}

export interface ControlFit {
  target: ColumnTarget;
  /** Number of rows whose value is an answer to the control. */
  rows: number;
}

const maxValues = 5;
const maxControls = 50;
/** Distinct values compared with each control; the others aren’t. */
const maxCompared = 500;

/** Counts the values of a column, and how many fit each control of the config. */
export function profileColumn(
  { count, cell }: Pick<Records, 'count' | 'cell'>,
  column: number,
  known: Known,
  settings: CellSettings = {},
): ColumnProfile {
  const rows = Math.min(count, limits.profiledRows);
  const values = new Map<string, { value: Json; rows: number }>();
  let filled = 0;
  for (let row = 0; row < rows; row += 1) {
    const value = cell(row, column) ?? null;
    if (value === null || (typeof value === 'string' && value.trim() === '')) continue;
    filled += 1;
    const key = typeof value === 'string' ? value : writeJson(value);
    const same = values.get(key);
    if (same === undefined) values.set(key, { value, rows: 1 });
    else same.rows += 1;
  }
  const byCount = [...values].toSorted(([, one], [, other]) => other.rows - one.rows);
  const compared = byCount.slice(0, maxCompared);
  const fits = controlsFor(known)
    .slice(0, maxControls)
    .map((control): ControlFit => {
      const doesFit = fitsControl(control, readingOf(settings, control));
      const fitting = compared.filter(([, { value }]) => doesFit(value));
      return {
        target: `control:${control.name}`,
        rows: fitting.reduce((sum, [, one]) => sum + one.rows, 0),
      };
    });
  return {
    rows,
    filled,
    distinct: values.size,
    values: byCount
      .slice(0, maxValues)
      .map(([text, one]) => ({ text: firstUnits(text, limits.shownUnits), rows: one.rows })),
    fits: fits.toSorted((one, other) => other.rows - one.rows),
  };
}
