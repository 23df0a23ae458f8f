import type { LabelConfig } from '#config/label-config.ts';
import type { EntryCounts } from '#domain/problems/entry-counts.ts';
import { inParts } from '#wire/in-parts.ts';
import type { Codes } from '#domain/requests/dictionary.ts';
import type { LabelUse } from '#domain/requests/entries.ts';
import type { RowDictionary } from '#domain/parse/columns/row-dictionary.ts';
import type { Records } from '#domain/parse/columns/records.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import { picksOfCell } from './cell-values.ts';
import { markedControlOf, markedLabel, markIn } from './label-columns.ts';
import { labelsRegions } from './region-cells.ts';
import { controlOf, readingOf, type CellSettings } from './value-mapping.ts';

/** By kind: the number of its records, and the first. */
interface KindCounts {
  counts: Uint32Array;
  firsts: Uint32Array;
}

/** Counts the labels in the columns of choices and of regions, without the `refused` records. */
export function labelUses(
  { rows, columns }: Pick<Records, 'rows' | 'columns'>,
  targets: readonly ColumnTarget[],
  config: LabelConfig | undefined,
  settings: CellSettings,
  refused: EntryCounts,
): LabelUse[] {
  const { kinds, kindOf, kept, indexOf } = rows;
  if (refused.entries === kindOf.length) return [];
  const counts = new Uint32Array(kinds.size);
  const firsts = new Uint32Array(kinds.size);
  inParts(kindOf.length, (from, to) => countKinds(kindOf, refused, { counts, firsts }, from, to));
  return targets.flatMap((target, column) => {
    const marked = markedControlOf(target, config);
    const control = marked ?? controlOf(target, config);
    const isCounted = control !== undefined && (control.type === 'choices' || labelsRegions(control));
    if (!isCounted || control.isNested) return [];
    const { uses, entries } = usesOfCodes(kinds, indexOf[column]!, kept[column]!.codes, { counts, firsts });
    const found: LabelUse[] = [];
    for (let code = kept[column]!.first; code < uses.length; code += 1) {
      if (uses[code] === 0) continue;
      const cell = kept[column]!.valueOf(code)!;
      const picks = marked
        ? markIn(cell) === true
          ? [markedLabel(marked, columns[column]!.name)]
          : []
        : picksOfCell(control, cell, readingOf(settings, control));
      for (const label of picks)
        if (typeof label === 'string')
          found.push({ control: control.name, label, uses: uses[code]!, entry: entries[code]! });
    }
    return found;
  });
}

/** Counts those records of each kind that aren’t refused. */
function countKinds(
  kindOf: Codes,
  refused: EntryCounts,
  { counts, firsts }: KindCounts,
  from: number,
  to: number,
): void {
  const hasRefused = refused.entries > 0;
  for (let record = from; record < to; record += 1) {
    if (hasRefused && refused.at(record) > 0) continue;
    const kind = kindOf[record]!;
    if (counts[kind] === 0) firsts[kind] = record;
    counts[kind]! += 1;
  }
}

/**
 * The number of records with each code of a column, and the first of them. Its loop is in a function by itself, because V8
 * doesn’t optimise it in a closure.
 */
function usesOfCodes(
  kinds: RowDictionary,
  index: number,
  codes: number,
  { counts, firsts }: KindCounts,
): { uses: Uint32Array; entries: Uint32Array } {
  const uses = new Uint32Array(codes);
  const entries = new Uint32Array(codes);
  for (let kind = 0; kind < kinds.size; kind += 1) {
    if (counts[kind] === 0) continue;
    const code = kinds.codeAt(kind, index);
    entries[code] = uses[code] === 0 ? firsts[kind]! : Math.min(entries[code]!, firsts[kind]!);
    uses[code]! += counts[kind]!;
  }
  return { uses, entries };
}
