import type { Bytes, SourceText } from './source-text.ts';

/** A part of a large text, in whole lines unless they are longer than the part. Offsets are UTF-16 code units. */
export interface TextPart {
  text: string;
  from: number;
  to: number;
  /** Number of its first line, from 1. */
  firstLine: number;
  /** Where to put the cursor. */
  cursor?: number;
}

/** The requested part. */
export type PartAsked =
  /** With this offset in its middle. */
  | { at: 'around'; place: number }
  /** Starting with the line of this offset. */
  | { at: 'from'; place: number }
  /** The next part, which overlaps the second half of the current one. */
  | { at: 'later'; from: number; to: number }
  | { at: 'earlier'; from: number };

/** Size of a part in bytes: an editor loads it without blocking the page. */
const partLength = 500_000;

const newLine = 0x0a;

export function partOf(source: SourceText, asked: PartAsked): TextPart {
  const from = beginning(source, asked);
  const to = end(source.bytes, from);
  return {
    text: source.slice(from, to),
    from: source.unitsAt(from),
    to: source.unitsAt(to),
    firstLine: source.lineEndsBetween(0, from) + 1,
  };
}

function beginning(source: SourceText, asked: PartAsked): number {
  const { bytes } = source;
  switch (asked.at) {
    case 'around':
      return lineStart(bytes, source.offsetOf(asked.place) - partLength / 2);
    case 'from':
      return lineStart(bytes, source.offsetOf(asked.place));
    case 'later': {
      const from = source.offsetOf(asked.from);
      return lineStart(bytes, from + (source.offsetOf(asked.to) - from) / 2);
    }
    case 'earlier':
      return lineStart(bytes, source.offsetOf(asked.from) - partLength / 2);
  }
}

/** The offset in units of a line (from 1), or of the last line if there are fewer. */
export function placeOfLine(source: SourceText, line: number): number {
  let offset = 0;
  for (let number = 1; number < line; number += 1) {
    const lineEnd = source.bytes.indexOf(newLine, offset);
    if (lineEnd < 0) break;
    offset = lineEnd + 1;
  }
  return source.unitsAt(offset);
}

/** The first line, cut after `max` bytes. */
export function firstLine(source: SourceText, most: number): string {
  const lineEnd = source.bytes.subarray(0, most).indexOf(newLine);
  return source.slice(0, lineEnd < 0 ? characterAt(source.bytes, most) : lineEnd);
}

/** The start of the line at an offset; of the character, if the line is longer than half a part. */
function lineStart(bytes: Bytes, offset: number): number {
  const at = Math.max(0, Math.floor(offset));
  const start = at === 0 ? 0 : bytes.lastIndexOf(newLine, at - 1) + 1;
  return at - start > partLength / 2 ? characterAt(bytes, at) : start;
}

function end(bytes: Bytes, from: number): number {
  const to = Math.min(bytes.length, from + partLength);
  const lineEnd = bytes.subarray(0, to + partLength / 2).indexOf(newLine, to);
  return lineEnd < 0 ? characterAt(bytes, to) : lineEnd + 1;
}

/** The start of the character to which the byte at an offset belongs. */
function characterAt(bytes: Bytes, offset: number): number {
  let at = Math.min(offset, bytes.length);
  while (at > 0 && at < bytes.length && (bytes[at]! & 0xc0) === 0x80) at -= 1;
  return at;
}
