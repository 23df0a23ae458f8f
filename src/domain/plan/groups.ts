import type { Entries } from '#domain/requests/entries.ts';
import type { Rows } from './rows.ts';

/** Rows that differ only in their task, so that one request can carry them. */
export interface Group {
  /** The first request of the source, from 0, with the labels of this group. */
  entry: number;
  /** Row numbers, in the order of the source. No task twice: its second row is in another group. */
  rows: Uint32Array;
  /** How many earlier rows give their tasks the same labels. */
  repeat: number;
}

/**
 * Groups rows by their labels and keeps their order. A second row with the same labels for the same task goes to another
 * group, because a group's marker must name a single annotation on each task.
 */
export function groupRows(rows: Rows, entries: Entries): Group[] {
  const { codes } = entries.contentCodes();
  const repeatOf = hasNoRepeats(rows.task) ? () => 0 : countRepeats();
  /** Group number by content, then by repeat. */
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
  const sorted = new Uint32Array(rows.count);
  let end = 0;
  const members = groups.map(({ size }) => sorted.subarray(end, (end += size)));
  const filled = new Uint32Array(groups.length);
  for (let row = 0; row < rows.count; row += 1) {
    const number = groupOf[row]!;
    members[number]![filled[number]!++] = row;
  }
  return groups.map(({ repeat }, number) => {
    const rowsOfGroup = members[number]!;
    return { entry: rows.entry[rowsOfGroup[0]!]!, rows: rowsOfGroup, repeat };
  });
}

/** Counts the earlier rows with the same content and task. */
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

function hasNoRepeats(tasks: Float64Array): boolean {
  const isGrowing = tasks.every((task, index) => index === 0 || task > tasks[index - 1]!);
  if (isGrowing) return true;
  const sorted = tasks.toSorted();
  return sorted.every((task, index) => index === 0 || task !== sorted[index - 1]);
}
