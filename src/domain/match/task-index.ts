import type { TaskMatching } from './comparison.ts';
import { KeyReader, keyOf } from './key-reader.ts';
import type { TaskTable } from './task-table.ts';

/** Results of `find` other than a task’s index. */
export const NOT_FOUND = -1;
export const AMBIGUOUS = -2;
export const BLANK = -3;

/** Finds tasks by the values of one field, with one comparison. */
export class TaskIndex {
  private readonly table: TaskTable;
  private readonly matching: TaskMatching;
  private readonly reader: KeyReader;
  /** Open addressing: entry + 1 at the hash of its key. */
  private readonly slots: Uint32Array;
  /** By entry, of which each task has one: its key is a substring. */
  private readonly texts: string[] = [];
  private readonly froms: Int32Array;
  private readonly tos: Int32Array;
  private readonly hashes: Int32Array;
  private readonly taskOf: Int32Array;
  /** The next entry with the same key, or -1. */
  private readonly nexts: Int32Array;

  constructor(table: TaskTable, matching: TaskMatching) {
    this.table = table;
    this.matching = matching;
    this.reader = new KeyReader(matching);
    const { count } = table;
    this.froms = new Int32Array(count);
    this.tos = new Int32Array(count);
    this.hashes = new Int32Array(count);
    this.taskOf = new Int32Array(count);
    this.nexts = new Int32Array(count);
    // At most half full.
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 2)));
    for (let task = 0; task < count; task += 1) {
      const text = table.textOf(matching.field, task);
      if (text === undefined) continue;
      this.reader.readTask(text);
      this.add(task);
    }
  }

  /** The index of the only task with this value, else `NOT_FOUND`, `AMBIGUOUS` or `BLANK`. */
  find(text: string): number {
    const { reader } = this;
    reader.read(text);
    if (reader.isEmpty) return BLANK;
    const first = this.firstOf();
    if (!reader.hasUploadPrefix) {
      if (first < 0) return NOT_FOUND;
      if (this.nexts[first]! < 0) return this.taskOf[first]!;
    }
    const tasks = this.tasksFrom(first);
    return tasks.length === 0 ? NOT_FOUND : this.onlyOne(text, tasks);
  }

  /** The first tasks that this value may mean, by index. */
  candidates(text: string, max: number): number[] {
    this.reader.read(text);
    return this.tasksFrom(this.firstOf()).slice(0, max);
  }

  /** The first entry with the current key; -1 if there is none. */
  private firstOf(): number {
    return this.slots[this.slotOf()]! - 1;
  }

  /**
   * The tasks with the current key, by index; `first` is their first entry. The name of an uploaded file means the task
   * with this very file, else those with a file of this name.
   */
  private tasksFrom(first: number): number[] {
    const { reader, table, matching } = this;
    let tasks = this.chainFrom(first);
    const { key } = reader;
    if (reader.skipUploadPrefix()) {
      const ofName = this.chainFrom(this.firstOf());
      const ofFile = ofName.filter((task) => hasKey(table.textOf(matching.field, task)!, matching, key));
      tasks = [...tasks, ...ofFile];
      if (tasks.length === 0) tasks = ofName;
    }
    return tasks.toSorted((one, other) => one - other);
  }

  private chainFrom(first: number): number[] {
    const tasks: number[] = [];
    for (let entry = first; entry >= 0; entry = this.nexts[entry]!) tasks.push(this.taskOf[entry]!);
    return tasks;
  }

  /** Adds the current key. */
  private add(task: number): void {
    const { reader, texts, slots } = this;
    if (reader.isEmpty) return;
    const entry = texts.length;
    texts.push(reader.text);
    this.froms[entry] = reader.from;
    this.tos[entry] = reader.to;
    this.hashes[entry] = reader.hash;
    this.taskOf[entry] = task;
    this.nexts[entry] = -1;
    const slot = this.slotOf();
    const first = slots[slot]! - 1;
    if (first < 0) slots[slot] = entry + 1;
    else {
      // After the first one, so that it stays the lowest.
      this.nexts[entry] = this.nexts[first]!;
      this.nexts[first] = entry;
    }
  }

  /** The slot of the current key, or the free one where it belongs. */
  private slotOf(): number {
    const { reader, slots, hashes } = this;
    const mask = slots.length - 1;
    const { hash } = reader;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]! - 1;
      if (entry < 0) return slot;
      if (hashes[entry] === hash && reader.isSame(this.texts[entry]!, this.froms[entry]!, this.tos[entry]!))
        return slot;
    }
  }

  /** Of tasks with the same key, the only one that also matches more strictly. */
  private onlyOne(text: string, candidates: readonly number[]): number {
    const { table, matching } = this;
    let tasks = candidates;
    for (const stricter of tasks.length > 1 ? stricterThan(matching) : []) {
      const key = keyOf(text, stricter);
      const same = tasks.filter((task) => hasKey(table.textOf(matching.field, task)!, stricter, key));
      if (same.length > 0) tasks = same;
      if (same.length === 1) break;
    }
    return tasks.length === 1 ? tasks[0]! : AMBIGUOUS;
  }
}

/** Whether a task’s value has this key; an uploaded file has two. */
function hasKey(value: string, how: TaskMatching, key: string): boolean {
  const reader = new KeyReader(how);
  reader.read(value);
  if (reader.key === key) return true;
  reader.readTask(value);
  return reader.key === key;
}

/** Stricter comparisons that may distinguish tasks, the closest first. */
function stricterThan({ compare, ignoresCase, field }: TaskMatching): TaskMatching[] {
  const narrower = { 'file-stem': ['file-name', 'value'], 'file-name': ['value'], value: [] } as const;
  const loose = narrower[compare].map((one) => ({ field, compare: one, ignoresCase }));
  if (!ignoresCase) return loose;
  return [
    ...loose,
    ...[compare, ...narrower[compare]].map((one) => ({ field, compare: one, ignoresCase: false })),
  ];
}

const kept = new WeakMap<TaskTable, { revision: number; indexes: Map<string, TaskIndex> }>();
/** Each takes about 5 MB for 100,000 tasks. */
const maxKept = 3;

/** The index of a table by one field, created at first use and cached until the table changes. */
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
