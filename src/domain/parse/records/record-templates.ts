import type { LabelConfig } from '#config/label-config.ts';
import { codesUpTo, type Codes } from '#domain/requests/dictionary.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { RowDictionary } from '#domain/parse/columns/row-dictionary.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { cellCheck, classesOf, varies } from '#domain/parse/cells/cell-classes.ts';
import { thousandsIn, type DecimalCommas } from '#domain/parse/cells/decimal-commas.ts';
import { labelUses } from '#domain/parse/cells/label-uses.ts';
import { controlOf, readingOf, type CellSettings } from '#domain/parse/cells/value-mapping.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import { inParts } from '#wire/in-parts.ts';
import type { Problem } from '#wire/problem.ts';
import type { RegionIndex } from './region-index.ts';

/** Templates of records: records whose cells have the same classes share one. */
export function templatesOf(
  records: Records,
  regions: RegionIndex,
  targets: readonly ColumnTarget[],
  config: LabelConfig | undefined,
  settings: CellSettings,
  commas: readonly DecimalCommas[],
): Pick<Entries, 'templates' | 'firsts' | 'varies' | 'problemsOf' | 'countsLabels' | 'labelUses'> {
  const { rows } = records;
  const { kinds, kindOf, indexOf } = rows;
  const classes: Uint32Array[] = [];
  for (const [column, index] of indexOf.entries())
    if (index >= 0) classes[index] = classesOf(rows, column, targets, config, settings);
  for (const one of commas) {
    const kept = rows.kept[one.column]!;
    const ofColumn = classes[indexOf[one.column]!]!;
    for (let code = kept.first; code < kept.codes; code += 1)
      if (thousandsIn(one, kept.valueOf(code)) !== undefined) ofColumn[code] = code;
  }
  const templates = new RowDictionary(classes.length);
  const templateOfKind = new Uint32Array(kinds.size);
  inParts(kinds.size, (from, to) => findTemplates(kinds, classes, templates, templateOfKind, from, to));
  const templateOf = codesUpTo(templates.size, kindOf.length);
  inParts(kindOf.length, (from, to) => mapCodes(kindOf, templateOfKind, templateOf, from, to));
  const varyingIn = (template: number): number[] =>
    indexOf.flatMap((index, column) =>
      index >= 0 && varies(templates.codeAt(template, index)) ? [column] : [],
    );
  return {
    templates: templateOf,
    firsts: templates.firsts.subarray(0, templates.size),
    varies: (template) => varyingIn(template).length > 0,
    problemsOf(template, ofFirst) {
      const cells = varyingIn(template).map((column) => {
        const control = controlOf(targets[column]!, config)!;
        return { column, check: cellCheck(control, config!, readingOf(settings, control)) };
      });
      const inCells = (record: number): Problem[] =>
        cells.flatMap(({ column, check }) =>
          check(records.cell(record, column)!, regions.first(record, column)),
        );
      return recompose(ofFirst, inCells(templates.firsts[template]!), inCells);
    },
    // A `result` column may use labels, too.
    countsLabels: () => !targets.includes('result'),
    labelUses: (refused) =>
      targets.includes('result') ? [] : labelUses(records, targets, config, settings, refused),
  };
}

/** Finds the templates of some kinds by the classes of their codes. */
function findTemplates(
  kinds: RowDictionary,
  classes: readonly Uint32Array[],
  templates: RowDictionary,
  templateOf: Uint32Array,
  from: number,
  to: number,
): void {
  const codes = new Uint32Array(classes.length);
  for (let kind = from; kind < to; kind += 1) {
    for (let index = 0; index < codes.length; index += 1)
      codes[index] = classes[index]![kinds.codeAt(kind, index)]!;
    templateOf[kind] = templates.numberOf(codes, 0, kinds.firsts[kind]!);
  }
}

function mapCodes(codes: Codes, mapped: Uint32Array, into: Codes, from: number, to: number): void {
  for (let index = from; index < to; index += 1) into[index] = mapped[codes[index]!]!;
}

/**
 * The problems of the first record with those in its varying cells replaced by those of another record. Undefined if some
 * depend on more than these cells.
 */
function recompose(
  ofFirst: readonly Problem[],
  inFirst: readonly Problem[],
  inCells: (record: number) => Problem[],
): ((record: number) => Problem[]) | undefined {
  const keyOf = ({ code, message, path }: Problem) => JSON.stringify([code, message, path]);
  const keys = inFirst.map(keyOf);
  const places = ofFirst.map((problem) => keys.indexOf(keyOf(problem)));
  if (keys.some((_, place) => places.filter((one) => one === place).length !== 1)) return undefined;
  return (record) => {
    const found = inCells(record);
    return ofFirst.map((problem, index) => found[places[index]!] ?? problem);
  };
}
