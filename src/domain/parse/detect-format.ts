import {
  ASTERISK,
  CLOSE_OBJECT,
  LINE_FEED,
  OPEN_LIST,
  OPEN_OBJECT,
  RETURN,
  SLASH,
} from '#wire/text/char-codes.ts';
import { isYolo } from '#domain/parse/other-tools/yolo.ts';
import type { Format } from './import-settings.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/** Formats that the first characters distinguish; `requests` means any JSON, which the parser distinguishes further. */
export type Detected = Extract<Format, 'requests' | 'json-lines' | 'table' | 'yolo' | 'empty'>;

/** Lines sampled to distinguish JSON Lines from JSON. */
const maxLines = 10;

/**
 * Detects the format from the first characters. JSON starts with a bracket or a comment. JSON Lines have first lines that
 * start with `{` and at least one that ends with `}` (in a JSON list a comma would follow). Everything else is a table, or label
 * files of YOLO.
 */
export function detectFormat(text: SourceText): Detected {
  const { bytes } = text;
  const from = visibleFrom(bytes, 0);
  if (from === bytes.length) return 'empty';
  const first = bytes[from];
  const isComment = first === SLASH && (bytes[from + 1] === SLASH || bytes[from + 1] === ASTERISK);
  if (first === OPEN_LIST || isComment) return 'requests';
  if (first !== OPEN_OBJECT && isYolo(text)) return 'yolo';
  if (areMostlyObjects(bytes, from)) return 'json-lines';
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

/** True if most lines, at least two, are whole objects: then other lines are broken ones. */
function areMostlyObjects(bytes: Bytes, start: number): boolean {
  let whole = 0;
  let lines = 0;
  for (let at = start; at < bytes.length && lines < maxLines; lines += 1) {
    const end = lineEndFrom(bytes, at);
    if (bytes[at] === OPEN_OBJECT && lastVisible(bytes, end) === CLOSE_OBJECT) whole += 1;
    at = visibleFrom(bytes, end);
  }
  return whole > 1 && whole * 2 > lines;
}

/** The offset of the first visible character from `from`, skipping white space and a byte order mark. */
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

/** The offset of the next line end. `indexOf` is fast enough for a line of 100 MB. */
function lineEndFrom(bytes: Bytes, from: number): number {
  const feed = bytes.indexOf(LINE_FEED, from);
  const end = feed < 0 ? bytes.length : feed;
  // A lone carriage return ends a line too; the search for it is limited to 1 MB.
  const line = bytes.subarray(from, Math.min(end, from + 1_000_000)).indexOf(RETURN);
  return line < 0 ? end : from + line;
}
