import { resized } from '#domain/text/resized.ts';

/** Distinct rows of so many codes, with a number for each in the order of first use. */
export class RowDictionary {
  size = 0;
  /** By number: the first row. */
  firsts = new Uint32Array(16);
  private readonly width: number;
  /** Row by row. */
  private cells: Uint32Array<ArrayBuffer>;
  /** Open addressing: number + 1 by the hash of its codes. */
  private slots = new Uint32Array(32);

  constructor(width: number) {
    this.width = width;
    this.cells = new Uint32Array(16 * width);
  }

  /** The number of a row with these codes. */
  numberOf(codes: Uint32Array, row: number): number {
    const { slots, cells, width } = this;
    const mask = slots.length - 1;
    let slot = hashOf(codes, 0, width) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1;
      if (number < 0) break;
      const from = number * width;
      let same = 0;
      while (same < width && cells[from + same] === codes[same]) same += 1;
      if (same === width) return number;
    }
    slots[slot] = this.size + 1;
    return this.add(codes, row);
  }

  codeAt(number: number, index: number): number {
    return this.cells[number * this.width + index]!;
  }

  private add(codes: Uint32Array, row: number): number {
    const number = this.size;
    this.size += 1;
    if (number === this.firsts.length) {
      this.firsts = resized(this.firsts, number * 2);
      this.cells = resized(this.cells, number * 2 * this.width);
    }
    this.firsts[number] = row;
    this.cells.set(codes, number * this.width);
    if (this.size * 2 > this.slots.length) this.growSlots();
    return number;
  }

  private growSlots(): void {
    const slots = new Uint32Array(this.slots.length * 4);
    const mask = slots.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      let slot = hashOf(this.cells, number * this.width, this.width) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}

function hashOf(codes: Uint32Array, from: number, width: number): number {
  let hash = 0;
  for (let index = from; index < from + width; index += 1)
    hash = Math.imul(hash ^ codes[index]!, 0x9e3779b1) ^ (hash >>> 13);
  return (hash ^ (hash >>> 16)) >>> 0;
}
