import type { Entries } from '#domain/requests/entries.ts';
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
export function groupRows(rows: Rows, entries: Entries): Group[] {
  const { codes } = entries.contentCodes();
  const repeatOf = eachOnce(rows.task) ? () => 0 : countRepeats();
  /** By content, then by repeat: the number of a group. */
  const numbers: number[][] = [];
  const groups: { repeat: number; size: number }[] = [];
  const groupOf = new Uint32Array(rows.count);
  for (let row = 0; row < rows.count; row += 1) {
    const content = codes[rows.entry[row]!]!;
    const repeat = repeatOf(content, rows.task[row]!);
    const alike = (numbers[content] ??= []);
    const number = (alike[repeat] ??= groups.length);
    if (number === groups.length) groups.push({ repeat, size: 0 });
    groups[number]!.size += 1;
    groupOf[row] = number;
  }
  const members = groups.map(({ size }) => new Uint32Array(size));
  const filled = new Uint32Array(groups.length);
  for (let row = 0; row < rows.count; row += 1) {
    const number = groupOf[row]!;
    members[number]![filled[number]!++] = row;
  }
  return groups.map(({ repeat }, number) => {
    const own = members[number]!;
    return { entry: rows.entry[own[0]!]!, rows: own, repeat };
  });
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
  const isGrowing = tasks.every((task, index) => index === 0 || task > tasks[index - 1]!);
  if (isGrowing) return true;
  const sorted = tasks.toSorted();
  return sorted.every((task, index) => index === 0 || task !== sorted[index - 1]);
}
