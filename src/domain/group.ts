import type { Rows } from './rows.ts';

/** Rows that differ only in their task, so that one request can carry them. */
export interface Group {
  /** Which request of the source, from 0. */
  entry: number;
  /** Row numbers, in the order of the source. No task twice: a second row for it is in another group. */
  rows: Uint32Array;
}

/**
 * Groups rows by their entry and by how often their task stood in it before: two rows that want the same annotation on
 * the same task must not share a group, for its marker has to name one annotation on a task. Order is kept.
 */
export function groupRows(rows: Rows): Group[] {
  const members = new Map<string, number[]>();
  for (let row = 0; row < rows.count; row += 1) {
    const key = `${rows.entry[row]} ${rows.copy[row]}`;
    const group = members.get(key);
    if (group) group.push(row);
    else members.set(key, [row]);
  }
  return [...members.values()].map((group) => ({
    entry: rows.entry[group[0]!]!,
    rows: Uint32Array.from(group),
  }));
}
