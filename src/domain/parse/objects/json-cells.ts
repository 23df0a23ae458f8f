import { BACKSLASH, QUOTE } from '#wire/char-codes.ts';
import { hexAt, skipEscape, skipValid } from '#wire/json-bytes.ts';
import { readJson, type Json } from '#wire/json.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import {
  hashOfText,
  hashStart,
  hashStep,
  type CellSource,
  type CellSpan,
} from '#domain/parse/columns/cell-source.ts';

/** The cells of JSON objects. */
export function jsonCells(text: SourceText): CellSource {
  const isText = (from: number) => text.bytes[from] === QUOTE;
  const cellAt = (from: number, to: number): Json => readJson(text.slice(from, to)).value ?? null;
  return {
    bytes: text.bytes,
    hasNumbers: true,
    isText,
    cellAt,
    keyOf: (from, to) => (isText(from) ? `"${cellAt(from, to) as string}` : text.slice(from, to)),
    keyOfText: (words) => `"${words}`,
  };
}

/** Reads the value at an offset into `cell`. Gives the offset behind it, or -1 if it isn’t surely valid. */
export function readCell(bytes: Bytes, from: number, cell: CellSpan): number {
  if (bytes[from] === QUOTE) return readText(bytes, from, cell);
  const to = skipValid(bytes, from);
  if (to < 0) return -1;
  cell.from = from;
  cell.to = to;
  cell.textFrom = from;
  cell.textTo = to;
  cell.hash = hashStart;
  for (let at = from; at < to; at += 1) cell.hash = Math.imul(cell.hash ^ bytes[at]!, hashStep);
  return to;
}

function readText(bytes: Bytes, from: number, cell: CellSpan): number {
  let hash = hashStart;
  let at = from + 1;
  for (;;) {
    const byte = bytes[at]!;
    if (byte === QUOTE) break;
    if (byte === BACKSLASH) {
      const next = skipEscape(bytes, at);
      if (next < 0) return -1;
      hash = hashOfEscape(bytes, at, hash);
      at = next;
    } else if (byte >= 0x20) {
      hash = Math.imul(hash ^ byte, hashStep);
      at += 1;
    } else return -1;
  }
  cell.from = from;
  cell.to = at + 1;
  cell.textFrom = from + 1;
  cell.textTo = at;
  cell.hash = hash;
  return at + 1;
}

/** Reads a value of which `readJson` may have reported a problem. */
export function readCellLoosely(source: CellSource, from: number, to: number, cell: CellSpan): void {
  if (readCell(source.bytes, from, cell) === to) return;
  const value = source.cellAt(from, to);
  cell.from = from;
  cell.to = to;
  cell.textFrom = from;
  cell.textTo = from;
  cell.hash = hashOfText(typeof value === 'string' ? value : source.keyOf(from, to));
}

/** What `\n` and the like stand for; other letters stand for themselves. */
const simpleEscapes: Record<number, number> = { 0x6e: 0x0a, 0x74: 0x09, 0x72: 0x0d, 0x62: 0x08, 0x66: 0x0c };

/** Continues a hash with the UTF-8 bytes of a valid escape. */
function hashOfEscape(bytes: Bytes, at: number, hash: number): number {
  const letter = bytes[at + 1]!;
  if (letter !== 0x75) return Math.imul(hash ^ (simpleEscapes[letter] ?? letter), hashStep);
  const unit = hexAt(bytes, at + 2);
  const isPair = unit >= 0xd800 && unit < 0xe000;
  const code = isPair ? 0x10000 + ((unit - 0xd800) << 10) + hexAt(bytes, at + 8) - 0xdc00 : unit;
  if (code < 0x80) return Math.imul(hash ^ code, hashStep);
  const add = (sum: number, byte: number) => Math.imul(sum ^ byte, hashStep);
  const last = 0x80 | (code & 0x3f);
  if (code < 0x800) return add(add(hash, 0xc0 | (code >> 6)), last);
  const third = 0x80 | ((code >> 6) & 0x3f);
  if (code < 0x10000) return add(add(add(hash, 0xe0 | (code >> 12)), third), last);
  return add(add(add(add(hash, 0xf0 | (code >> 18)), 0x80 | ((code >> 12) & 0x3f)), third), last);
}
