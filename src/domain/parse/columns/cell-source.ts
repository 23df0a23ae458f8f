import type { Json } from '#wire/json/json.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/** A cell that was just read: its bytes in the source, quotes included. */
export interface CellSpan extends Span {
  /** Its text without quotes; empty if it may need to be unescaped before anything is known of it. */
  textFrom: number;
  textTo: number;
  /** Of the unescaped text (`templates/contents/text-hash.ts`). */
  hash: number;
}

/** How the cells of a source are written. */
export interface CellSource {
  bytes: Bytes;
  /** True if numbers are written without quotes, so that one in quotes is a text. */
  hasNumbers: boolean;
  /** Whether the cell at an offset is text, not another JSON value. */
  isText(from: number): boolean;
  /** The value of a cell. */
  cellAt(from: number, to: number): Json;
  /** Equal for cells with the same value, however each is written. */
  keyOf(from: number, to: number): string;
  /** What `keyOf` gives for a cell with this text. */
  keyOfText(text: string): string;
}

export function haveSameBytes(bytes: Bytes, one: Span, other: Span): boolean {
  const length = one.to - one.from;
  if (other.to - other.from !== length) return false;
  for (let index = 0; index < length; index += 1)
    if (bytes[one.from + index] !== bytes[other.from + index]) return false;
  return true;
}
