import { LINE_FEED, QUOTE, RETURN } from '#wire/char-codes.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/**
 * Where a cell of a table ends and what it says. A cell that begins with a quote ends behind the quote that closes it, and a
 * quote inside of it is written twice (RFC 4180); any other cell is taken as it stands.
 */

export const isLineEnd = (byte: number | undefined): boolean => byte === LINE_FEED || byte === RETURN;

/** Where the first row may begin: behind the mark that some programs put before a text. */
export const startOf = ({ bytes }: SourceText): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

/** The offset of the delimiter, line end or end of the text that ends the cell which begins at `from`. */
export function cellEnd(bytes: Bytes, from: number, delimiter: number): number {
  let at = bytes[from] === QUOTE ? Math.min(bytes.length, quotedEnd(bytes, from)) : from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === delimiter || byte === LINE_FEED || byte === RETURN) break;
  }
  return at;
}

/** The offset behind the quote that closes the cell which opens at `from`; beyond the text where none does. */
function quotedEnd(bytes: Bytes, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at + 1;
    at += 1;
  }
  return bytes.length + 1;
}

/** What the cell from `from` to `to` says. One whose quotes are wrong says all that stands there, quotes included. */
export function cellText(text: SourceText, from: number, to: number): string {
  if (text.bytes[from] !== QUOTE || quotedEnd(text.bytes, from) !== to) return text.slice(from, to);
  return text.slice(from + 1, to - 1).replaceAll('""', '"');
}

/** The offset behind the line end at `at`, which may be the two characters \r\n. */
export function behindLineEnd(bytes: Bytes, at: number): number {
  const isPair = bytes[at] === RETURN && bytes[at + 1] === LINE_FEED;
  return Math.min(bytes.length, at + (isPair ? 2 : 1));
}

/** The offset of the next line at or behind `from` that is not empty. */
export function skipEmptyLines(bytes: Bytes, from: number): number {
  let at = from;
  while (isLineEnd(bytes[at])) at += 1;
  return at;
}

/** The cells of the row that begins at `from`, as offsets: each one's beginning and end, two numbers a cell. */
export function cellsOfRow(bytes: Bytes, from: number, delimiter: number): number[] {
  const spans: number[] = [];
  for (let at = from; ; at += 1) {
    const to = cellEnd(bytes, at, delimiter);
    spans.push(at, to);
    if (bytes[to] !== delimiter) return spans;
    at = to;
  }
}
