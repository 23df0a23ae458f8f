import { bytesBefore, specialBytes, viewOf } from '#wire/json/json-bytes.ts';
import { LINE_FEED, QUOTE, RETURN } from '#wire/text/char-codes.ts';
import { hashBefore, hashFrom, hashOfBytes, hashStep } from '#domain/templates/contents/text-hash.ts';
import { endsLine, type Bytes } from '#domain/text/source-text.ts';
import type { CellSpan } from '#domain/parse/columns/cell-source.ts';
import { cellEnd, isLineEnd } from './cell-bytes.ts';
import type { TableProblemCode } from './table-problems.ts';

/** A quotation mark in each of four bytes. */
const quotes = 0x2222_2222;

/** The special meaning of a byte in a cell. */
const END = 1;
const SPECIAL = 2;

/**
 * Reads the cells of a table, as RFC 4180 defines them but with any line end: four bytes at a time up to the end of a cell,
 * byte by byte where there is anything else than text before it.
 */
export class CellReader {
  /** The last cell that was read. */
  readonly cell: CellSpan = { from: 0, to: 0, quotes: 0, hash: 0 };
  /** What is wrong with the last cell that was read or skipped. */
  fault: { code: TableProblemCode; from: number; to: number } | undefined;
  /** Set by cells that may contain NUL. */
  hasNul = false;
  /** Line ends inside all cells so far. */
  linesInside = 0;
  private readonly bytes: Bytes;
  private readonly words: DataView;
  private readonly lastWord: number;
  private readonly delimiter: number;
  /** The delimiter in each of four bytes. */
  private readonly delimiters: number;
  /** By byte: whether it ends a cell, or is special in another way. */
  private readonly kinds = new Uint8Array(256);

  constructor(bytes: Bytes, delimiter: number) {
    this.bytes = bytes;
    this.words = viewOf(bytes);
    this.lastWord = bytes.length - 4;
    this.delimiter = delimiter;
    this.delimiters = Math.imul(delimiter, 0x0101_0101);
    for (const byte of [delimiter, LINE_FEED, RETURN]) this.kinds[byte] = END;
    for (const byte of [QUOTE, 0]) this.kinds[byte] = SPECIAL;
  }

  /** Reads a cell. Returns the offset of the delimiter or line end after it. */
  read(from: number): number {
    const { bytes, words, kinds, delimiters, lastWord } = this;
    if (bytes[from] === QUOTE) return this.readQuoted(from);
    let hash = 0;
    for (let at = from; at <= lastWord; at += 4) {
      const word = words.getInt32(at, true);
      const special = specialBytes(word, delimiters);
      if (special === 0) hash = hashStep(hash, word);
      else {
        const end = at + bytesBefore(special);
        if (kinds[bytes[end]!] !== END) break;
        this.set(from, end, 0, hashFrom(hashBefore(hash, word, special)));
        return end;
      }
    }
    return this.readBytes(from);
  }

  /** Only finds the end of a cell and its problem. */
  skip(from: number): number {
    const { bytes, words, kinds, delimiters, lastWord } = this;
    if (bytes[from] === QUOTE) return this.skipQuoted(from);
    for (let at = from; at <= lastWord; at += 4) {
      const special = specialBytes(words.getInt32(at, true), delimiters);
      if (special === 0) continue;
      const end = at + bytesBefore(special);
      if (kinds[bytes[end]!] !== END) break;
      return end;
    }
    return this.readBytes(from);
  }

  /** Reads an empty cell for a missing one. */
  readNone(at: number): void {
    this.set(at, at, 0, 0);
  }

  private readQuoted(from: number): number {
    const { bytes, words, lastWord } = this;
    let hash = 0;
    for (let at = from + 1; at <= lastWord; at += 4) {
      const word = words.getInt32(at, true);
      const special = specialBytes(word, quotes);
      if (special === 0) hash = hashStep(hash, word);
      else {
        const end = at + bytesBefore(special);
        if (bytes[end] !== QUOTE || !this.endsCell(end + 1)) break;
        this.set(from, end + 1, 1, hashFrom(hashBefore(hash, word, special)));
        return end + 1;
      }
    }
    return this.readQuotedBytes(from);
  }

  private skipQuoted(from: number): number {
    const { bytes, words, lastWord } = this;
    let lines = 0;
    for (let at = from + 1; at <= lastWord;) {
      const special = specialBytes(words.getInt32(at, true), quotes);
      if (special === 0) at += 4;
      else {
        at += bytesBefore(special);
        if (bytes[at] === QUOTE) {
          if (bytes[at + 1] !== QUOTE) {
            if (!this.endsCell(at + 1)) break;
            this.linesInside += lines;
            return at + 1;
          }
          at += 2;
        } else if (bytes[at] === 0) break;
        else {
          lines += endsLine(bytes, at);
          at += 1;
        }
      }
    }
    return this.readQuotedBytes(from);
  }

  private readBytes(from: number): number {
    const { bytes, kinds } = this;
    let quoteAt = -1;
    let at = from;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      const kind = kinds[byte]!;
      if (kind === END) break;
      if (kind === SPECIAL) {
        if (byte === 0) this.hasNul = true;
        else if (quoteAt < 0) quoteAt = at;
      }
    }
    this.set(from, at, 0, hashOfBytes(bytes, from, at));
    if (quoteAt >= 0) this.fault = { code: 'quote-inside-cell', from: quoteAt, to: quoteAt + 1 };
    return at;
  }

  private readQuotedBytes(from: number): number {
    const { bytes } = this;
    let hash = 0;
    // Bytes that fill no word yet, and their bits.
    let pending = 0;
    let pendingBits = 0;
    let at = from + 1;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) break;
        at += 1;
      } else if (byte === 0) this.hasNul = true;
      else this.linesInside += endsLine(bytes, at);
      pending |= byte << pendingBits;
      pendingBits = (pendingBits + 8) & 31;
      if (pendingBits > 0) continue;
      hash = hashStep(hash, pending);
      pending = 0;
    }
    if (at >= bytes.length) {
      this.fault = { code: 'quote-not-closed', from, to: from + 1 };
      return this.readRaw(from, bytes.length);
    }
    if (!this.endsCell(at + 1)) {
      const to = cellEnd(bytes, from, this.delimiter);
      this.fault = { code: 'text-behind-quote', from: at + 1, to };
      return this.readRaw(from, to);
    }
    this.set(from, at + 1, 1, hashFrom(pendingBits === 0 ? hash : hashStep(hash, pending)));
    return at + 1;
  }

  /** A cell with broken quotes keeps them as text. */
  private readRaw(from: number, to: number): number {
    this.hasNul = true;
    this.set(from, to, 0, hashOfBytes(this.bytes, from, to));
    return to;
  }

  /** True if a quoted cell may end at an offset; false beyond the end of the text. */
  private endsCell(at: number): boolean {
    const { bytes } = this;
    return at === bytes.length || bytes[at] === this.delimiter || isLineEnd(bytes[at]);
  }

  private set(from: number, to: number, quotes: 0 | 1, hash: number): void {
    const { cell } = this;
    cell.from = from;
    cell.to = to;
    cell.quotes = quotes;
    cell.hash = hash;
  }
}
