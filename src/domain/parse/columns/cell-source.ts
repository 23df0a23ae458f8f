import { viewOf } from '#wire/json/json-bytes.ts';
import type { Json } from '#wire/json/json.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/** The cell that was just read: its bytes in the source, including quotes. */
export interface CellSpan extends Span {
  /** How many bytes at both ends are quotes: 0 or 1. As long as the cell if its text must be unescaped first. */
  quotes: number;
  /** Of the unescaped text (`templates/contents/text-hash.ts`). */
  hash: number;
}

/** The notation of a source’s cells. */
export interface CellSource {
  bytes: Bytes;
  /** True if numbers have no quotes, so that a number in quotes is text. */
  hasNumbers: boolean;
  /** True if the cell at an offset is text instead of another JSON value. */
  isText(from: number): boolean;
  /** The value of a cell. */
  cellAt(from: number, to: number): Json;
  /** Equal for cells with the same value in any notation. */
  keyOf(from: number, to: number): string;
  /** The key of a cell with this text. */
  keyOfText(text: string): string;
}

/** Compares so many bytes at two offsets, four at a time. */
export function haveSameBytes(bytes: Bytes, one: number, other: number, length: number): boolean {
  const words = viewOf(bytes);
  // The last four bytes, some of which were compared before.
  const last = length - 4;
  for (let index = 0; index < last; index += 4)
    if (words.getInt32(one + index) !== words.getInt32(other + index)) return false;
  if (last >= 0) return words.getInt32(one + last) === words.getInt32(other + last);
  for (let index = 0; index < length; index += 1)
    if (bytes[one + index] !== bytes[other + index]) return false;
  return true;
}
