import type { LabelConfig } from '#config/label-config.ts';
import { findVariablePaths } from '#config/check/variable-paths.ts';
import { checkResult } from '#config/check/check-result.ts';
import { isJsonObject, writeJson, type Json } from '#wire/json.ts';
import { CodeWriter, Dictionary } from '#domain/requests/dictionary.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { numberIn, regionOfCell } from './cell-values.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import type { RecordDictionary, Records } from './records.ts';

/** Up to this many distinct records, grouping them saves no time. */
const fewKinds = 2000;

/** Templates of records. If there are many, records that differ only in free text or in valid numbers share one. */
export function templateRecords(
  records: Records,
  { kindOf, firsts }: RecordDictionary,
  targets: readonly ColumnTarget[],
  config: LabelConfig | undefined,
): Pick<Entries, 'templates' | 'firsts'> {
  if (firsts.length <= fewKinds) return { templates: kindOf, firsts };
  const classes = targets.map((target) => classesFor(target, config));
  const keys = new Dictionary();
  const firstOf: number[] = [];
  const templateOfKind = Uint32Array.from(firsts, (record) => {
    let key = '';
    for (const [column, classOf] of classes.entries()) {
      const words = classOf?.(records.cell(record, column)) ?? '';
      key += `${words.length} ${words}`;
    }
    const template = keys.codeOf(key);
    if (template === firstOf.length) firstOf.push(record);
    return template;
  });
  const templates = new CodeWriter();
  templates.reserve(kindOf.length);
  for (let record = 0; record < kindOf.length; record += 1)
    templates.write(record, templateOfKind[kindOf[record]!]!);
  return { templates: templates.finish(kindOf.length), firsts: firstOf };
}

/** Cells of a column with the same class have the same problems. */
type ClassOf = (cell: Json | undefined) => string;

/** Undefined for a column that isn’t validated. */
function classesFor(target: ColumnTarget, config: LabelConfig | undefined): ClassOf | undefined {
  if (target === 'nothing' || target === 'task') return undefined;
  const control = target.startsWith('control:')
    ? config?.controls.get(target.slice('control:'.length))
    : undefined;
  if (control?.tag === 'TextArea') return (cell) => (isPlainText(cell) ? 'a text' : itself(cell));
  if (control?.tag === 'Number') return numbersThatFit(config!, (cell) => regionOfCell(control, cell));
  if (target === 'field:lead_time')
    return (cell) => ((numberOf(cell) ?? -1) >= 0 ? 'a number' : itself(cell));
  return itself;
}

const itself: ClassOf = (cell) => (cell === undefined ? '' : `=${writeJson(cell)}`);

/** True for text that isn’t blank and isn’t a JSON list. */
export function isPlainText(cell: Json | undefined): boolean {
  return typeof cell === 'string' && cell.trim() !== '' && !cell.trimStart().startsWith('[');
}

/** Keeps the region of the first valid number and validates other numbers in its place. */
function numbersThatFit(config: LabelConfig, regionOf: (cell: Json) => Json | undefined): ClassOf {
  let kept: { value: Record<string, Json>; isFine: () => boolean } | undefined;
  return (cell) => {
    const number = numberOf(cell);
    if (number === undefined) return itself(cell);
    const region = regionOf(cell!);
    if (kept === undefined && isJsonObject(region) && isJsonObject(region['value'])) {
      const alone: LabelConfig = {
        ...config,
        controls: new Map([...config.controls].filter(([name]) => name === region['from_name'])),
      };
      const problems = checkResult(alone, [region]);
      if (problems.some(({ severity }) => severity !== 'info')) return itself(cell);
      kept = { value: region['value'], isFine: findVariablePaths(alone, [region]).isStillValid };
    }
    if (kept === undefined) return itself(cell);
    kept.value['number'] = number;
    return kept.isFine() ? 'a number' : itself(cell);
  };
}

function numberOf(cell: Json | undefined): number | undefined {
  const number = typeof cell === 'string' ? numberIn(cell.trim()) : cell;
  return typeof number === 'number' ? number : undefined;
}
