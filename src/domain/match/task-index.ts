import { resized } from '#domain/text/resized.ts';
import type { TaskMatching } from './comparison.ts';
import { isUpload, KeyReader, keyOf } from './key-reader.ts';
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
  /** By entry: its key is a substring. An uploaded file has two entries: with and without its prefix. */
  private readonly texts: string[] = [];
  private froms: Int32Array<ArrayBuffer>;
  private tos: Int32Array<ArrayBuffer>;
  private hashes: Int32Array<ArrayBuffer>;
  private taskOf: Int32Array<ArrayBuffer>;
  /** The next entry with the same key, or -1. */
  private nexts: Int32Array<ArrayBuffer>;

  constructor(table: TaskTable, matching: TaskMatching) {
    this.table = table;
    this.matching = matching;
    this.reader = new KeyReader(matching);
    const { reader } = this;
    const { count } = table;
    [this.froms, this.tos, this.hashes, this.taskOf, this.nexts] = [count, count, count, count, count].map(
      (length) => new Int32Array(length),
    ) as [
      Int32Array<ArrayBuffer>,
      Int32Array<ArrayBuffer>,
      Int32Array<ArrayBuffer>,
      Int32Array<ArrayBuffer>,
      Int32Array<ArrayBuffer>,
    ];
    // At most two entries per task, in a table that is at most half full.
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(4 * count + 2)));
    const isFile = matching.compare !== 'value';
    for (let task = 0; task < count; task += 1) {
      const text = table.textOf(matching.field, task);
      if (text === undefined) continue;
      reader.read(text);
      this.add(task);
      if (isFile && isUpload(text) && reader.skipUploadPrefix()) this.add(task);
    }
  }

  /** The index of the only task with this value, else `NOT_FOUND`, `AMBIGUOUS` or `BLANK`. */
  find(text: string): number {
    this.reader.read(text);
    if (this.reader.isEmpty) return BLANK;
    const first = this.firstOf();
    if (first < 0) return NOT_FOUND;
    return this.nexts[first]! < 0 ? this.taskOf[first]! : this.onlyOne(text, first);
  }

  /** The first tasks that this value may mean, by index. */
  candidates(text: string, max: number): number[] {
    this.reader.read(text);
    const first = this.firstOf();
    return first < 0 ? [] : this.tasksFrom(first).slice(0, max);
  }

  /** The first entry with the current key; -1 if there is none. */
  private firstOf(): number {
    const first = this.slots[this.slotOf()]! - 1;
    return first < 0 && this.reader.skipUploadPrefix() ? this.slots[this.slotOf()]! - 1 : first;
  }

  /** Adds the current key. */
  private add(task: number): void {
    const { reader, texts, slots } = this;
    if (reader.isEmpty) return;
    const entry = texts.length;
    if (entry === this.taskOf.length) this.widen(2 * this.table.count);
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

  private widen(length: number): void {
    this.froms = resized(this.froms, length);
    this.tos = resized(this.tos, length);
    this.hashes = resized(this.hashes, length);
    this.taskOf = resized(this.taskOf, length);
    this.nexts = resized(this.nexts, length);
  }

  private tasksFrom(first: number): number[] {
    const tasks = new Set<number>();
    for (let entry = first; entry >= 0; entry = this.nexts[entry]!) tasks.add(this.taskOf[entry]!);
    return [...tasks].toSorted((one, other) => one - other);
  }

  /** Of tasks with the same key, the only one that also matches more strictly. */
  private onlyOne(text: string, first: number): number {
    const { table, matching } = this;
    let tasks = this.tasksFrom(first);
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
  return reader.key === key || (isUpload(value) && reader.skipUploadPrefix() && reader.key === key);
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
