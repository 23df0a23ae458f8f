import { QUOTE, ZERO } from '#wire/text/char-codes.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/** Longer rows aren’t cached. */
export const maxRowBytes = 2000;

/** Maximum number of cached rows; the hash table has twice as many slots. */
const maxRows = 8192;
const slotBits = 14;
const slotMask = 2 ** slotBits - 1;

/**
 * A cache of rows without their task, which must be the first cell. Rows are found by a hash of their line and compared in
 * full with the first occurrence.
 *
 * The row’s length is taken from its line end, not from the cached row: so the processor can start the next row before the
 * lookup has finished.
 */
export class RowCache {
  /** After a match: the offset after the row, its task id (inexact above 2^53), and the line ends inside it. */
  end = 0;
  task = 0;
  linesInside = 0;
  private readonly bytes: Bytes;
  private readonly words: DataView;
  /** Open addressing: a row number by its hash. */
  private readonly slots = new Uint16Array(slotMask + 1);
  /** By cached row, from 1: offset after the task, and lengths of its first and of its other lines. */
  private readonly froms = new Uint32Array(maxRows + 1);
  private readonly lineLengths = new Uint16Array(maxRows + 1);
  private readonly restLengths = new Uint16Array(maxRows + 1);
  private readonly lines = new Uint16Array(maxRows + 1);
  private readonly kinds = new Uint32Array(maxRows + 1);
  private count = 0;
  /** After `findLine`: the offset after the line, and its hash slot. */
  private lineEnd = 0;
  private slot = 0;

  constructor(bytes: Bytes) {
    this.bytes = bytes;
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The kind of the row at `start`, or -1 if it isn’t cached. */
  match(start: number): number {
    const { bytes } = this;
    const isQuoted = bytes[start] === QUOTE;
    let at = isQuoted ? start + 1 : start;
    if (bytes[at] === ZERO) return -1;
    let id = 0;
    for (; ; at += 1) {
      const digit = bytes[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      id = id * 10 + digit;
    }
    // An opening quote needs a closing one.
    if (id === 0 || isQuoted !== (bytes[at] === QUOTE) || !this.findLine(at)) return -1;
    const { slots, lineEnd } = this;
    for (let { slot } = this; ; slot = (slot + 1) & slotMask) {
      const row = slots[slot]!;
      if (row === 0) return -1;
      if (this.lineLengths[row] !== lineEnd - at) continue;
      const rest = this.restLengths[row]!;
      const end = rest === 0 ? lineEnd : lineEnd + rest;
      if (end > this.bytes.length || !this.isSame(this.froms[row]!, at, end - at)) continue;
      this.task = id;
      this.end = end;
      this.linesInside = this.lines[row]!;
      return this.kinds[row]!;
    }
  }

  /**
   * Caches the bytes from `from` to `to` after a task with the row’s kind and its inner line ends. The row must have no
   * problems.
   */
  learn(from: number, to: number, kind: number, lines: number): void {
    if (this.count === maxRows || !this.findLine(from)) return;
    let { slot } = this;
    while (this.slots[slot] !== 0) slot = (slot + 1) & slotMask;
    this.count += 1;
    this.slots[slot] = this.count;
    this.froms[this.count] = from;
    this.lineLengths[this.count] = this.lineEnd - from;
    this.restLengths[this.count] = to - this.lineEnd;
    this.lines[this.count] = lines;
    this.kinds[this.count] = kind;
  }

  /** Finds the end of the line after `start`; false if it is too far away. */
  private findLine(start: number): boolean {
    const { words } = this;
    const last = Math.min(start + maxRowBytes, words.byteLength - 4);
    let hash = 0;
    for (let at = start; at <= last; at += 4) {
      const word = words.getInt32(at, true);
      const feeds = word ^ 0x0a0a_0a0a;
      // The lowest set bit marks the first line feed.
      const found = (feeds - 0x0101_0101) & ~feeds & 0x8080_8080;
      // A rotation is cheaper here than a multiplication, because each step depends on the previous one.
      hash = (hash << 5) | (hash >>> 27);
      if (found !== 0) {
        const before = (found & -found) - 1;
        this.slot = Math.imul(hash + (word & (before >>> 7)), 0x9e37_79b1) >>> (32 - slotBits);
        this.lineEnd = at + 4 - (Math.clz32(before) >>> 3);
        return true;
      }
      hash = (hash + word) | 0;
    }
    return false;
  }

  /** Compares four bytes at a time. */
  private isSame(known: number, at: number, length: number): boolean {
    const { bytes, words } = this;
    let index = 0;
    for (; index + 4 <= length; index += 4)
      if (words.getInt32(known + index) !== words.getInt32(at + index)) return false;
    for (; index < length; index += 1) if (bytes[known + index] !== bytes[at + index]) return false;
    return true;
  }
}
