/**
 * Rows repeat themselves: behind the task, a million of them may say the same few dozen things. So the ends of rows that were
 * read without a fault are remembered as they are written, with the codes they gave, and a row that ends in the very same
 * characters need not be read again. It is exact, because the same characters behind the same cell are read the same way.
 */
export class RowMemory {
  private readonly endings: string[] = Array.from({ length: size }, () => '');
  private readonly codes: Uint32Array;
  private readonly codesEach: number;
  private readonly text: string;
  private tries = 0;
  private hits = 0;
  private pause = firstPause;
  private isNextFirst = false;

  constructor(text: string, codesEach: number) {
    this.text = text;
    this.codesEach = codesEach;
    this.codes = new Uint32Array(size * Math.max(1, codesEach));
  }

  /** Where the ending from `from` to behind `last` would be remembered: in this slot or its twin. A few characters tell. */
  slotOf(from: number, last: number): number {
    const { text } = this;
    const length = last - from;
    let hash = length;
    hash = Math.imul(hash, 31) + text.charCodeAt(from + (length >> 3));
    hash = Math.imul(hash, 31) + text.charCodeAt(from + (length >> 2));
    hash = Math.imul(hash, 31) + text.charCodeAt(from + ((length * 3) >> 3));
    hash = Math.imul(hash, 31) + text.charCodeAt(from + (length >> 1));
    hash = Math.imul(hash, 31) + text.charCodeAt(from + ((length * 3) >> 2));
    hash = Math.imul(hash, 0x9e3779b1);
    return (hash >>> 18) & (size - 1);
  }

  /** The slot in which this very ending is remembered, or -1. */
  find(slot: number, ending: string): number {
    this.tries += 1;
    const found = this.endings[slot] === ending ? slot : this.endings[slot ^ 1] === ending ? slot ^ 1 : -1;
    if (found >= 0) this.hits += 1;
    return found;
  }

  codeAt(slot: number, index: number): number {
    return this.codes[slot * this.codesEach + index]!;
  }

  /** Remembers an ending in place of whatever was in its slot or the twin of it. */
  keep(slot: number, ending: string, codes: readonly number[]): void {
    this.isNextFirst = !this.isNextFirst;
    const free = this.endings[slot] === '' ? slot : this.endings[slot ^ 1] === '' ? slot ^ 1 : -1;
    const kept = free >= 0 ? free : this.isNextFirst ? slot : slot ^ 1;
    this.endings[kept] = ending;
    this.codes.set(codes, kept * this.codesEach);
  }

  /** For how many rows it is better not asked, because it has known too few of the last ones. */
  rest(): number {
    if (this.tries < rowsTried) return 0;
    const pays = this.hits * 4 > this.tries;
    this.tries = 0;
    this.hits = 0;
    if (pays) {
      this.pause = firstPause;
      return 0;
    }
    this.pause = Math.min(this.pause * 2, longestPause);
    return this.pause;
  }
}

const size = 8192;
const rowsTried = 2048;
const firstPause = 8192;
const longestPause = 1_000_000;

/** Endings longer than this are not remembered. */
export const longestEnding = 2000;
