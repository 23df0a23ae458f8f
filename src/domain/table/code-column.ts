import { cellEnd, cellText, isLineEnd, QUOTE } from './cells.ts';

/** A column of texts, read: rows that say the same have the same code. Codes count from 0 in the order of first use. */
export interface CodeColumn {
  kind: 'codes';
  /** The code of each row, in the narrowest array that holds all codes. */
  codes: Codes;
  /** How many different texts there are. */
  distinct: number;
  /** What a code stands for. */
  textOf: (code: number) => string;
}

export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** A cell, and where its words stand: without the quotes around them, if it has any. */
export interface CellWords {
  cell: number;
  from: number;
  to: number;
  /** Of the words as they are meant: of two quotes that stand for one, one counts. */
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
  private readonly delimiter: number;
  private distinct = 0;
  private mostCodes = 256;
  /** By code: where the cell begins in which the text stands first, and the hash of its words. */
  private cells = new Uint32Array(16);
  private hashes = new Int32Array(16);
  /** Open addressing: a code plus one where the hash leads, or on the next free place. */
  private slots = new Uint32Array(32);

  constructor(text: string, delimiter: number) {
    this.text = text;
    this.delimiter = delimiter;
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
    const cells = this.cells.slice(0, this.distinct);
    return {
      kind: 'codes',
      codes: this.codes.subarray(0, rows),
      distinct: this.distinct,
      textOf: (code) => this.textAt(cells[code]!),
    };
  }

  private textAt(cell: number): string {
    return cellText(this.text, cell, cellEnd(this.text, cell, this.delimiter));
  }

  private isSame(code: number, { cell, from, to }: CellWords): boolean {
    const { text } = this;
    const known = this.cells[code]!;
    const isQuoted = text.charCodeAt(known) === QUOTE;
    if (isQuoted === from > cell) {
      // Written in the same way, so the same words are the same characters.
      const knownTo = known + (to - cell);
      if (isEqual(text, known, cell, to - cell) && this.endsAt(knownTo, isQuoted)) return true;
    }
    return this.textAt(known) === this.textAt(cell);
  }

  /** Whether a cell whose words end at `at` ends with them. */
  private endsAt(at: number, isQuoted: boolean): boolean {
    const { text } = this;
    if (isQuoted && text.charCodeAt(at) !== QUOTE) return false;
    const behind = isQuoted ? at + 1 : at;
    const code = text.charCodeAt(behind);
    return behind >= text.length || code === this.delimiter || isLineEnd(code);
  }

  private add(row: number, { cell, hash }: CellWords): void {
    const code = this.distinct;
    this.distinct += 1;
    if (code === this.mostCodes) {
      this.mostCodes = this.mostCodes === 256 ? 0x1_0000 : 0x1_0000_0000;
      this.reserve(this.codes.length);
    }
    if (code === this.cells.length) this.growDictionary();
    this.cells[code] = cell;
    this.hashes[code] = hash;
    this.codes[row] = code;
    if (this.distinct * 2 > this.slots.length) this.growSlots();
  }

  private growDictionary(): void {
    const size = Math.ceil(this.cells.length * 1.5);
    const cells = new Uint32Array(size);
    cells.set(this.cells);
    this.cells = cells;
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

function isEqual(text: string, one: number, other: number, length: number): boolean {
  if (length > fewCharacters)
    return text.substring(one, one + length) === text.substring(other, other + length);
  for (let index = 0; index < length; index += 1)
    if (text.charCodeAt(one + index) !== text.charCodeAt(other + index)) return false;
  return true;
}
