import { ExactNumber, type Json } from '#wire/json.ts';

/** The task of each entry that is about a single one; 0 where it is not, or where what stands there is no whole number. */
export type TaskIds = Uint32Array | Float64Array;

/** From here on an id has more than fifteen digits, which is more than a spreadsheet keeps. */
export const roundedFrom = 1e15;

/** A whole number; 0 for anything else, and about right beyond 2^53. */
export function taskNumber(task: Json): number {
  const number = task instanceof ExactNumber ? Number(task.text) : task;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : 0;
}

/** Writes ids one behind the other, in 32 bits each for as long as they are enough. */
export class TaskIdWriter {
  private ids: TaskIds = new Uint32Array(0);
  private largest = 0xffffffff;

  reserve(length: number): void {
    if (length > this.ids.length) this.widen(length);
  }

  write(index: number, id: number): void {
    if (id > this.largest) {
      this.largest = Infinity;
      this.ids = Float64Array.from(this.ids);
    }
    if (index >= this.ids.length) this.widen(Math.ceil(index * 1.5) + 16);
    this.ids[index] = id;
  }

  finish(length: number): TaskIds {
    return this.ids.length === length ? this.ids : this.ids.subarray(0, length);
  }

  private widen(length: number): void {
    const ids = this.largest === Infinity ? new Float64Array(length) : new Uint32Array(length);
    ids.set(this.ids);
    this.ids = ids;
  }
}
