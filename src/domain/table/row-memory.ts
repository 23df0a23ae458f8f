import type { Bytes } from '../source-text.ts';

/** Longer rows are not remembered. */
export const longestRemembered = 2000;

/** As many rows are remembered; the table of slots has twice as many places. */
const mostRows = 8192;
const slotMask = 2 * mostRows - 1;

/**
 * What rows look like behind their task, which stands first in them: of a million rows, that may be one of a few dozen things.
 * A row that goes on in the same bytes as one before it is of the same kind. They are found by a hash of the line, four bytes at
 * a time, and compared in full.
 */
export class RowMemory {
  /** After a match: the offset behind the row, and its task; above 2^53 only about right. */
  end = 0;
  task = 0;
  /** How many lines have ended inside of all rows that matched. */
  linesInside = 0;
  private readonly bytes: Bytes;
  private readonly words: DataView;
  private readonly slots = new Int32Array(slotMask + 1);
  private readonly froms = new Uint32Array(mostRows + 1);
  private readonly sizes = new Uint32Array(mostRows + 1);
  private readonly kinds = new Uint32Array(mostRows + 1);
  private readonly lines = new Uint32Array(mostRows + 1);
  private count = 0;
  /** After a look for a line: the offset behind it, and a hash of what stands there. */
  private lineEnd = 0;
  private hash = 0;

  constructor(bytes: Bytes) {
    this.bytes = bytes;
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The kind of the row at `start`, or -1 where it looks like none that is remembered. */
  match(start: number): number {
    const { bytes, words, slots, froms, sizes } = this;
    const isQuoted = bytes[start] === QUOTE;
    let at = isQuoted ? start + 1 : start;
    if (bytes[at] === ZERO) return -1;
    let id = 0;
    for (const last = bytes.length - 4; at <= last; at += 4) {
      const digits = words.getInt32(at, true) ^ 0x3030_3030;
      if ((((digits + 0x7676_7676) | digits) & 0x8080_8080) !== 0) break;
      const pairs = Math.imul(digits, 10) + (digits >>> 8);
      id = id * 10_000 + (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
    }
    for (; ; at += 1) {
      const digit = bytes[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      id = id * 10 + digit;
    }
    // What opens with a quote closes with one.
    if (id === 0 || isQuoted !== (bytes[at] === QUOTE) || !this.hashLine(at)) return -1;
    for (let slot = this.hash & slotMask; ; slot = (slot + 1) & slotMask) {
      const row = slots[slot]!;
      if (row === 0) return -1;
      const size = sizes[row]!;
      if (at + size !== this.lineEnd && !this.mayBeLonger(at, size)) continue;
      if (!this.isSame(froms[row]!, at, size)) continue;
      this.linesInside += this.lines[row]!;
      this.task = id;
      this.end = at + size;
      return this.kinds[row]!;
    }
  }

  /**
   * From now on a row that goes on behind its task as this one does from `from` to `to` is of this kind; so many lines end
   * inside of it.
   */
  learn(from: number, to: number, kind: number, lines: number): void {
    if (this.count === mostRows || !this.hashLine(from)) return;
    let slot = this.hash & slotMask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & slotMask;
    this.count += 1;
    this.slots[slot] = this.count;
    this.froms[this.count] = from;
    this.sizes[this.count] = to - from;
    this.kinds[this.count] = kind;
    this.lines[this.count] = lines;
  }

  private mayBeLonger(at: number, size: number): boolean {
    return at + size > this.lineEnd && at + size <= this.bytes.length;
  }

  /** Looks for the end of the line behind `start`; false where that is too far. */
  private hashLine(start: number): boolean {
    const { words } = this;
    const last = Math.min(start + longestRemembered, words.byteLength - 4);
    let hash = 0;
    for (let at = start; at <= last; at += 4) {
      const word = words.getInt32(at, true);
      const feeds = word ^ 0x0a0a_0a0a;
      // The lowest bit of it that is set is that of the first line feed.
      const found = (feeds - 0x0101_0101) & ~feeds & 0x8080_8080;
      if (found !== 0) {
        const before = (found & -found) - 1;
        hash = Math.imul(hash + (word & (before >>> 7)), 0x9e37_79b1);
        this.hash = hash ^ (hash >>> 15);
        this.lineEnd = at + 4 - (Math.clz32(before) >>> 3);
        return true;
      }
      hash = Math.imul(hash + word, 0x9e37_79b1);
    }
    return false;
  }

  private isSame(from: number, at: number, size: number): boolean {
    const { words, bytes } = this;
    const last = size - 4;
    if (last < 0) {
      for (let index = 0; index < size; index += 1)
        if (bytes[from + index] !== bytes[at + index]) return false;
      return true;
    }
    for (let index = 0; index < last; index += 4)
      if (words.getInt32(from + index) !== words.getInt32(at + index)) return false;
    return words.getInt32(from + last) === words.getInt32(at + last);
  }
}

const QUOTE = 0x22;
const ZERO = 0x30;
