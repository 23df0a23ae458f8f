import { isId } from '#wire/bulk-request.ts';
import { isJsonObject } from '#wire/json/json.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { targetOf } from '#domain/requests/target.ts';

/** One row for every “this task gets this annotation”, in source order; in columns, because there may be a million. */
export interface Rows {
  count: number;
  /** Task IDs; doubles, because an ID may exceed 32 bits. */
  task: Float64Array;
  /** The number of the request in the source, from 0. */
  entry: Uint32Array;
}

/** A request for all tasks except some. Only the server can list them, so it has no rows yet. */
export interface SelectionEntry {
  entry: number;
  excluded: number[];
}

export interface RowsAndSelections {
  rows: Rows;
  selections: SelectionEntry[];
}

/** Creates the rows of all entries without errors. */
export function makeRows(entries: Entries, hasErrors: (entry: number) => boolean): RowsAndSelections {
  const { templates, tasks, length } = entries;
  const selections: SelectionEntry[] = [];
  const lists = new Map<number, number[]>();
  let count = 0;
  for (let entry = 0; entry < length; entry += 1) {
    if (hasErrors(entry)) continue;
    if (entries.namesOneTask(templates[entry]!)) {
      count += 1;
      continue;
    }
    const value = entries.at(entry);
    if (!isJsonObject(value)) continue;
    const target = targetOf(value);
    if (target.kind === 'all-except') selections.push({ entry, excluded: target.excluded.filter(isId) });
    if (target.kind !== 'tasks') continue;
    const ids = target.ids.filter(isId);
    lists.set(entry, ids);
    count += ids.length;
  }

  const rows = emptyRows(count);
  let row = 0;
  for (let entry = 0; entry < length; entry += 1) {
    if (entries.namesOneTask(templates[entry]!)) {
      if (hasErrors(entry)) continue;
      rows.task[row] = tasks[entry]!;
      rows.entry[row] = entry;
      row += 1;
      continue;
    }
    const ids = lists.get(entry);
    if (ids === undefined) continue;
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
