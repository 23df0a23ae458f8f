import { firstLineOf, maxFirstLine } from '#wire/text/text-version.ts';
import { isTail, type Bytes, type SourceText } from './source-text.ts';

/** A window of the text: all of it, or whole lines unless they are longer than the window. Offsets are UTF-16 code units. */
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
export type PartPosition =
  /** With this offset in its middle. */
  | { at: 'around'; place: number }
  /** Starting with the line of this offset. */
  | { at: 'from'; place: number }
  /** The next part, which overlaps the second half of the current one. */
  | { at: 'later'; from: number; to: number }
  | { at: 'earlier'; from: number };

/** A text up to this many UTF-16 code units is shown whole. Browsers freeze while they lay out 50 MB. */
export const maxShownWhole = 4_000_000;

export const isWholeShown = (source: SourceText): boolean => source.length <= maxShownWhole;

/** Size of the window of a larger text in bytes: an editor loads it without blocking the page. */
const partLength = 500_000;

const newLine = 0x0a;

export function partOf(source: SourceText, asked: PartPosition): TextPart {
  const isWhole = isWholeShown(source);
  const from = isWhole ? 0 : beginning(source, asked);
  const to = isWhole ? source.bytes.length : end(source.bytes, from);
  return {
    text: source.slice(from, to),
    from: source.unitsAt(from),
    to: source.unitsAt(to),
    firstLine: source.lineEndsBetween(0, from) + 1,
  };
}

function beginning(source: SourceText, asked: PartPosition): number {
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

/** The first line of a text in bytes, of which a code unit takes at most three. */
export const firstLine = (source: SourceText): string =>
  firstLineOf(source.slice(0, characterAt(source.bytes, 3 * maxFirstLine)));

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
  while (at > 0 && at < bytes.length && isTail(bytes[at]!)) at -= 1;
  return at;
}
