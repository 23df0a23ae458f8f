import { resized } from '#domain/text/resized.ts';
import { haveSameBytes, type CellSource, type CellSpan } from './cell-source.ts';
import { slotsFor } from './slots.ts';

/**
 * The distinct texts of a column, with codes in the order of first use. A text is stored as the span of its first cell;
 * strings are created on demand.
 */
export class TextDictionary {
  /** Number of texts. */
  size = 0;
  private readonly source: CellSource;
  /** By code: its first cell, and its hash. */
  private froms = new Uint32Array(16);
  private tos = new Uint32Array(16);
  private hashes = new Int32Array(16);
  /** Open addressing: code + 1 at its hash. At most a quarter full, because many texts aren’t found. */
  private slots = new Uint32Array(64);

  constructor(source: CellSource) {
    this.source = source;
  }

  /** The code of a cell’s text, or -1. */
  find(cell: CellSpan): number {
    const { slots, hashes } = this;
    const { hash } = cell;
    const mask = slots.length - 1;
    for (let slot = slotOf(hash) & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot]! - 1;
      if (code < 0 || (hashes[code] === hash && this.isSame(code, cell))) return code;
    }
  }

  /** The code of the text with this key and hash, or -1. */
  findKey(key: string, hash: number): number {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    for (let slot = slotOf(hash) & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot]! - 1;
      if (code < 0 || (hashes[code] === hash && this.keyOf(code) === key)) return code;
    }
  }

  /** Adds an unknown text. */
  add({ from, to, hash }: CellSpan): number {
    const code = this.size;
    if (code === this.froms.length) this.grow();
    this.size += 1;
    this.froms[code] = from;
    this.tos[code] = to;
    this.hashes[code] = hash;
    this.place(this.slots, code);
    return code;
  }

  private grow(): void {
    const length = this.froms.length * 2;
    this.froms = resized(this.froms, length);
    this.tos = resized(this.tos, length);
    this.hashes = resized(this.hashes, length);
    this.slots = new Uint32Array(slotsFor(2 * length));
    for (let code = 0; code < this.size; code += 1) this.place(this.slots, code);
  }

  from(code: number): number {
    return this.froms[code]!;
  }

  to(code: number): number {
    return this.tos[code]!;
  }

  hash(code: number): number {
    return this.hashes[code]!;
  }

  private keyOf(code: number): string {
    return this.source.keyOf(this.froms[code]!, this.tos[code]!);
  }

  private isSame(code: number, { from, to }: CellSpan): boolean {
    const known = this.froms[code]!;
    if (this.tos[code]! - known === to - from && haveSameBytes(this.source.bytes, known, from, to - from))
      return true;
    // The same text may have two notations, and rarely hashes collide.
    return this.keyOf(code) === this.source.keyOf(from, to);
  }

  private place(slots: Uint32Array, code: number): void {
    const mask = slots.length - 1;
    let slot = slotOf(this.hashes[code]!) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = code + 1;
  }
}

const slotOf = (hash: number): number => hash ^ (hash >>> 15);
