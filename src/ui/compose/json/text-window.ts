/**
 * Above this many characters the editor shows a part of the text: a browser that lays out all of 50 MB stands still for
 * it, and nobody reads it. What is read, checked and sent is always the whole.
 */
export const mostShownWhole = 4_000_000;

/** As many characters are shown at once. */
const windowLength = 1_000_000;

/** The part of a text that is shown: whole lines, where they are no longer than the window itself. */
export interface TextWindow {
  from: number;
  to: number;
  /** The number of its first line, from 1. */
  firstLine: number;
}

/** The window with this offset in its middle; `line` is the number of the line that holds it. */
export function windowAround(text: string, offset: number, line: number): TextWindow {
  const from = lineStart(text, Math.max(0, offset - windowLength / 2));
  return { from, to: endFrom(text, from), firstLine: line - lineEndsIn(text, from, offset) };
}

/** The window that begins with the line of this offset. */
export function windowFrom(text: string, offset: number): TextWindow {
  const from = lineStart(text, Math.min(offset, text.length));
  return { from, to: endFrom(text, from), firstLine: lineEndsIn(text, 0, from) + 1 };
}

/** The window at the beginning of a text. */
export const firstWindow = (text: string): TextWindow => windowFrom(text, 0);

/** The next window; it begins with the second half of this one, so that nothing falls between the two. */
export function laterWindow(text: string, { from, to, firstLine }: TextWindow): TextWindow {
  const next = lineStart(text, from + (to - from) / 2);
  return { from: next, to: endFrom(text, next), firstLine: firstLine + lineEndsIn(text, from, next) };
}

export function earlierWindow(text: string, { from, firstLine }: TextWindow): TextWindow {
  const next = lineStart(text, Math.max(0, from - windowLength / 2));
  return { from: next, to: endFrom(text, next), firstLine: firstLine - lineEndsIn(text, next, from) };
}

/** How many lines end between two offsets. */
export function lineEndsIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The beginning of the line at an offset; the offset itself in a line that is longer than half a window. */
function lineStart(text: string, offset: number): number {
  const at = Math.floor(offset);
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  return at - start > windowLength / 2 ? at : start;
}

function endFrom(text: string, from: number): number {
  const to = Math.min(text.length, from + windowLength);
  const end = text.indexOf('\n', to);
  return end < 0 || end - to > windowLength / 2 ? Math.min(text.length, to) : end + 1;
}

/** Where a line begins; the last one where there are fewer. `line` counts from 1. */
export function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf('\n', offset);
    if (end < 0) return offset;
    offset = end + 1;
  }
  return offset;
}
