import type { KeyColumn } from '#domain/match/try-matching.ts';
import { columnName } from '#domain/parse/mapping/map-columns.ts';
import { keyIn } from './records/record-entries.ts';
import type { Parsed } from './parsed.ts';

/** The columns of a source by which tasks may be found. For an export, the keys of its tasks’ data. */
export function keyColumnsOf({
  grid,
  keyColumns,
}: Pick<Parsed, 'grid' | 'keyColumns'>): readonly KeyColumn[] {
  if (!grid) return keyColumns?.() ?? [];
  const { records } = grid;
  return records.columns.map((column, index) => ({
    name: columnName(column),
    count: records.count,
    keyAt: (row) => keyIn(records.cell(row, index)),
  }));
}
