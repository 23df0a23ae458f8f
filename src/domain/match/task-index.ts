import { keyOf, taskKeys, withoutUploadPrefix, type TaskMatching } from './comparison.ts';
import type { TaskTable } from './task-table.ts';

/** What `find` gives instead of a task’s index. */
export const NOT_FOUND = -1;
export const AMBIGUOUS = -2;
export const BLANK = -3;

/** Finds tasks by the values of one field, compared in one way. */
export class TaskIndex {
  private readonly table: TaskTable;
  private readonly matching: TaskMatching;
  /** By key: the first entry. An uploaded file has two entries: with its prefix, and without. */
  private readonly firsts = new Map<string, number>();
  /** By entry, which is twice the task’s index or one more: the next one with the same key, or -1. */
  private readonly nexts: Int32Array;

  constructor(table: TaskTable, matching: TaskMatching) {
    this.table = table;
    this.matching = matching;
    const { count } = table;
    this.nexts = new Int32Array(2 * count).fill(-1);
    for (let task = 0; task < count; task += 1) {
      const text = table.textOf(matching.field, task);
      if (text === undefined) continue;
      const keys = taskKeys(text, matching);
      for (let nth = 0; nth < keys.length; nth += 1) this.add(keys[nth]!, 2 * task + nth);
    }
  }

  /** The index of the only task with this value, else `NOT_FOUND`, `AMBIGUOUS` or `BLANK`. */
  find(text: string): number {
    const { matching, firsts, nexts } = this;
    const key = keyOf(text, matching);
    if (key === '') return BLANK;
    let first = firsts.get(key);
    if (first === undefined && matching.compare !== 'value') {
      const plain = withoutUploadPrefix(text);
      if (plain !== undefined) first = firsts.get(keyOf(plain, matching));
    }
    if (first === undefined) return NOT_FOUND;
    return nexts[first]! < 0 ? first >> 1 : this.onlyOne(text, first);
  }

  /** The first tasks that this value may mean, by index. */
  candidates(text: string, max: number): number[] {
    const plain = this.matching.compare === 'value' ? undefined : withoutUploadPrefix(text);
    const first =
      this.firsts.get(keyOf(text, this.matching)) ??
      (plain === undefined ? undefined : this.firsts.get(keyOf(plain, this.matching)));
    return first === undefined
      ? []
      : [...new Set(this.entriesFrom(first).map((entry) => entry >> 1))].slice(0, max);
  }

  private add(key: string, entry: number): void {
    const first = this.firsts.get(key);
    // Behind the first one, so that it stays the lowest.
    if (first === undefined) this.firsts.set(key, entry);
    else {
      this.nexts[entry] = this.nexts[first]!;
      this.nexts[first] = entry;
    }
  }

  private entriesFrom(first: number): number[] {
    const entries = [];
    for (let entry = first; entry >= 0; entry = this.nexts[entry]!) entries.push(entry);
    return entries.toSorted((one, other) => one - other);
  }

  /** Of tasks with the same key, the one whose value is the same in a stricter sense. */
  private onlyOne(text: string, first: number): number {
    const { table, matching } = this;
    const tasks = [...new Set(this.entriesFrom(first).map((entry) => entry >> 1))];
    if (tasks.length === 1) return tasks[0]!;
    for (const stricter of stricterThan(matching)) {
      const key = keyOf(text, stricter);
      const same = tasks.filter((task) => keyOf(table.textOf(matching.field, task)!, stricter) === key);
      if (same.length === 1) return same[0]!;
    }
    return AMBIGUOUS;
  }
}

function stricterThan({ compare, ignoresCase, field }: TaskMatching): TaskMatching[] {
  const strict: TaskMatching[] = [];
  for (const one of ['value', 'file-name', 'file-stem'] as const) {
    strict.push({ field, compare: one, ignoresCase: false });
    if (one === compare) break;
    if (ignoresCase) strict.push({ field, compare: one, ignoresCase: true });
  }
  return strict;
}

const kept = new WeakMap<TaskTable, { revision: number; indexes: Map<string, TaskIndex> }>();
/** Each takes about 10 MB for 100,000 tasks. */
const maxKept = 3;

/** The index of a table by one field, made at its first use and kept until the table changes. */
export function indexOf(table: TaskTable, matching: TaskMatching): TaskIndex {
  let known = kept.get(table);
  if (known?.revision !== table.revision) {
    known = { revision: table.revision, indexes: new Map() };
    kept.set(table, known);
  }
  const { indexes } = known;
  const key = JSON.stringify([matching.field, matching.compare, matching.ignoresCase]);
  const index = indexes.get(key) ?? new TaskIndex(table, matching);
  indexes.delete(key);
  indexes.set(key, index);
  if (indexes.size > maxKept) indexes.delete(indexes.keys().next().value!);
  return index;
}
