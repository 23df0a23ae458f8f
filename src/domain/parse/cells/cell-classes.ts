import type { Control, LabelConfig } from '#config/label-config.ts';
import type { Json } from '#wire/json/json.ts';
import { Dictionary } from '#domain/requests/dictionary.ts';
import { FREE, type KeptColumn } from '#domain/parse/columns/kept-column.ts';
import { countRows, type ColumnarRows } from '#domain/parse/columns/columnar-rows.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import type { Problem } from '#wire/problem.ts';
import { problemsOfRegions } from '#domain/validate/check-request.ts';
import { isEmpty, numberOfCell, regionsOfCell } from './cell-values.ts';
import { controlOf, readingOf, type CellReading, type CellSettings } from './value-mapping.ts';

/*
 * Cells of one class have the same problems, so one can represent the others. `FREE` is the class of valid cells. In
 * classes from `firstVarying` on, problems have the same codes and kinds of fix, but quote the cell.
 */
const firstVarying = 0xffff_0000;
export const varies = (one: number): boolean => one >= firstVarying;

/** The most frequent wrong values of a column have separate classes, so that each is counted. */
const maxWrong = 100;

/** The class of each code of a column. */
export function classesOf(
  rows: ColumnarRows,
  column: number,
  targets: readonly ColumnTarget[],
  config: LabelConfig | undefined,
  settings: CellSettings,
): Uint32Array {
  const kept = rows.kept[column]!;
  const { role } = kept;
  const control = controlOf(targets[column]!, config);
  const classes = new Uint32Array(kept.codes);
  for (let code = 0; code < kept.codes; code += 1) classes[code] = code;
  const isValid = (code: number): boolean => {
    if (role.as === 'text') return kept.isPlain(code);
    if (role.as !== 'number') return false;
    const number = kept.plainNumber(code) ?? numberOfCell(control, kept.valueOf(code)!);
    return typeof number === 'number' && role.fits(number);
  };
  const isOfControl = role.as === 'choice' || (role.as === 'values' && !dependsOnOthers(targets));
  if (isOfControl && control !== undefined)
    new ControlClasses(kept, control, config!, readingOf(settings, control)).classify(classes, () =>
      countRows(rows, column),
    );
  else if (role.as !== 'values')
    for (let code = kept.first; code < kept.codes; code += 1) if (isValid(code)) classes[code] = FREE;
  return classes;
}

/** True if a row’s check depends on more than its columns: another config, or regions of a `result` column. */
export const dependsOnOthers = (targets: readonly ColumnTarget[]): boolean =>
  targets.includes('result') || targets.includes('field:project');

/** The most frequent ones of these codes: each of more rows than one in 200 of those with one of them. */
function mostFrequent(codes: readonly number[], count: () => Uint32Array): number[] {
  if (codes.length === 0) return [];
  const rows = count();
  const all = codes.reduce((sum, code) => sum + rows[code]!, 0);
  return codes
    .filter((code) => code !== FREE && rows[code]! > Math.max(1, all / 200))
    .toSorted((one, other) => rows[other]! - rows[one]!)
    .slice(0, maxWrong);
}

/** The problems of a cell’s regions, as if its control were the only one. `first` is the index of the first region. */
export type CellCheck = (cell: Json, first: number) => Problem[];

export function cellCheck(control: Control, config: LabelConfig, reading: CellReading): CellCheck {
  // Facts about labels are known for each control object.
  const unconditional = control.conditions.length === 0 ? control : { ...control, conditions: [] };
  const alone = { ...config, controls: new Map([[control.name, unconditional]]) };
  return (cell, first) => problemsOfRegions(alone, regionsOfCell(control, cell, reading), { first });
}

/** Classifies cells by the problems of their regions. */
class ControlClasses {
  private readonly kept: KeptColumn;
  private readonly check: CellCheck;
  private readonly hasConditions: boolean;
  private readonly signatures = new Dictionary();

  constructor(kept: KeptColumn, control: Control, config: LabelConfig, reading: CellReading) {
    this.kept = kept;
    this.check = cellCheck(control, config, reading);
    this.hasConditions = [...config.controls.values()].some(({ conditions }) => conditions.length > 0);
  }

  classify(classes: Uint32Array, count: () => Uint32Array): void {
    const { kept } = this;
    /** The class of unknown choices, all of which have the same problem. */
    let unknown: number | undefined;
    const wrong: number[] = [];
    for (let code = kept.first; code < kept.codes; code += 1) {
      const isSurelyUnknown = kept.isUnknownChoice(code);
      const found = isSurelyUnknown && unknown !== undefined ? unknown : this.classOf(code, isSurelyUnknown);
      if (isSurelyUnknown) unknown = found;
      if (found === undefined) continue;
      classes[code] = found;
      if (found !== FREE) wrong.push(code);
    }
    if (unknown !== undefined) {
      classes[FREE] = unknown;
      wrong.push(FREE);
    }
    for (const code of mostFrequent(wrong, count)) classes[code] = code;
  }

  /** The class of a cell by its region; undefined if other regions or cells matter, too. */
  private classOf(code: number, isSurelyUnknown: boolean): number | undefined {
    if (this.hasConditions && !isSurelyUnknown) return undefined;
    const cell = this.kept.valueOf(code)!;
    if (isEmpty(cell)) return undefined;
    const problems = this.check(cell, 0);
    if (problems.length === 0) return FREE;
    if (problems.some(({ severity }) => severity === 'info')) return undefined;
    const signature = problems
      .map(({ severity, code: name, fix }) => `${severity} ${name} ${fix?.alike ?? ''}`)
      .join();
    return firstVarying + this.signatures.codeOf(signature);
  }
}
