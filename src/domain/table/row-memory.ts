import { resized } from '../resized.ts';
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
  private readonly bytes: Bytes;
  private readonly words: DataView;
  private memory: Bytes = new Uint8Array(4096);
  private memoryWords = new DataView(this.memory.buffer);
  private used = 0;
  private readonly slots = new Int32Array(slotMask + 1);
  private readonly froms = new Uint32Array(mostRows + 1);
  private readonly tos = new Uint32Array(mostRows + 1);
  private readonly kinds = new Uint32Array(mostRows + 1);
  private count = 0;
  /** Where the look for a line ended, and the hash of what stands before it. */
  private hash = 0;

  constructor(bytes: Bytes) {
    this.bytes = bytes;
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The kind of the row at `start`, or -1 where it looks like none that is remembered. */
  match(start: number): number {
    const { bytes, slots } = this;
    let at = start;
    let id = 0;
    if (bytes[at] === QUOTE) at += 1;
    if (bytes[at] === ZERO) return -1;
    for (; ; at += 1) {
      const digit = bytes[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      id = id * 10 + digit;
    }
    // What opens with a quote closes with one.
    if (id === 0 || (bytes[start] === QUOTE) !== (bytes[at] === QUOTE) || !this.hashLine(at)) return -1;
    for (let slot = this.hash & slotMask; ; slot = (slot + 1) & slotMask) {
      const row = slots[slot]!;
      if (row === 0) return -1;
      if (!this.isSame(row, at)) continue;
      this.task = id;
      this.end = at + this.tos[row]! - this.froms[row]!;
      return this.kinds[row]!;
    }
  }

  /** From now on a row that goes on behind its task as this one does from `from` to `to` is of this kind. */
  learn(from: number, to: number, kind: number): void {
    if (this.count === mostRows || !this.hashLine(from)) return;
    let slot = this.hash & slotMask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & slotMask;
    this.count += 1;
    this.slots[slot] = this.count;
    this.froms[this.count] = this.used;
    while (this.used + to - from > this.memory.length) {
      this.memory = resized(this.memory, this.memory.length * 2);
      this.memoryWords = new DataView(this.memory.buffer);
    }
    this.memory.set(this.bytes.subarray(from, to), this.used);
    this.used += to - from;
    this.tos[this.count] = this.used;
    this.kinds[this.count] = kind;
  }

  /** Puts a hash of what stands from `start` to the end of the line into `hash`; false where that is too far. */
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
        hash = Math.imul(hash ^ (word & (before >>> 7)), 0x9e37_79b1);
        this.hash = hash ^ (hash >>> 15);
        return true;
      }
      hash = Math.imul(((hash << 11) | (hash >>> 21)) ^ word, 0x9e37_79b1);
    }
    return false;
  }

  private isSame(row: number, at: number): boolean {
    const { words, memoryWords, memory, bytes } = this;
    const to = this.tos[row]!;
    let place = this.froms[row]!;
    const shift = at - place;
    const lastWord = Math.min(to, words.byteLength - shift) - 4;
    while (place <= lastWord && memoryWords.getInt32(place) === words.getInt32(place + shift)) place += 4;
    while (place < to && memory[place] === bytes[place + shift]) place += 1;
    return place === to;
  }
}

const QUOTE = 0x22;
const ZERO = 0x30;
