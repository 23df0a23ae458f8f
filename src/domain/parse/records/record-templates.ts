import { knowsLabels } from '#config/labels.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { CodeWriter } from '#domain/requests/dictionary.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { hashOfText } from '#domain/parse/columns/cell-source.ts';
import { FREE, type KeptColumn } from '#domain/parse/columns/kept-column.ts';
import { RowDictionary } from '#domain/parse/columns/row-dictionary.ts';
import type { ColumnTarget, ImportSettings } from '#domain/parse/import-settings.ts';
import { numberOfCell } from './cell-values.ts';
import type { Records } from './records.ts';
import { controlOf, matchesOf } from './value-mapping.ts';

/** Distinct wrong values of a column that get templates of their own, so that each is counted by its words. */
const maxWrong = 2000;
/** The class of further ones: their problems differ only in words. */
const VARIES = 0xffff_ffff;

/** Templates of records: records whose cells have the same classes share one. */
export function templatesOf(
  { rows }: Records,
  targets: readonly ColumnTarget[],
  config: LabelConfig | undefined,
  values: ImportSettings['values'],
): Pick<Entries, 'templates' | 'firsts' | 'varies'> {
  const { kinds, kindOf, kept, indexOf } = rows;
  const classes: Uint32Array[] = [];
  let isMerged = false;
  for (const [column, index] of indexOf.entries()) {
    if (index < 0) continue;
    const found = classesOf(kept[column]!, targets[column]!, config, values);
    classes[index] = found;
    for (let code = 0; code < found.length && !isMerged; code += 1) isMerged = found[code] !== code;
  }
  if (!isMerged) return { templates: kindOf, firsts: kinds.firsts.subarray(0, kinds.size) };
  const templates = new RowDictionary(classes.length);
  const codes = new Uint32Array(classes.length);
  const templateOfKind = new Uint32Array(kinds.size);
  for (let kind = 0; kind < kinds.size; kind += 1) {
    for (let index = 0; index < codes.length; index += 1)
      codes[index] = classes[index]![kinds.codeAt(kind, index)]!;
    templateOfKind[kind] = templates.numberOf(codes, kinds.firsts[kind]!);
  }
  const writer = new CodeWriter();
  writer.reserve(kindOf.length);
  for (let record = 0; record < kindOf.length; record += 1)
    writer.write(record, templateOfKind[kindOf[record]!]!);
  return {
    templates: writer.finish(kindOf.length),
    firsts: templates.firsts.subarray(0, templates.size),
    varies: (template) => classes.some((_, index) => templates.codeAt(template, index) === VARIES),
  };
}

/** By code of a cell. Cells of one class have the same problems. */
function classesOf(
  kept: KeptColumn,
  target: ColumnTarget,
  config: LabelConfig | undefined,
  values: ImportSettings['values'],
): Uint32Array {
  const classes = new Uint32Array(kept.codes);
  for (let code = 0; code < kept.codes; code += 1) classes[code] = code;
  const { role } = kept;
  const control = controlOf(target, config);
  if (role.as === 'text') {
    for (let code = kept.first; code < kept.codes; code += 1) if (kept.isPlain(code)) classes[code] = FREE;
  } else if (role.as === 'number') {
    for (let code = kept.first; code < kept.codes; code += 1) {
      const number = numberOfCell(control, kept.valueOf(code)!);
      if (typeof number === 'number' && role.fits(number)) classes[code] = FREE;
    }
  } else if (control !== undefined && kept.codes > maxWrong) {
    const mayBeRight = valuesThatMayBeRight(control, config!, values);
    if (mayBeRight !== undefined) mergeWrong(kept, mayBeRight, classes);
  }
  return classes;
}

/** Merges the classes of wrong values beyond the first ones. */
function mergeWrong(kept: KeptColumn, mayBeRight: ReadonlySet<number>, classes: Uint32Array): void {
  let wrong = 0;
  for (let code = kept.first; code < kept.codes; code += 1) {
    if (mayBeRight.has(kept.hashOf(code)) || !kept.isPlain(code, 0x7c)) continue;
    wrong += 1;
    if (wrong > maxWrong) classes[code] = VARIES;
  }
}

/** The hashes of all values that have other problems than an unknown choice, or none; undefined if that isn’t known. */
function valuesThatMayBeRight(
  control: Control,
  { controls }: LabelConfig,
  values: ImportSettings['values'],
): ReadonlySet<number> | undefined {
  if (control.tag !== 'Choices' || control.isNested || !knowsLabels(control)) return undefined;
  const asked = [...controls.values()].flatMap(({ conditions }) =>
    conditions.flatMap(({ choices = [] }) => choices),
  );
  const words = [
    ...control.options.flatMap(({ value, result }) => [value, result]),
    ...asked,
    ...Object.keys(matchesOf(values, control) ?? {}),
  ];
  return new Set(words.map(hashOfText));
}
