import { QUOTE } from '#wire/char-codes.ts';
import { resized } from '#domain/text/resized.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { cellEnd, cellText, isLineEnd } from './cell-bytes.ts';

/** A cell, and the span of its text without quotes. */
export interface CellWords {
  cell: number;
  from: number;
  to: number;
  /** Of the unescaped text. */
  hash: number;
}

/** FNV-1a. */
export const hashStart = 0x811c9dc5 | 0;
export const hashStep = 0x01000193;

/**
 * The distinct texts of a column, with a code for each in the order of first use. A text is stored as the offset of its first
 * occurrence; strings are made on demand, so a column of unique cells costs only typed arrays.
 */
export class TextDictionary {
  /** Number of texts. */
  size = 0;
  private readonly text: SourceText;
  private readonly delimiter: number;
  /** By code: the offset of its first cell, and its hash. */
  private cells = new Uint32Array(16);
  private hashes = new Int32Array(16);
  /** Open addressing: code + 1 by its hash. */
  private slots = new Uint32Array(32);

  constructor(text: SourceText, delimiter: number) {
    this.text = text;
    this.delimiter = delimiter;
  }

  codeOf(words: CellWords): number {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let slot = (words.hash ^ (words.hash >>> 15)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const code = slots[slot]! - 1;
      if (code < 0) break;
      if (hashes[code] === words.hash && this.isSame(code, words)) return code;
    }
    slots[slot] = this.size + 1;
    return this.add(words);
  }

  textOf(code: number): string {
    return this.textAt(this.cells[code]!);
  }

  private textAt(cell: number): string {
    return cellText(this.text, cell, cellEnd(this.text.bytes, cell, this.delimiter));
  }

  private isSame(code: number, { cell, from, to }: CellWords): boolean {
    const { bytes } = this.text;
    const known = this.cells[code]!;
    const isQuoted = bytes[known] === QUOTE;
    if (isQuoted === from > cell) {
      // Same quoting, so equal texts have equal bytes.
      let same = 0;
      while (cell + same < to && bytes[known + same] === bytes[cell + same]) same += 1;
      if (cell + same === to && this.endsAt(known + same, isQuoted)) return true;
    }
    return this.textAt(known) === this.textAt(cell);
  }

  /** Whether a cell ends where its text ends at `at`. */
  private endsAt(at: number, isQuoted: boolean): boolean {
    const { bytes } = this.text;
    if (isQuoted && bytes[at] !== QUOTE) return false;
    const after = isQuoted ? at + 1 : at;
    return after >= bytes.length || bytes[after] === this.delimiter || isLineEnd(bytes[after]);
  }

  private add({ cell, hash }: CellWords): number {
    const code = this.size;
    this.size += 1;
    if (code === this.cells.length) {
      this.cells = resized(this.cells, Math.ceil(code * 1.5));
      this.hashes = resized(this.hashes, Math.ceil(code * 1.5));
    }
    this.cells[code] = cell;
    this.hashes[code] = hash;
    if (this.size * 2 > this.slots.length) this.growSlots();
    return code;
  }

  private growSlots(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code += 1) {
      const hash = this.hashes[code]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}
