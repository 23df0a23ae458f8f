import { LINE_FEED, RETURN } from '#wire/char-codes.ts';
import type { Problem } from '#wire/problem.ts';
import type { EntryMatcher } from '#domain/templates/entry-matcher.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { PieceReader, type Pieces } from './json-pieces.ts';

/** Reads JSON Lines, `most` at most. Each is read by itself, so that one with a mistake leaves the others what they are. */
export function readLines(
  text: SourceText,
  looks: EntryMatcher,
  most = Infinity,
): { pieces: Pieces; problems: Problem[] } {
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
  const reader = new PieceReader(text, { endOf, mayEndAt: (at) => isEnd(skipBlanks(at)) }, looks);
  for (let at = skipBlanks(0); at < bytes.length && reader.count < most;) {
    if (isEnd(at)) at += 1;
    // Other white space, or a mark, alone on its line, is no entry either.
    else if (bytes[at]! >= 0x80 && text.slice(at, endOf(at)).trim() === '') at = endOf(at);
    else at = skipBlanks(reader.take(at, true));
    at = skipBlanks(at);
  }
  return { pieces: reader.finish(), problems: reader.problems };
}
