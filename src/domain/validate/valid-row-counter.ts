import type { Entries } from '#domain/requests/entries.ts';
import { roundedFrom } from '#domain/requests/task-ids.ts';

/**
 * Counts, frame by frame, the rows of entries that have no error. Most entries of a large batch are plain: but for its task,
 * there is nothing to be said of any entry of their frames.
 */
export class FineRows {
  private readonly entries: Entries;
  private readonly isPlain: Uint8Array;
  private readonly rows: Float64Array;
  /** The first of these entries, or -1. */
  private readonly firsts: Int32Array;

  constructor(entries: Entries) {
    const frames = entries.firsts.length;
    this.entries = entries;
    this.isPlain = new Uint8Array(frames);
    this.rows = new Float64Array(frames);
    this.firsts = new Int32Array(frames).fill(-1);
  }

  setPlain(frame: number): void {
    this.isPlain[frame] = 1;
  }

  add(frame: number, entry: number, rows: number): void {
    if (this.rows[frame] === 0) this.firsts[frame] = entry;
    this.rows[frame]! += rows;
  }

  /** Counts the plain entries from one on whose tasks are ids like any. Gives the first entry that is to be looked at. */
  addPlain(from: number): number {
    const { isPlain, rows, firsts } = this;
    const { frames, tasks, length } = this.entries;
    for (let entry = from; entry < length; entry += 1) {
      const frame = frames[entry]!;
      const task = tasks[entry]!;
      if (isPlain[frame] !== 1 || !(task > 0 && task < roundedFrom)) return entry;
      if (rows[frame] === 0) firsts[frame] = entry;
      rows[frame]! += 1;
    }
    return length;
  }

  /** The first entry from one on that is not plain, or has a task that is not too large for a number. */
  behindTooLarge(from: number): number {
    const { isPlain } = this;
    const { frames, tasks, length } = this.entries;
    let entry = from;
    while (entry < length && isPlain[frames[entry]!] === 1 && tasks[entry]! > Number.MAX_SAFE_INTEGER)
      entry += 1;
    return entry;
  }

  /** The frames that have such entries, in the order of their first entries. */
  list(): { frame: number; first: number; rows: number }[] {
    return Array.from(this.rows, (rows, frame) => ({ frame, first: this.firsts[frame]!, rows }))
      .filter(({ first }) => first >= 0)
      .toSorted((one, other) => one.first - other.first);
  }
}
