import { CLOSE_LIST, COMMA, OPEN_LIST } from '#wire/text/char-codes.ts';
import { skipSpace } from '#wire/json/json-bytes.ts';
import { readJson, type Json } from '#wire/json/json.ts';
import type { Problem } from '#wire/problem.ts';
import type { EntryMatcher } from '#domain/templates/entry-matcher.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { EntryReader, type ReadEntries } from './entry-reader.ts';
import { skipValue } from './skip-bytes.ts';

/** The readable part of a list. */
export interface JsonList {
  entries: ReadEntries;
  /** Problems with their entries; spans are in the units of the entry’s text. */
  problems: Problem[];
  /** Problems that prevent reading on; spans are in units of the source. */
  broken: Problem[];
}

/** The offset of the list, if the text starts with one. */
export function listStart({ bytes }: SourceText): number | undefined {
  const start = skipSpace(bytes, 0);
  return bytes[start] === OPEN_LIST ? start : undefined;
}

/** The first entries of the list at `start`, up to `most` or the first invalid one. */
export function peekList(text: SourceText, start: number, most: number): Json[] {
  const { bytes } = text;
  const values: Json[] = [];
  let at = skipSpace(bytes, start + 1);
  while (values.length < most && at < bytes.length && bytes[at] !== CLOSE_LIST) {
    const end = skipValue(bytes, at);
    const { value } = readJson(text.slice(at, end));
    if (value === undefined) break;
    values.push(value);
    at = skipSpace(bytes, end);
    if (bytes[at] !== COMMA) break;
    at = skipSpace(bytes, at + 1);
  }
  return values;
}

/** Reads the list at `start`, which must end the text. */
export function readList(text: SourceText, start: number, matcher: EntryMatcher): JsonList {
  const { bytes } = text;
  const division = { endOf: (from: number) => skipValue(bytes, from), mayEndAt: () => true };
  const reader = new EntryReader(text, division, matcher);
  /** Start of the last entry: an error after it may have started inside it. */
  let last = skipSpace(bytes, start + 1);
  let at = last;
  let isClosed = bytes[at] === CLOSE_LIST;
  while (!isClosed) {
    const end = reader.take(at, false);
    if (end < 0) return brokenAt(text, start, reader, last);
    last = at;
    at = skipSpace(bytes, end);
    isClosed = bytes[at] === CLOSE_LIST;
    if (isClosed) break;
    if (bytes[at] !== COMMA) return brokenAt(text, start, reader, last);
    at = skipSpace(bytes, at + 1);
  }
  if (skipSpace(bytes, at + 1) < bytes.length) return brokenAt(text, start, reader, last);
  return { entries: reader.finish(), problems: reader.problems, broken: [] };
}

/** Parses the list from the broken entry on, for the parser’s own problem. */
function brokenAt(text: SourceText, start: number, reader: EntryReader, from: number): JsonList {
  const entry = Math.max(0, reader.count - 1);
  const before = text.unitsAt(from) - 1;
  const listAt = text.unitsAt(start);
  const { value, problems: found } = readJson(`[${text.slice(from, text.bytes.length)}`);
  if (value !== undefined) throw new Error(`This list can be read from its ${entry + 1}. entry on.`);
  const place = (offset: number) => (offset === 0 ? listAt : before + offset);
  const broken = found.map(({ span, related, path, ...problem }) => ({
    ...problem,
    path: path.map((step, depth) => (depth === 0 && typeof step === 'number' ? step + entry : step)),
    ...(span !== undefined && {
      span: { from: place(span.from), to: place(span.from) + span.to - span.from },
    }),
    ...(related !== undefined && { related: { ...related, offset: place(related.offset) } }),
  }));
  return {
    entries: reader.finish(),
    problems: reader.problems.filter((problem) => problem.entry! < entry),
    broken,
  };
}
