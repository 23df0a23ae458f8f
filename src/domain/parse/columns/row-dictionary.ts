import { resized } from '#domain/text/resized.ts';
import { slotsFor } from './slots.ts';

/** Distinct rows of a fixed number of codes, numbered in the order of first use. */
export class RowDictionary {
  size = 0;
  /** By number: its first row. */
  firsts: Uint32Array<ArrayBuffer>;
  readonly width: number;
  /** Row by row. */
  private cells: Uint32Array<ArrayBuffer>;
  /** Open addressing: number + 1 at the hash of its codes. */
  private slots: Uint32Array<ArrayBuffer>;

  /** @param expected number of distinct rows, if known */
  constructor(width: number, expected = 15) {
    this.width = width;
    this.firsts = new Uint32Array(expected + 1);
    this.cells = new Uint32Array(this.firsts.length * width);
    this.slots = new Uint32Array(slotsFor(this.firsts.length));
  }

  /** The number of a row with the codes that begin at `at`. */
  numberOf(codes: Uint32Array, at: number, row: number): number {
    const { slots, cells, width } = this;
    const mask = slots.length - 1;
    let slot = hashOf(codes, at, width) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1;
      if (number < 0) break;
      const from = number * width;
      let same = 0;
      while (same < width && cells[from + same] === codes[at + same]) same += 1;
      if (same === width) return number;
    }
    slots[slot] = this.size + 1;
    return this.add(codes, at, row);
  }

  codeAt(number: number, index: number): number {
    return this.cells[number * this.width + index]!;
  }

  copy(): RowDictionary {
    const copy = new RowDictionary(this.width, 0);
    copy.size = this.size;
    copy.firsts = this.firsts.slice();
    copy.cells = this.cells.slice();
    copy.slots = this.slots.slice();
    return copy;
  }

  /** True if a row has this code at an index. */
  hasCode(index: number, code: number): boolean {
    for (let number = 0; number < this.size; number += 1)
      if (this.codeAt(number, index) === code) return true;
    return false;
  }

  private grow(): void {
    const { firsts, width } = this;
    const length = firsts.length * 2;
    this.firsts = resized(firsts, length);
    this.cells = resized(this.cells, length * width);
    const slots = new Uint32Array(slotsFor(length));
    const mask = slots.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      let slot = hashOf(this.cells, number * width, width) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }

  private add(codes: Uint32Array, at: number, row: number): number {
    const { width, cells } = this;
    const number = this.size;
    this.size += 1;
    this.firsts[number] = row;
    for (let index = 0; index < width; index += 1) cells[number * width + index] = codes[at + index]!;
    if (this.size === this.firsts.length) this.grow();
    return number;
  }
}

function hashOf(codes: Uint32Array, from: number, width: number): number {
  let hash = 0;
  for (let index = from; index < from + width; index += 1)
    hash = Math.imul(hash ^ codes[index]!, 0x9e3779b1) ^ (hash >>> 13);
  return (hash ^ (hash >>> 16)) >>> 0;
}
