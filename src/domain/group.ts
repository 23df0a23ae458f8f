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
  const repeatOf = eachOnce(rows.task) ? () => 0 : countRepeats();
  /** By content, then by repeat. */
  const members: number[][][] = [];
  const inOrder: { rows: number[]; repeat: number }[] = [];
  let entry = -1;
  let content = 0;
  for (let row = 0; row < rows.count; row += 1) {
    if (rows.entry[row] !== entry) {
      entry = rows.entry[row]!;
      content = contents.codeOf(entry);
    }
    const repeat = repeatOf(content, rows.task[row]!);
    const alike = (members[content] ??= []);
    const group = alike[repeat];
    if (group !== undefined) group.push(row);
    else {
      alike[repeat] = [row];
      inOrder.push({ rows: alike[repeat], repeat });
    }
  }
  return inOrder.map((group) => ({
    entry: rows.entry[group.rows[0]!]!,
    rows: Uint32Array.from(group.rows),
    repeat: group.repeat,
  }));
}

/** How many times a task was asked about with the same content before. */
function countRepeats(): (content: number, task: number) => number {
  const seen = new Map<number, Map<number, number>>();
  return (content, task) => {
    const times = seen.get(content) ?? new Map<number, number>();
    seen.set(content, times);
    const before = times.get(task) ?? 0;
    times.set(task, before + 1);
    return before;
  };
}

function eachOnce(tasks: Float64Array): boolean {
  const sorted = tasks.toSorted();
  return sorted.every((task, index) => index === 0 || task !== sorted[index - 1]);
}
