import type { LabelConfig } from '#config/label-config.ts';
import { CodeWriter } from '#domain/requests/dictionary.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { RowDictionary } from '#domain/parse/columns/row-dictionary.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { classesOf, varies } from '#domain/parse/cells/cell-classes.ts';
import { labelUses } from '#domain/parse/cells/label-uses.ts';
import type { CellSettings } from '#domain/parse/cells/value-mapping.ts';
import type { Records } from '#domain/parse/columns/records.ts';

/** Templates of records: records whose cells have the same classes share one. */
export function templatesOf(
  records: Records,
  targets: readonly ColumnTarget[],
  config: LabelConfig | undefined,
  settings: CellSettings,
): Pick<Entries, 'templates' | 'firsts' | 'varies' | 'countsLabels' | 'labelUses'> {
  const { rows } = records;
  const { kinds, kindOf, indexOf } = rows;
  const classes: Uint32Array[] = [];
  for (const [column, index] of indexOf.entries())
    if (index >= 0) classes[index] = classesOf(rows, column, targets, config, settings);
  const templates = new RowDictionary(classes.length);
  const codes = new Uint32Array(classes.length);
  const templateOfKind = new Uint32Array(kinds.size);
  for (let kind = 0; kind < kinds.size; kind += 1) {
    for (let index = 0; index < codes.length; index += 1)
      codes[index] = classes[index]![kinds.codeAt(kind, index)]!;
    templateOfKind[kind] = templates.numberOf(codes, 0, kinds.firsts[kind]!);
  }
  const writer = new CodeWriter();
  writer.reserve(kindOf.length);
  for (let record = 0; record < kindOf.length; record += 1)
    writer.write(record, templateOfKind[kindOf[record]!]!);
  return {
    templates: writer.finish(kindOf.length),
    firsts: templates.firsts.subarray(0, templates.size),
    varies: (template) => classes.some((_, index) => varies(templates.codeAt(template, index))),
    // A `result` column may use labels, too.
    countsLabels: () => !targets.includes('result'),
    labelUses: (refused) =>
      targets.includes('result') ? [] : labelUses(rows, targets, config, settings, refused),
  };
}
