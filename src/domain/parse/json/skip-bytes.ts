import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from '#wire/text/char-codes.ts';
import { skipSpace } from '#wire/json/json-bytes.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/*
 * Skips JSON in bytes without checking it, unlike `wire/json/json-bytes.ts`. Invalid JSON is skipped somehow, but never
 * beyond the end; the parser reports it later.
 */

/** The offset after the value that starts at `from`. */
export function skipValue(bytes: Bytes, from: number): number {
  const first = bytes[from];
  if (first === QUOTE) return skipString(bytes, from);
  if (first !== OPEN_OBJECT && first !== OPEN_LIST) return skipWord(bytes, from);
  let depth = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = skipString(bytes, at);
      continue;
    }
    at += 1;
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return at;
}

/** The offsets of the items of the list at `start`. */
export function itemStarts(bytes: Bytes, start: number): number[] {
  const starts: number[] = [];
  let at = skipSpace(bytes, start + 1);
  while (at < bytes.length && bytes[at] !== CLOSE_LIST) {
    starts.push(at);
    const end = skipValue(bytes, at);
    at = skipSpace(bytes, end);
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
    else if (end === starts.at(-1)) break;
  }
  return starts;
}

function skipString(bytes: Bytes, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  return bytes.length;
}

/** A number or a word ends before a comma, a bracket or white space. */
function skipWord(bytes: Bytes, from: number): number {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte <= 0x20) break;
  }
  return at;
}
