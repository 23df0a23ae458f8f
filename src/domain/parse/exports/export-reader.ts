import { CLOSE_LIST, COMMA, LINE_FEED, OPEN_LIST, OPEN_OBJECT, RETURN, ZERO } from '#wire/text/char-codes.ts';
import { skippedLineEnds, skipSpace, skipValid } from '#wire/json/json-bytes.ts';
import { readJson } from '#wire/json/json.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import type { ExportParts } from '#domain/parse/import-settings.ts';
import { EntryReader, type ReadEntries } from '#domain/parse/json/entry-reader.ts';
import { skipValue } from '#domain/parse/json/skip-bytes.ts';
import { MemberReader } from '#domain/parse/objects/member-reader.ts';
import type { AnnotationMatcher } from './annotation-matcher.ts';
import { ExportCounts, isWanted } from './export-counts.ts';
import { partNames, type ItemKind } from './export-kind.ts';

/** The place of an export’s items: in a list, in the list of a member, alone, or one per line. */
export type ExportItems =
  | { as: 'list'; start: number }
  | { as: 'one'; start: number }
  | { as: 'member'; start: number; name: string }
  | { as: 'lines' };

/** The annotations of an export as entries, each a JSON text in the export. */
export interface ExportEntries {
  entries: ReadEntries;
  counts: ExportCounts;
  /** By entry: the index of its item, the index in `partNames`, and its index there. */
  itemOf: Uint32Array;
  partOf: Uint8Array;
  nthOf: Uint32Array;
  /** By item: its offset, and that of its task’s ID; 0 if missing. */
  itemStarts: Uint32Array;
  idStarts: Uint32Array;
}

const PREDICTIONS = partNames.indexOf('predictions');
const DRAFTS = partNames.indexOf('drafts');

/**
 * Matches the annotations of an export in place and skips everything else. Undefined if something in the export is
 * invalid or unusual, so that it must be parsed.
 */
export function readExport(
  text: SourceText,
  items: ExportItems,
  kind: ItemKind,
  matcher: AnnotationMatcher,
  wanted: ExportParts = {},
): ExportEntries | undefined {
  return text.isWellFormed ? new ExportReader(text, items, kind, matcher, wanted).read() : undefined;
}

class ExportReader {
  private readonly text: SourceText;
  private readonly bytes: Bytes;
  private readonly items: ExportItems;
  private readonly kind: ItemKind;
  private readonly matcher: AnnotationMatcher;
  private readonly wanted: ExportParts;
  private readonly annotations: EntryReader;
  private readonly taskMembers: MemberReader;
  private readonly otherMembers: MemberReader;
  /** Whether the last prediction or draft is wanted. */
  private isWantedOther = false;
  private readonly counts = new ExportCounts();
  private readonly itemOf: number[] = [];
  private readonly partOf: number[] = [];
  private readonly nthOf: number[] = [];
  private readonly itemStarts: number[] = [];
  private readonly idStarts: number[] = [];

  constructor(
    text: SourceText,
    items: ExportItems,
    kind: ItemKind,
    matcher: AnnotationMatcher,
    wanted: ExportParts,
  ) {
    const bounds = { endOf: (start: number) => skipValue(text.bytes, start), mayEndAt: () => true };
    const isLine = items.as === 'lines';
    this.text = text;
    this.bytes = text.bytes;
    this.items = items;
    this.kind = kind;
    this.matcher = matcher;
    this.wanted = wanted;
    this.annotations = new EntryReader(text, bounds, matcher);
    this.taskMembers = new MemberReader(text, isLine, taskNames);
    this.otherMembers = new MemberReader(text, isLine, otherNames);
  }

  read(): ExportEntries | undefined {
    if (!this.readItems() || this.annotations.problems.length > 0) return undefined;
    return {
      entries: this.annotations.finish(),
      counts: this.counts,
      itemOf: Uint32Array.from(this.itemOf),
      partOf: Uint8Array.from(this.partOf),
      nthOf: Uint32Array.from(this.nthOf),
      itemStarts: Uint32Array.from(this.itemStarts),
      idStarts: Uint32Array.from(this.idStarts),
    };
  }

  private readItems(): boolean {
    const { bytes, items } = this;
    if (items.as === 'lines') return this.readLines();
    const readItem = (at: number) => this.readItem(at);
    let end: number;
    if (items.as === 'list') end = this.readList(items.start, readItem);
    else if (items.as === 'one') end = readItem(items.start);
    else end = this.readListOf(items.start, items.name, readItem);
    return end >= 0 && skipSpace(bytes, end) >= bytes.length;
  }

  private readLines(): boolean {
    const { bytes } = this;
    for (let at = skipSpace(bytes, 0); at < bytes.length; at = skipSpace(bytes, at)) {
      at = this.readItem(at);
      if (at < 0) return false;
      while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
      if (at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) return false;
    }
    return true;
  }

  /** Reads the items of a list; returns the offset after it, or -1. */
  private readList(start: number, readItem: (at: number) => number): number {
    const { bytes } = this;
    if (bytes[start] !== OPEN_LIST) return -1;
    let at = skipSpace(bytes, start + 1);
    if (bytes[at] === CLOSE_LIST) return at + 1;
    for (;;) {
      at = readItem(at);
      if (at < 0) return -1;
      at = skipSpace(bytes, at);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = skipSpace(bytes, at + 1);
    }
  }

  /** Reads the list in a member of the object at `start`; returns the offset after the object, or -1. */
  private readListOf(start: number, name: string, readItem: (at: number) => number): number {
    const members = new MemberReader(this.text, false, [name]);
    return this.readObject(members, start, (at) =>
      members.name === 0 ? this.readList(at, readItem) : skipValid(this.bytes, at, 1),
    );
  }

  /** Reads the value of each member of an object; returns the offset after the object, or -1. */
  private readObject(members: MemberReader, start: number, readValue: (at: number) => number): number {
    if (this.bytes[start] !== OPEN_OBJECT) return -1;
    members.open();
    for (let at = start + 1; ;) {
      const from = members.next(at);
      if (from < 0) return members.end;
      at = readValue(from);
      if (at < 0) return -1;
    }
  }

  private readItem(start: number): number {
    this.itemStarts.push(start);
    this.idStarts.push(0);
    if (this.kind === 'task') return this.readTask(start);
    return this.readAnnotation(start, this.kind === 'prediction' ? PREDICTIONS : 0, 0);
  }

  private readTask(start: number): number {
    const { bytes, counts, matcher, taskMembers } = this;
    counts.tasks += 1;
    matcher.setTask(-1, null);
    let hasId = false;
    /** Lists before their task’s ID, and those after such a list. */
    let waiting: [part: number, at: number][] | undefined;
    const end = this.readObject(taskMembers, start, (at) => {
      const { name } = taskMembers;
      const isPart = name < partNames.length && bytes[at] === OPEN_LIST;
      if (isPart && hasId && waiting === undefined) return this.readPart(name, at);
      const after = skipValid(bytes, at, 2);
      if (after - at > longValue && waiting === undefined && !isPart)
        this.annotations.pass(at, after, skippedLineEnds());
      if (isPart) (waiting ??= []).push([name, at]);
      else if (name === ID && after >= 0) {
        hasId = true;
        this.keepId(at, after);
      }
      return after;
    });
    if (!hasId) counts.withoutId += 1;
    for (const [part, at] of waiting ?? []) if (end >= 0 && this.readPart(part, at) < 0) return -1;
    return end;
  }

  private keepId(from: number, to: number): void {
    this.idStarts[this.idStarts.length - 1] = from;
    const id = digitsAt(this.bytes, from, to);
    this.matcher.setTask(id, id < 0 ? (readJson(this.text.slice(from, to)).value ?? null) : id);
  }

  private readPart(part: number, start: number): number {
    let nth = 0;
    this.counts.place(part, start);
    return this.readList(start, (at) => this.readAnnotation(at, part, nth++));
  }

  private readAnnotation(start: number, part: number, nth: number): number {
    const { bytes, kind, counts, matcher } = this;
    const isOther = part === PREDICTIONS || part === DRAFTS;
    const isObject = bytes[start] === OPEN_OBJECT;
    // Exports without predictions have only their IDs.
    if (isOther && !isObject) return skipValid(bytes, start, 4);
    if (kind !== 'task') counts.place(part, start);
    if (isOther) {
      const end = this.readOther(start, part);
      if (end < 0 || !this.isWantedOther) return end;
    } else counts.add('annotations', '', undefined);
    this.itemOf.push(this.itemStarts.length - 1);
    this.partOf.push(part);
    this.nthOf.push(nth);
    matcher.usePart(part);
    const end = this.annotations.take(start, false);
    if (isObject && !isOther) counts.addAuthor(matcher.author);
    return end;
  }

  /** Counts a prediction or draft, and finds out whether it is wanted; returns the offset after it, or -1. */
  private readOther(start: number, part: number): number {
    const { bytes, text, otherMembers, counts, wanted } = this;
    let version = '';
    let score: number | undefined;
    const end = this.readObject(otherMembers, start, (at) => {
      const after = skipValid(bytes, at, 4);
      if (after < 0 || part !== PREDICTIONS) return after;
      if (otherMembers.name === VERSION) version = text.slice(at, after);
      else if (otherMembers.name === SCORE) score = Number(text.slice(at, after));
      return after;
    });
    const name = partNames[part]!;
    if (end >= 0) counts.add(name, version, score);
    this.isWantedOther = isWanted(wanted, name, version, score);
    return end;
  }
}

/** Longer values, such as task data, aren’t searched for line ends a second time. */
const longValue = 64;

/** Names of members that are read, by their number. */
const taskNames = [...partNames, 'id'];
const ID = partNames.length;
const otherNames = ['model_version', 'score'];
const VERSION = 0;
const SCORE = 1;

/** The whole number in these bytes, inexact above 2^53; -1 for anything else, and for 0. */
function digitsAt(bytes: Bytes, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (!(digit >= 0 && digit <= 9) || (digit === 0 && at === from)) return -1;
    number = number * 10 + digit;
  }
  return number;
}
