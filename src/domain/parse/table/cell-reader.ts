import { LINE_FEED, QUOTE, RETURN } from '#wire/char-codes.ts';
import type { Bytes } from '#domain/text/source-text.ts';
import { hashStart, hashStep, type CellSpan } from '#domain/parse/columns/cell-source.ts';
import { cellEnd, isLineEnd } from './cell-bytes.ts';
import type { TableProblemCode } from './table-problems.ts';

/** Reads the cells of a table, as RFC 4180 defines them but with any line end. */
export class CellReader {
  /** The last cell that was read. */
  readonly cell: CellSpan = { from: 0, to: 0, textFrom: 0, textTo: 0, hash: hashStart };
  /** What is wrong with the last cell that was read or skipped. */
  fault: { code: TableProblemCode; from: number; to: number } | undefined;
  private readonly bytes: Bytes;
  private readonly delimiter: number;

  constructor(bytes: Bytes, delimiter: number) {
    this.bytes = bytes;
    this.delimiter = delimiter;
  }

  /** Reads a cell. Returns the offset of the delimiter or line end after it. */
  read(from: number): number {
    const { bytes, delimiter } = this;
    if (bytes[from] === QUOTE) return this.readQuoted(from);
    let hash = hashStart;
    let at = from;
    let quoteAt = -1;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (byte === delimiter || byte === LINE_FEED || byte === RETURN) break;
      if (byte === QUOTE && quoteAt < 0) quoteAt = at;
      hash = Math.imul(hash ^ byte, hashStep);
    }
    this.set(from, at, 0, hash);
    if (quoteAt >= 0) this.fault = { code: 'quote-inside-cell', from: quoteAt, to: quoteAt + 1 };
    return at;
  }

  /** Only finds the end of a cell, and what is wrong with it. */
  skip(from: number): number {
    const { bytes, delimiter } = this;
    const { length } = bytes;
    let at = from;
    if (bytes[from] !== QUOTE) {
      for (; at < length; at += 1) {
        const byte = bytes[at]!;
        if (byte === delimiter || byte === LINE_FEED || byte === RETURN) return at;
        if (byte === QUOTE) return this.read(from);
      }
      return at;
    }
    for (at += 1; at < length; at += 1) {
      if (bytes[at] !== QUOTE) continue;
      if (bytes[at + 1] !== QUOTE) break;
      at += 1;
    }
    return this.endsCell(at + 1) ? at + 1 : this.read(from);
  }

  /** Reads an empty cell, for one that a row doesn’t have. */
  readNone(at: number): void {
    this.set(at, at, 0, hashStart);
  }

  private readQuoted(from: number): number {
    const { bytes } = this;
    let hash = hashStart;
    let at = from + 1;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) break;
        at += 1;
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
