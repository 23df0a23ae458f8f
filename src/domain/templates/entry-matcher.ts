import type { Json } from '#wire/json.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';

/** Recognises entries of a known template from their bytes, so that they need not be parsed. */
export interface EntryMatcher {
  /** After a match: the offset behind the entry, and its task id. */
  readonly end: number;
  readonly task: number;
  /** True if `learn` never mutates the value. */
  readonly keepsValue: boolean;
  /** The template of the entry at an offset, or -1 if it must be parsed. */
  match(bytes: Bytes, at: number): number;
  /** A hash of the slots of the last match; undefined if the template has none that matter for grouping. */
  slotHash(template: number): number | undefined;
  /** Takes a parsed entry; gives its task id (0 if invalid), or undefined if it names no single task. */
  read(value: Json): number | undefined;
  /** Remembers an entry without syntax problems as a template. False if no other entry can match it. */
  learn(text: SourceText, value: Json, template: number): boolean;
}
