import { LINE_FEED, QUOTE, RETURN } from '#wire/text/char-codes.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/*
 * Finds the end of a table cell and its text. A quoted cell ends after its closing quote, and quotes inside it are doubled
 * (RFC 4180). Any other cell is used unchanged.
 */

export const isLineEnd = (byte: number | undefined): boolean => byte === LINE_FEED || byte === RETURN;

/** The offset after a byte order mark, if any. */
export const startOf = ({ bytes }: SourceText): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

/** The offset of the delimiter, line end or end of text after the cell that starts at `from`. */
export function cellEnd(bytes: Bytes, from: number, delimiter: number): number {
  let at = bytes[from] === QUOTE ? Math.min(bytes.length, quotedEnd(bytes, from)) : from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === delimiter || byte === LINE_FEED || byte === RETURN) break;
  }
  return at;
}

/** The offset after the closing quote of the cell at `from`; beyond the text if it isn’t closed. */
export function quotedEnd(bytes: Bytes, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at + 1;
    at += 1;
  }
  return bytes.length + 1;
}

/** The text of the cell from `from` to `to`. A cell with broken quotes is returned unchanged, including its quotes. */
export function cellText(text: SourceText, from: number, to: number): string {
  if (text.bytes[from] !== QUOTE || quotedEnd(text.bytes, from) !== to) return text.slice(from, to);
  return text.slice(from + 1, to - 1).replaceAll('""', '"');
}

/** The offset after the line end at `at`, which may be \r\n. */
export function behindLineEnd(bytes: Bytes, at: number): number {
  const isPair = bytes[at] === RETURN && bytes[at + 1] === LINE_FEED;
  return Math.min(bytes.length, at + (isPair ? 2 : 1));
}

/** The offset of the first non-empty line from `from`. */
export function skipEmptyLines(bytes: Bytes, from: number): number {
  let at = from;
  while (isLineEnd(bytes[at])) at += 1;
  return at;
}

/** The number of cells in the row at `from`. */
export function countCells(bytes: Bytes, from: number, delimiter: number): number {
  let cells = 1;
  for (let at = cellEnd(bytes, from, delimiter); bytes[at] === delimiter; cells += 1)
    at = cellEnd(bytes, at + 1, delimiter);
  return cells;
}

/** The start and end offsets of each cell in the row at `from`: two numbers per cell. */
export function cellsOfRow(bytes: Bytes, from: number, delimiter: number): number[] {
  const spans: number[] = [];
  for (let at = from; ; at += 1) {
    const to = cellEnd(bytes, at, delimiter);
    spans.push(at, to);
    if (bytes[to] !== delimiter) return spans;
    at = to;
  }
}
