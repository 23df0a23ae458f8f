import { LINE_FEED, RETURN } from '#wire/text/char-codes.ts';
import type { Problem } from '#wire/problem.ts';
import type { EntryMatcher } from '#domain/templates/entry-matcher.ts';
import type { JsonPart } from '#domain/parse/layout.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { EntryReader, type ReadEntries } from './entry-reader.ts';

/** Reads JSON Lines. A broken line doesn’t affect the others. */
export function readLines(
  text: SourceText,
  matcher: EntryMatcher,
): { entries: ReadEntries; problems: Problem[] } {
  const { bytes } = text;
  const isEnd = (at: number) => at >= bytes.length || bytes[at] === LINE_FEED || bytes[at] === RETURN;
  const skipBlanks = (from: number) => {
    let at = from;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
    return at;
  };
  const endOf = (start: number) => {
    let at = start;
    while (!isEnd(at)) at += 1;
    return at;
  };
  const reader = new EntryReader(text, { endOf, mayEndAt: (at) => isEnd(skipBlanks(at)) }, matcher);
  for (let at = skipBlanks(0); at < bytes.length;) {
    if (isEnd(at)) at += 1;
    // A line with only other white space or a byte order mark isn’t an entry.
    else if (bytes[at]! >= 0x80 && text.slice(at, endOf(at)).trim() === '') at = endOf(at);
    else at = skipBlanks(reader.take(at, true));
    at = skipBlanks(at);
  }
  return { entries: reader.finish(), problems: reader.problems };
}

/** The non-blank lines of a text. */
export function linesOf(text: SourceText): JsonPart[] {
  const { bytes } = text;
  const lines: JsonPart[] = [];
  for (let from = 0; from < bytes.length;) {
    let to = from;
    while (to < bytes.length && bytes[to] !== LINE_FEED && bytes[to] !== RETURN) to += 1;
    const line = text.part(from, to);
    if (line.toString().trim() !== '') lines.push({ from, text: line });
    from = to + 1;
  }
  return lines;
}
