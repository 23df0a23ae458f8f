import type { KeyColumn } from '#domain/match/try-matching.ts';
import { columnNames } from '#domain/parse/mapping/column-names.ts';
import { keyIn } from './records/record-entries.ts';
import type { Parsed } from './parsed.ts';

/** The columns of a source by which tasks may be found. For an export, the keys of its tasks’ data. */
export function keyColumnsOf({
  grid,
  keyColumns,
}: Pick<Parsed, 'grid' | 'keyColumns'>): readonly KeyColumn[] {
  if (!grid) return keyColumns?.() ?? [];
  const { records } = grid;
  return columnNames(records.columns).map((name, index) => ({
    name,
    count: records.count,
    keyAt: (row) => keyIn(records.cell(row, index)),
  }));
}
