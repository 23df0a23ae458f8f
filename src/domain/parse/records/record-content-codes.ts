import type { LabelConfig } from '#config/label-config.ts';
import type { Json } from '#wire/json.ts';
import {
  contentCodesByKey,
  contentCodesByTemplate,
  canonicalJson,
  type ContentCodes,
} from '#domain/requests/content-codes.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { fieldIn, isEmpty, regionOfCell } from './cell-values.ts';
import { isPlainText } from './record-templates.ts';
import type { ColumnTarget, ImportSettings } from '#domain/parse/import-settings.ts';
import type { RecordDictionary, Records } from './records.ts';
import { matchesOf } from './value-mapping.ts';

/** The column targets, and how cells are read. */
interface Understanding {
  targets: readonly ColumnTarget[];
  config: LabelConfig | undefined;
  values: ImportSettings['values'];
}

/** Codes that are equal for records with equal content. Compares cell by cell, without building requests. */
export function contentsOfRecords(
  records: Records,
  { kindOf, firsts }: RecordDictionary,
  { targets, config, values }: Understanding,
  at: (record: number) => Json,
): ContentCodes {
  const kinds: Pick<Entries, 'templates' | 'firsts' | 'length'> = {
    templates: kindOf,
    firsts,
    length: records.count,
  };
  // A `result` column can repeat other columns, so whole requests are compared.
  if (targets.includes('result')) return contentCodesByTemplate({ ...kinds, at });
  const isAlone = targets.includes('field:unique_id');
  const parts = targets.map((target) => partOf(target, config, values));
  return contentCodesByKey(kinds, (record) => {
    if (isAlone) return undefined;
    let key = '';
    for (const [column, part] of parts.entries()) {
      const words = part?.(records.cell(record, column)) ?? '';
      key += `${words.length} ${words}`;
    }
    return key;
  });
}

/** The canonical text of a cell’s content; undefined for a column without content. */
function partOf(
  target: ColumnTarget,
  config: LabelConfig | undefined,
  values: ImportSettings['values'],
): ((cell: Json | undefined) => string) | undefined {
  if (target === 'nothing' || target === 'task') return undefined;
  const filled = (cell: Json | undefined) => (cell === undefined || isEmpty(cell) ? undefined : cell);
  if (target.startsWith('field:')) return (cell) => spelled(filled(cell), fieldIn);
  const control = config?.controls.get(target.slice('control:'.length));
  if (control === undefined) return undefined;
  const matches = matchesOf(values, control);
  const regionOf = (cell: Json) => regionOfCell(control, cell, matches) ?? null;
  if (control.tag === 'TextArea')
    return (cell) => (isPlainText(cell) ? `a text ${cell as string}` : spelled(filled(cell), regionOf));
  // Most columns have few distinct values.
  const known = new Map<Json | undefined, string>();
  return (cell) => {
    let words = known.get(cell);
    if (words === undefined) {
      words = spelled(filled(cell), regionOf);
      if (known.size < maxKnown) known.set(cell, words);
    }
    return words;
  };
}

const maxKnown = 1000;

const spelled = (cell: Json | undefined, meaning: (cell: Json) => Json): string =>
  cell === undefined ? '' : canonicalJson(meaning(cell));
