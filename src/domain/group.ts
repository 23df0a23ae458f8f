import type { Json } from '#wire/json.ts';
import { Contents } from './content.ts';
import type { Rows } from './rows.ts';

/** Rows that differ only in their task, so that one request can carry them. */
export interface Group {
  /** The request of the source, from 0, that says what all of them say; the first of them where there are several. */
  entry: number;
  /** Row numbers, in the order of the source. No task twice: a second row for it is in another group. */
  rows: Uint32Array;
  /** How many times their tasks were told the same before. */
  repeat: number;
}

/**
 * Groups rows by what they say, and by how often their task was told the same before: two rows that want the same
 * annotation on the same task must not share a group, for its marker has to name one annotation on a task. Order is kept.
 */
export function groupRows(rows: Rows, entries: readonly Json[]): Group[] {
  const contents = new Contents(entries);
  const members = new Map<string, { rows: number[]; repeat: number }>();
  const seen = new Map<number, Map<number, number>>();
  let entry = -1;
  let content = 0;
  for (let row = 0; row < rows.count; row += 1) {
    if (rows.entry[row] !== entry) {
      entry = rows.entry[row]!;
      content = contents.codeOf(entry);
    }
    const times = seen.get(content) ?? new Map<number, number>();
    seen.set(content, times);
    const task = rows.task[row]!;
    const repeat = times.get(task) ?? 0;
    times.set(task, repeat + 1);
    const key = `${content} ${repeat}`;
    const group = members.get(key);
    if (group) group.rows.push(row);
    else members.set(key, { rows: [row], repeat });
  }
  return [...members.values()].map((group) => ({
    entry: rows.entry[group.rows[0]!]!,
    rows: Uint32Array.from(group.rows),
    repeat: group.repeat,
  }));
}
