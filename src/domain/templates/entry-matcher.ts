import type { Json } from '#wire/json/json.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/** Recognises entries of a known template from their bytes, so that they need not be parsed. */
export interface EntryMatcher {
  /** After a match: the offset after the entry, its task ID, and its inner line ends. */
  readonly end: number;
  readonly task: number;
  readonly lineEnds: number;
  /** After `learn`: whether `match` finds the entry, as if it had just been called. */
  readonly isMatched: boolean;
  /** The template of the entry at an offset, or -1 if it must be parsed. */
  match(bytes: Bytes, at: number): number;
  /** The content hash of the last match; undefined if its template decides the content, or if it is never grouped. */
  contentHash(template: number): number | undefined;
  /** The regions’ part of that hash. */
  readonly regionsHash: number;
  /** Counts the labels of the last match as used by an entry. */
  countLabels(template: number, entry: number): void;
  /** Reads a parsed entry; returns its task ID (0 if invalid), or undefined if it names no single task. */
  read(value: Json): number | undefined;
  /** Learns from an entry without syntax problems. Returns its template: an earlier one, or `next`. */
  learn(text: SourceText, value: Json, next: number): number;
}
