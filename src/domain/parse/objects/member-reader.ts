import {
  BACKSLASH,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  LINE_FEED,
  QUOTE,
  RETURN,
  SPACE,
} from '#wire/text/char-codes.ts';
import { viewOf } from '#wire/json/json-bytes.ts';
import { limits } from '#wire/limits.ts';
import { endsLine, type Bytes, type SourceText } from '#domain/text/source-text.ts';

/** A member’s name, and what followed it in the last object that had it. */
class MemberName {
  readonly number: number;
  /** The key in UTF-8, with quotation marks. */
  readonly key: Bytes;
  /** The last object that had it. */
  seenIn = 0;
  /** The name of the next member. */
  next: MemberName | undefined;
  /** What was between the two values: its place, and the line ends in it. */
  leadFrom = 0;
  leadLength = 0;
  leadLines = 0;

  constructor(number: number, key: Bytes) {
    this.number = number;
    this.key = key;
  }
}

/**
 * Steps through the members of objects in the same notation. The bytes between two values are compared as a whole with
 * those of the previous object, so that few keys are read.
 */
export class MemberReader {
  /** The offset after the last object, or -1 if it must be parsed. */
  end = -1;
  /** Line ends between the values of the current object. */
  lineEnds = 0;
  readonly names: string[] = [];
  private readonly text: SourceText;
  private readonly bytes: Bytes;
  private readonly words: DataView;
  /** True if an object ends with its line. */
  private readonly isLine: boolean;
  private readonly members = new Map<string, MemberName>();
  /** Before the first member. */
  private readonly start = new MemberName(-1, new Uint8Array(0));
  private last = this.start;
  private objects = 0;
  private keyEnd = 0;

  constructor(text: SourceText, isLine: boolean, names: readonly string[] = []) {
    this.text = text;
    this.bytes = text.bytes;
    this.words = viewOf(text.bytes);
    this.isLine = isLine;
    for (const name of names) this.add(name);
  }

  /** The number of the last member’s name; -1 before the first. */
  get name(): number {
    return this.last.number;
  }

  /** True if further names are unknown. */
  get isFull(): boolean {
    return this.names.length > limits.columns;
  }

  /** Starts an object. */
  open(): void {
    this.objects += 1;
    this.last = this.start;
    this.end = -1;
    this.lineEnds = 0;
  }

  /**
   * The offset of the next value, given the offset after the bracket or the previous value; -1 if there is none: see
   * `end`.
   */
  next(at: number): number {
    const before = this.last;
    let from = this.leadEnd(at, before);
    if (from < 0) from = this.readLead(at, before);
    const { next } = before;
    if (from < 0 || next!.seenIn === this.objects) return -1;
    next!.seenIn = this.objects;
    this.last = next!;
    return from;
  }

  /** The number of a name. */
  numberOf(name: string): number {
    return (this.members.get(name) ?? this.add(name)).number;
  }

  private add(name: string): MemberName {
    const member = new MemberName(this.names.length, encoder.encode(`"${name}"`));
    this.members.set(name, member);
    this.names.push(name);
    return member;
  }

  /** The offset of the next value if all before it is written as last time after the same member; else -1. */
  private leadEnd(at: number, { leadFrom, leadLength, leadLines }: MemberName): number {
    const { bytes, words } = this;
    const end = at + leadLength;
    if (leadLength === 0 || end >= bytes.length || bytes[end]! <= SPACE) return -1;
    const shift = leadFrom - at;
    // The last word is the last four bytes, some of which were compared before.
    const last = end - 4;
    for (let word = at; word < last; word += 4)
      if (words.getInt32(word) !== words.getInt32(word + shift)) return -1;
    if (words.getInt32(last) !== words.getInt32(last + shift)) return -1;
    this.lineEnds += leadLines;
    return end;
  }

  /** Reads the next key, and stores what is before its value. Returns the offset of the value, or -1. */
  private readLead(at: number, before: MemberName): number {
    const { bytes } = this;
    const linesBefore = this.lineEnds;
    let key = this.skipSpace(at);
    if (bytes[key] === CLOSE_OBJECT) {
      this.end = key + 1;
      return -1;
    }
    if (before !== this.start) {
      if (bytes[key] !== COMMA) return -1;
      key = this.skipSpace(key + 1);
    }
    const next = this.nameAt(key, before.next);
    const colon = next === undefined ? -1 : this.skipSpace(this.keyEnd);
    if (bytes[colon] !== COLON) return -1;
    const from = this.skipSpace(colon + 1);
    before.next = next;
    before.leadFrom = at;
    before.leadLength = from - at;
    before.leadLines = this.lineEnds - linesBefore;
    return from;
  }

  /** The name of the key at an offset, most likely `expected`; undefined if it must be parsed. */
  private nameAt(at: number, expected: MemberName | undefined): MemberName | undefined {
    const { bytes } = this;
    if (bytes[at] !== QUOTE) return undefined;
    if (expected !== undefined && this.isKey(at, expected)) return expected;
    let end = at + 1;
    while (bytes[end] !== QUOTE) {
      if (!(bytes[end]! >= SPACE) || bytes[end] === BACKSLASH) return undefined;
      end += 1;
    }
    this.keyEnd = end + 1;
    const name = this.text.slice(at + 1, end);
    return this.members.get(name) ?? (this.isFull ? undefined : this.add(name));
  }

  /** True if the key at an offset is that of a name. */
  private isKey(at: number, { key }: MemberName): boolean {
    const { bytes } = this;
    for (let index = 1; index < key.length; index += 1) if (bytes[at + index] !== key[index]) return false;
    this.keyEnd = at + key.length;
    return true;
  }

  private skipSpace(from: number): number {
    const { bytes, isLine } = this;
    for (let at = from; ; at += 1) {
      const byte = bytes[at]!;
      if (!(byte <= SPACE)) return at;
      if (byte === SPACE || byte === 0x09) continue;
      if (isLine || (byte !== LINE_FEED && byte !== RETURN)) return at;
      this.lineEnds += endsLine(bytes, at);
    }
  }
}

const encoder = new TextEncoder();
