import type { Json } from '#wire/json.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/** How entries are known by those that were read before. */
export interface EntryMatcher {
  /** After a match: the offset behind the entry, and the id of its task. */
  readonly end: number;
  readonly task: number;
  /** Whether what it has learned from stays as it is. */
  readonly leavesAlone: boolean;
  /** The template of the entry at an offset, or -1 where it must be read. */
  match(bytes: Bytes, at: number): number;
  /** A hash of what the entry says that was matched last, beside what its template says; undefined where that is nothing. */
  hashOfSaid(template: number): number | undefined;
  /** Takes in what was read. Gives the id of the one task that it names, 0 where that is none; else undefined. */
  read(value: Json): number | undefined;
  /** Remembers an entry without faults in its writing. Gives whether others may be known by it. */
  learn(text: SourceText, value: Json, template: number): boolean;
}
