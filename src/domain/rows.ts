import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, type Json } from '#wire/json.ts';
import { targetOf } from './target.ts';

/** One row for every "this task gets this annotation", in the order of the source. Columns, because there may be a million. */
export interface Rows {
  count: number;
  /** Task ids; doubles, because an id may be beyond 32 bits. */
  task: Float64Array;
  /** Which request of the source, from 0. */
  entry: Uint32Array;
}

/** A request for all tasks but some. Only the server knows which those are, so it has no rows yet. */
export interface SelectionEntry {
  entry: number;
  excluded: number[];
}

export interface RowsAndSelections {
  rows: Rows;
  selections: SelectionEntry[];
}

/** Makes the rows of all entries that have no error; `isRefused` says which have one. */
export function makeRows(entries: readonly Json[], isRefused: (entry: number) => boolean): RowsAndSelections {
  const selections: SelectionEntry[] = [];
  const lists: { entry: number; ids: number[] }[] = [];
  let count = 0;
  entries.forEach((value, entry) => {
    if (isRefused(entry) || !isJsonObject(value)) return;
    const target = targetOf(value);
    if (target.kind === 'all-except') selections.push({ entry, excluded: target.excluded.filter(isId) });
    if (target.kind !== 'tasks') return;
    const ids = target.ids.filter(isId);
    lists.push({ entry, ids });
    count += ids.length;
  });

  const rows = emptyRows(count);
  let row = 0;
  for (const { entry, ids } of lists) {
    rows.task.set(ids, row);
    rows.entry.fill(entry, row, row + ids.length);
    row += ids.length;
  }
  return { rows, selections };
}

export function emptyRows(count: number): Rows {
  return {
    count,
    task: new Float64Array(count),
    entry: new Uint32Array(count),
  };
}
