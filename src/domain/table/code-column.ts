import { unescaped } from './cells.ts';

/** A column of texts, read: rows that say the same have the same code. Codes count from 0 in the order of first use. */
export interface CodeColumn {
  kind: 'codes';
  /** The code of each row, in the narrowest array that holds all codes. */
  codes: Codes;
  /** How many different texts there are. */
  distinct: number;
  /** The row in which a text stands first. */
  firstRows: Uint32Array;
  /** What a code stands for. */
  textOf: (code: number) => string;
}

export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** Where a cell's words stand, without the quotes around them; `isEscaped` where quotes inside are written twice. */
export interface CellWords {
  from: number;
  to: number;
  isEscaped: boolean;
  hash: number;
}

/** What a hash begins with, and how it goes on with the next character (FNV-1a). */
export const hashStart = 0x811c9dc5 | 0;
export const hashStep = 0x01000193;

/** Beyond as many characters the platform's own comparison is faster than one by one. */
const fewCharacters = 12;

/**
 * Writes a column of codes row by row. Different texts are known by the place where each stood first: no string is made of
 * a cell until somebody asks for it, so that a column in which no two cells are alike costs typed arrays only.
 */
export class CodeWriter {
  codes: Codes = new Uint8Array(0);
  private readonly text: string;
  private distinct = 0;
  private mostCodes = 256;
  /** By code: twice the offset of the words, plus one where they are escaped; the offset behind them; hash; row. */
  private froms = new Uint32Array(16);
  private tos = new Uint32Array(16);
  private hashes = new Int32Array(16);
  private firstRows = new Uint32Array(16);
  /** Open addressing: a code plus one where the hash leads, or on the next free place. */
  private slots = new Uint32Array(32);

  constructor(text: string) {
    this.text = text;
  }

  reserve(rows: number): void {
    const larger =
      this.mostCodes === 256
        ? new Uint8Array(rows)
        : this.mostCodes === 0x1_0000
          ? new Uint16Array(rows)
          : new Uint32Array(rows);
    larger.set(this.codes.subarray(0, rows));
    this.codes = larger;
  }

  write(row: number, words: CellWords): void {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let slot = (words.hash ^ (words.hash >>> 15)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const code = slots[slot]! - 1;
      if (code < 0) break;
      if (hashes[code] === words.hash && this.isSame(code, words)) {
        this.codes[row] = code;
        return;
      }
    }
    slots[slot] = this.distinct + 1;
    this.add(row, words);
  }

  finish(rows: number): CodeColumn {
    const { text, distinct } = this;
    const froms = this.froms.slice(0, distinct);
    const tos = this.tos.slice(0, distinct);
    return {
      kind: 'codes',
      codes: this.codes.subarray(0, rows),
      distinct,
      firstRows: this.firstRows.slice(0, distinct),
      textOf: (code) => wordsAt(text, froms[code]!, tos[code]!),
    };
  }

  private isSame(code: number, { from, to, isEscaped }: CellWords): boolean {
    const { text } = this;
    const packed = this.froms[code]!;
    const first = packed >>> 1;
    const length = to - from;
    if (isEscaped || (packed & 1) === 1)
      return wordsAt(text, packed, this.tos[code]!) === wordsAt(text, from * 2 + Number(isEscaped), to);
    if (this.tos[code]! - first !== length) return false;
    if (length > fewCharacters) return text.substring(first, first + length) === text.substring(from, to);
    for (let index = 0; index < length; index += 1)
      if (text.charCodeAt(first + index) !== text.charCodeAt(from + index)) return false;
    return true;
  }

  private add(row: number, { from, to, isEscaped, hash }: CellWords): void {
    const code = this.distinct;
    this.distinct += 1;
    if (code === this.mostCodes) {
      this.mostCodes *= 256;
      if (this.mostCodes > 0x1_0000) this.mostCodes = 0x1_0000_0000;
      this.reserve(this.codes.length);
    }
    if (code === this.froms.length) this.growDictionary();
    this.froms[code] = from * 2 + Number(isEscaped);
    this.tos[code] = to;
    this.hashes[code] = hash;
    this.firstRows[code] = row;
    this.codes[row] = code;
    if (this.distinct * 4 > this.slots.length * 3) this.growSlots();
  }

  private growDictionary(): void {
    const size = this.froms.length * 2;
    const larger = (old: Uint32Array) => {
      const made = new Uint32Array(size);
      made.set(old);
      return made;
    };
    this.froms = larger(this.froms);
    this.tos = larger(this.tos);
    this.firstRows = larger(this.firstRows);
    const hashes = new Int32Array(size);
    hashes.set(this.hashes);
    this.hashes = hashes;
  }

  private growSlots(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 0; code < this.distinct; code += 1) {
      const hash = this.hashes[code]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}

function wordsAt(text: string, packed: number, to: number): string {
  const words = text.slice(packed >>> 1, to);
  return (packed & 1) === 1 ? unescaped(words) : words;
}
