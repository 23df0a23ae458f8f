import { LINE_FEED, QUOTE, RETURN } from '#wire/text/char-codes.ts';
import { endsLine, type Bytes } from '#domain/text/source-text.ts';
import type { CellSpan } from '#domain/parse/columns/cell-source.ts';
import { cellEnd, isLineEnd } from './cell-bytes.ts';
import type { TableProblemCode } from './table-problems.ts';

/** Byte by byte (FNV-1a), as most cells of tables are short. */
const hashStart = 0x811c9dc5 | 0;
const hashStep = 0x01000193;

const encoder = new TextEncoder();

export function hashOfText(text: string): number {
  let hash = hashStart;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, hashStep);
  return hash;
}

/** What a byte may be besides a part of a text. */
const END = 1;
const SPECIAL = 2;

/** Reads the cells of a table, as RFC 4180 defines them but with any line end. */
export class CellReader {
  /** The last cell that was read. */
  readonly cell: CellSpan = { from: 0, to: 0, textFrom: 0, textTo: 0, hash: hashStart };
  /** What is wrong with the last cell that was read or skipped. */
  fault: { code: TableProblemCode; from: number; to: number } | undefined;
  /** Set by cells that may contain NUL. */
  hasNul = false;
  /** Line ends inside all cells so far. */
  linesInside = 0;
  private readonly bytes: Bytes;
  private readonly delimiter: number;
  /** By byte: whether it ends a cell, or is special in another way. */
  private readonly kinds = new Uint8Array(256);

  constructor(bytes: Bytes, delimiter: number) {
    this.bytes = bytes;
    this.delimiter = delimiter;
    for (const byte of [delimiter, LINE_FEED, RETURN]) this.kinds[byte] = END;
    for (const byte of [QUOTE, 0]) this.kinds[byte] = SPECIAL;
  }

  /** Reads a cell. Returns the offset of the delimiter or line end after it. */
  read(from: number): number {
    const { bytes, kinds } = this;
    const { length } = bytes;
    if (bytes[from] === QUOTE) return this.readQuoted(from);
    let hash = hashStart;
    let at = from;
    let quoteAt = -1;
    for (; at < length; at += 1) {
      const byte = bytes[at]!;
      const kind = kinds[byte]!;
      if (kind !== 0) {
        if (kind === END) break;
        if (byte === 0) this.hasNul = true;
        else if (quoteAt < 0) quoteAt = at;
      }
      hash = Math.imul(hash ^ byte, hashStep);
    }
    this.set(from, at, 0, hash);
    if (quoteAt >= 0) this.fault = { code: 'quote-inside-cell', from: quoteAt, to: quoteAt + 1 };
    return at;
  }

  /** Only finds the end of a cell, and what is wrong with it. */
  skip(from: number): number {
    const { bytes, kinds } = this;
    const { length } = bytes;
    let at = from;
    if (bytes[from] !== QUOTE) {
      while (at < length && kinds[bytes[at]!] === 0) at += 1;
      return at === length || kinds[bytes[at]!] === END ? at : this.read(from);
    }
    let lines = 0;
    for (at += 1; at < length; at += 1) {
      const byte = bytes[at]!;
      if (kinds[byte] === 0) continue;
      if (byte === 0) return this.read(from);
      if (byte !== QUOTE) lines += endsLine(bytes, at);
      else if (bytes[at + 1] === QUOTE) at += 1;
      else break;
    }
    if (!this.endsCell(at + 1)) return this.read(from);
    this.linesInside += lines;
    return at + 1;
  }

  /** Reads an empty cell, for one that a row doesn’t have. */
  readNone(at: number): void {
    this.set(at, at, 0, hashStart);
  }

  private readQuoted(from: number): number {
    const { bytes, kinds } = this;
    const { length } = bytes;
    let hash = hashStart;
    let at = from + 1;
    for (; at < length; at += 1) {
      const byte = bytes[at]!;
      if (kinds[byte] !== 0) {
        if (byte === QUOTE) {
          if (bytes[at + 1] !== QUOTE) break;
          at += 1;
        } else if (byte === 0) this.hasNul = true;
        else this.linesInside += endsLine(bytes, at);
      }
      hash = Math.imul(hash ^ byte, hashStep);
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
    this.set(from, at + 1, 1, hash);
    return at + 1;
  }

  /** A cell with broken quotes keeps them as text. */
  private readRaw(from: number, to: number): number {
    this.hasNul = true;
    let hash = hashStart;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ this.bytes[at]!, hashStep);
    this.set(from, to, 0, hash);
    return to;
  }

  /** Whether a quoted cell may end at an offset; false beyond the end of the text. */
  private endsCell(at: number): boolean {
    const { bytes } = this;
    return at === bytes.length || bytes[at] === this.delimiter || isLineEnd(bytes[at]);
  }

  private set(from: number, to: number, quotes: 0 | 1, hash: number): void {
    const { cell } = this;
    cell.from = from;
    cell.to = to;
    cell.textFrom = from + quotes;
    cell.textTo = to - quotes;
    cell.hash = hash;
  }
}
