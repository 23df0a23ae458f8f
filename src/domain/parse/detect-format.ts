import {
  ASTERISK,
  CLOSE_OBJECT,
  LINE_FEED,
  OPEN_LIST,
  OPEN_OBJECT,
  RETURN,
  SLASH,
} from '#wire/char-codes.ts';
import type { Format } from './import-settings.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/** Formats told apart by the first characters; `requests` stands for any JSON, which the parser tells apart. */
export type Detected = Extract<Format, 'requests' | 'json-lines' | 'table' | 'empty'>;

/** Lines looked at to tell JSON Lines from JSON. */
const maxLines = 10;

/**
 * Detects the format from the first characters. JSON begins with a bracket, or with a comment, which people write. It is JSON
 * Lines if the first lines begin with `{` and one ends with `}`: inside JSON, a comma would follow. So one broken line
 * changes nothing. Everything else is a table.
 */
export function detectFormat(text: SourceText): Detected {
  const { bytes } = text;
  const from = visibleFrom(bytes, 0);
  if (from === bytes.length) return 'empty';
  const first = bytes[from];
  const isComment = first === SLASH && (bytes[from + 1] === SLASH || bytes[from + 1] === ASTERISK);
  if (first === OPEN_LIST || isComment) return 'requests';
  if (first !== OPEN_OBJECT) return 'table';
  return isJsonLines(bytes, from) ? 'json-lines' : 'requests';
}

function isJsonLines(bytes: Bytes, start: number): boolean {
  let at = start;
  let isSeparated = false;
  for (let line = 1; line < maxLines; line += 1) {
    const end = lineEndFrom(bytes, at);
    const next = visibleFrom(bytes, end);
    if (next === bytes.length) break;
    if (bytes[next] !== OPEN_OBJECT) return false;
    isSeparated ||= lastVisible(bytes, end) === CLOSE_OBJECT;
    at = next;
  }
  return isSeparated;
}

/** The offset of the next character at or behind `from` that is no white space, nor a mark before a text. */
function visibleFrom(bytes: Bytes, from: number): number {
  let at = from;
  while (at < bytes.length) {
    if (isSpace(bytes[at]!)) at += 1;
    else if (bytes[at] === 0xc2 && bytes[at + 1] === 0xa0) at += 2;
    else if (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    else break;
  }
  return at;
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= RETURN);

function lastVisible(bytes: Bytes, before: number): number | undefined {
  let at = before - 1;
  while (at >= 0 && isSpace(bytes[at]!)) at -= 1;
  return bytes[at];
}

/** The offset of the line end behind `from`. The platform's own search is fast enough for a line of 100 MB. */
function lineEndFrom(bytes: Bytes, from: number): number {
  const feed = bytes.indexOf(LINE_FEED, from);
  const end = feed < 0 ? bytes.length : feed;
  // A lone return ends a line too, as in old files; one far behind the line feed does not matter.
  const line = bytes.subarray(from, Math.min(end, from + 1_000_000)).indexOf(RETURN);
  return line < 0 ? end : from + line;
}
