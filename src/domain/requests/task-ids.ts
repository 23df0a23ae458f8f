import { ExactNumber, type Json } from '#wire/json/json.ts';
import { keepCodeOf } from '#wire/keep-code.ts';

/** The task ID of each entry; 0 if the entry has no single task, or its ID isn’t a whole number. */
export type TaskIds = Uint32Array | Float64Array;

/** From here on, IDs have more than the 15 digits that a spreadsheet keeps. */
export const roundedFrom = 1e15;

/** The task ID as a number: 0 if it isn’t a positive whole number, inexact above 2^53. */
export function taskNumber(task: Json): number {
  const number = task instanceof ExactNumber ? Number(task.text) : task;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : 0;
}

/** A growing array of ids: 32-bit integers until one needs more. */
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

keepCodeOf(new TaskIdWriter());
