import type { Entries } from '#domain/requests/entries.ts';
import type { Rows } from './rows.ts';

/** Rows that differ only in their task, so that one request can carry them. In columns, because there may be a million groups. */
export interface RowGroups {
  count: number;
  /** The first request of the source, from 0, with the labels of each group. */
  entry: Uint32Array;
  /** How many earlier rows give their tasks the same labels. */
  repeat: Uint32Array;
  /** Row numbers group by group, in the order of the source: those of a group from its start to that of the next. */
  order: Uint32Array;
  starts: Uint32Array;
}

/**
 * Groups rows by their labels and keeps their order. A second row with the same labels for the same task goes to another
 * group, because a group's marker must name a single annotation on each task.
 */
export function groupRows(rows: Rows, entries: Entries): RowGroups {
  const { codes } = entries.contentCodes();
  const repeatOf = hasNoRepeats(rows.task) ? () => 0 : countRepeats();
  /** Group number by content; of second rows by repeat, then by content. */
  const first: number[] = [];
  const repeated: number[][] = [];
  const sizes: number[] = [];
  const repeats: number[] = [];
  const groupOf = new Uint32Array(rows.count);
  for (let row = 0; row < rows.count; row += 1) {
    const content = codes[rows.entry[row]!]!;
    const repeat = repeatOf(content, rows.task[row]!);
    const numbers = repeat === 0 ? first : (repeated[repeat] ??= []);
    const number = (numbers[content] ??= sizes.length);
    if (number === sizes.length) {
      sizes.push(0);
      repeats.push(repeat);
    }
    sizes[number]! += 1;
    groupOf[row] = number;
  }
  const starts = new Uint32Array(sizes.length + 1);
  for (const [number, size] of sizes.entries()) starts[number + 1] = starts[number]! + size;
  const order = new Uint32Array(rows.count);
  const next = starts.slice();
  for (let row = 0; row < rows.count; row += 1) order[next[groupOf[row]!]!++] = row;
  return {
    count: sizes.length,
    entry: Uint32Array.from(sizes, (_, number) => rows.entry[order[starts[number]!]!]!),
    repeat: Uint32Array.from(repeats),
    order,
    starts,
  };
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
