import type { ConfigOf } from '../config-of.ts';
import type { SourceText } from '../source-text.ts';
import { JsonEntriesWriter, type EntryFault, type JsonEntries } from './json-entries.ts';

const RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** Reads JSON Lines. Each line is read by itself, so that one with a mistake leaves the others what they are. */
export function readLines(
  text: SourceText,
  configOf: ConfigOf | undefined,
): { entries: JsonEntries; faults: EntryFault[] } {
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
  const writer = new JsonEntriesWriter(text, { endOf, mayEndAt: (at) => isEnd(skipBlanks(at)) }, configOf);
  for (let at = skipBlanks(0); at < bytes.length;) {
    if (isEnd(at)) at += 1;
    // Other white space, or a mark, alone on its line, is no entry either.
    else if (bytes[at]! >= 0x80 && text.slice(at, endOf(at)).trim() === '') at = endOf(at);
    else at = skipBlanks(writer.take(at, true));
    at = skipBlanks(at);
  }
  return { entries: writer.finish(), faults: writer.faults };
}
