/**
 * Where a cell of a table ends and what it says. A cell that begins with a quote ends behind the quote that closes it, and a
 * quote inside of it is written twice (RFC 4180); any other cell is taken as it stands. Offsets are UTF-16 code units.
 */
export const QUOTE = 0x22;
export const LINE_FEED = 0x0a;
export const RETURN = 0x0d;

export const isLineEnd = (code: number): boolean => code === LINE_FEED || code === RETURN;

/** Where the first row may begin: behind the mark that some programs put before a text. */
export const startOf = (text: string): number => (text.charCodeAt(0) === 0xfeff ? 1 : 0);

/** The offset of the delimiter, line end or end of the text that ends the cell which begins at `from`. */
export function cellEnd(text: string, from: number, delimiter: number): number {
  let at = text.charCodeAt(from) === QUOTE ? Math.min(text.length, quotedEnd(text, from)) : from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === delimiter || code === LINE_FEED || code === RETURN) break;
  }
  return at;
}

/** The offset behind the quote that closes the cell which opens at `from`; beyond the text where none does. */
function quotedEnd(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length + 1;
    if (text.charCodeAt(quote + 1) !== QUOTE) return quote + 1;
    at = quote + 2;
  }
}

/** What the cell from `from` to `to` says. One whose quotes are wrong says all that stands there, quotes included. */
export function cellText(text: string, from: number, to: number): string {
  if (text.charCodeAt(from) !== QUOTE || quotedEnd(text, from) !== to) return text.slice(from, to);
  return unescaped(text.slice(from + 1, to - 1));
}

const unescaped = (inner: string): string => inner.replaceAll('""', '"');

/** The offset behind the line end at `at`, which may be the two characters \r\n. */
export function behindLineEnd(text: string, at: number): number {
  const isPair = text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === LINE_FEED;
  return Math.min(text.length, at + (isPair ? 2 : 1));
}

/** The offset of the next line at or behind `from` that is not empty. */
export function skipEmptyLines(text: string, from: number): number {
  let at = from;
  while (isLineEnd(text.charCodeAt(at))) at += 1;
  return at;
}

/** The cells of the row that begins at `from`, as offsets: each one's beginning and end, two numbers a cell. */
export function cellsOfRow(text: string, from: number, delimiter: number): number[] {
  const spans: number[] = [];
  for (let at = from; ; at += 1) {
    const to = cellEnd(text, at, delimiter);
    spans.push(at, to);
    if (text.charCodeAt(to) !== delimiter) return spans;
    at = to;
  }
}
