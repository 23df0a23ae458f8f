import { numberAttribute, type Control, type LabelConfig } from '#config/label-config.ts';
import type { Json } from '#wire/json/json.ts';
import type { Path, Problem } from '#wire/problem.ts';
import { describeValueAtStart } from '#wire/text/words.ts';
import { spelledNumber } from '#wire/text/spelled-number.ts';
import { byteSet, type KeptColumn } from '#domain/parse/columns/kept-column.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { controlOf } from './value-mapping.ts';

/*
 * In a column with decimal commas, the dot of 1.200 probably divides thousands. Each cell alone is the number 1.2, so
 * the column decides.
 */

/** A number whose only dot may divide thousands. */
const withThousands = /^\s*[-+]?[1-9]\d{0,2}\.\d{3}\s*$/;
const comma = byteSet(',');

/** The column that a control’s numbers come from, if it has decimal commas. */
export interface DecimalCommas {
  column: number;
  control: Control;
  /** True if other cells have decimal points, so that nothing is clear. */
  isMixed: boolean;
}

export function decimalCommasIn(
  kept: readonly (KeptColumn | undefined)[],
  targets: readonly ColumnTarget[],
  config: LabelConfig | undefined,
): DecimalCommas[] {
  return targets.flatMap((target, column) => {
    const control = controlOf(target, config);
    const cells = kept[column];
    if (control?.tag !== 'Number' || cells === undefined || !hasDecimalComma(cells)) return [];
    return [{ column, control, isMixed: hasDecimalPoint(cells) }];
  });
}

function hasDecimalComma(kept: KeptColumn): boolean {
  for (let code = kept.first; code < kept.codes; code += 1) {
    if (!kept.contains(code, comma)) continue;
    const cell = kept.valueOf(code);
    if (typeof cell === 'string' && /^[^,]*,\d+\s*$/.test(cell) && spelledNumber(cell).length === 1)
      return true;
  }
  return false;
}

function hasDecimalPoint(kept: KeptColumn): boolean {
  for (let code = kept.first; code < kept.codes; code += 1) {
    const cell = kept.valueOf(code);
    if (typeof cell === 'string' && /^[^.,]*\.\d+\s*$/.test(cell) && !withThousands.test(cell)) return true;
  }
  return false;
}

/** The number with thousands that a cell may mean; undefined for a clear one. */
export function thousandsIn({ control }: DecimalCommas, cell: Json | undefined): number | undefined {
  if (typeof cell !== 'string' || !withThousands.test(cell)) return undefined;
  const meant = Number(cell.replace('.', ''));
  const min = numberAttribute(control, 'min') ?? -Infinity;
  const max = numberAttribute(control, 'max') ?? Infinity;
  return meant >= min && meant <= max ? meant : undefined;
}

/** The problem of a cell whose dot may divide thousands; `path` is that of its number. */
export function unclearThousands(commas: DecimalCommas, cell: Json | undefined, path: Path): Problem[] {
  const meant = thousandsIn(commas, cell);
  if (meant === undefined) return [];
  const error = { severity: 'error', code: 'value-not-a-number', path } as const;
  const start = `${describeValueAtStart(cell!)} isn’t clear in a column with decimal commas`;
  if (commas.isMixed)
    return [{ ...error, message: `${start} and points. Write ${meant} or ${Number(cell).toFixed(4)}.` }];
  // The same kind of fix as for decimal commas: once they are gone, nothing shows what the dots mean.
  const fix = { path, value: meant, words: `Use ${meant}`, alike: 'Use plain numbers' };
  return [{ ...error, message: `${start}. Did you mean ${meant}?`, fix }];
}
