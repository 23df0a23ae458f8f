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

/**
 * Steps through the members of objects in the same notation. The bytes between two values are compared as a whole with
 * those of the previous object, so that few keys are read.
 */
export class MemberReader {
  /** The number of the last member’s name. */
  name = -1;
  /** The offset after the last object, or -1 if it must be parsed. */
  end = -1;
  /** Line ends between the values of the current object. */
  lineEnds = 0;
  readonly names: string[] = [];
  private readonly text: SourceText;
  private readonly bytes: Bytes;
  /** True if an object ends with its line. */
  private readonly isLine: boolean;
  private readonly numbers = new Map<string, number>();
  /** By name: its key in UTF-8 and quotation marks, and the last object that had it. */
  private readonly keys: Bytes[] = [];
  private readonly seenIn: number[] = [];
  /** By name, plus one, of the member before: the name that followed last time. 0 is for the first member. */
  private readonly nextOf: number[] = [0];
  /** What came between the two values then, and the line ends in it. */
  private readonly leadFrom: number[] = [0];
  private readonly leadLength: number[] = [0];
  private readonly leadLines: number[] = [0];
  private objects = 0;
  private keyEnd = 0;

  constructor(text: SourceText, isLine: boolean, names: readonly string[] = []) {
    this.text = text;
    this.bytes = text.bytes;
    this.isLine = isLine;
    for (const name of names) this.add(name);
  }

  /** True if further names are unknown. */
  get isFull(): boolean {
    return this.names.length > limits.columns;
  }

  /** Starts an object. */
  open(): void {
    this.objects += 1;
    this.name = -1;
    this.end = -1;
    this.lineEnds = 0;
  }

  /**
   * The offset of the next value, given the offset after the bracket or the previous value; -1 if there is none: see
   * `end`.
   */
  next(at: number): number {
    const { bytes, nextOf, seenIn } = this;
    const before = this.name + 1;
    let name = nextOf[before]!;
    let from = this.leadEnd(at, before);
    if (from < 0) {
      const linesBefore = this.lineEnds;
      let key = this.skipSpace(at);
      if (bytes[key] === CLOSE_OBJECT) {
        this.end = key + 1;
        return -1;
      }
      if (before > 0) {
        if (bytes[key] !== COMMA) return -1;
        key = this.skipSpace(key + 1);
      }
      name = this.nameAt(key, name);
      const colon = name < 0 ? -1 : this.skipSpace(this.keyEnd);
      if (bytes[colon] !== COLON) return -1;
      from = this.skipSpace(colon + 1);
      nextOf[before] = name;
      this.leadFrom[before] = at;
      this.leadLength[before] = from - at;
      this.leadLines[before] = this.lineEnds - linesBefore;
    }
    if (seenIn[name] === this.objects) return -1;
    seenIn[name] = this.objects;
    this.name = name;
    return from;
  }

  /** The number of a name. */
  numberOf(name: string): number {
    return this.numbers.get(name) ?? this.add(name);
  }

  private add(name: string): number {
    const number = this.names.length;
    this.numbers.set(name, number);
    this.names.push(name);
    this.keys.push(encoder.encode(`"${name}"`));
    this.seenIn.push(0);
    this.nextOf.push(number + 1);
    this.leadFrom.push(0);
    this.leadLength.push(0);
    this.leadLines.push(0);
    return number;
  }

  /** The offset of the next value if all before it is written as last time after the same member; else -1. */
  private leadEnd(at: number, before: number): number {
    const { bytes } = this;
    const length = this.leadLength[before]!;
    const end = at + length;
    if (length === 0 || end >= bytes.length || bytes[end]! <= SPACE) return -1;
    const words = viewOf(bytes);
    const shift = this.leadFrom[before]! - at;
    // The last word is the last four bytes, some of which were compared before.
    const last = end - 4;
    for (let word = at; word < last; word += 4)
      if (words.getInt32(word) !== words.getInt32(word + shift)) return -1;
    if (words.getInt32(last) !== words.getInt32(last + shift)) return -1;
    this.lineEnds += this.leadLines[before]!;
    return end;
  }

  /** The name of the key at an offset, most likely `expected`; -1 if it must be parsed. */
  private nameAt(at: number, expected: number): number {
    const { bytes } = this;
    if (bytes[at] !== QUOTE) return -1;
    if (this.isKey(at, expected)) return expected;
    let end = at + 1;
    while (bytes[end] !== QUOTE) {
      if (!(bytes[end]! >= SPACE) || bytes[end] === BACKSLASH) return -1;
      end += 1;
    }
    this.keyEnd = end + 1;
    const name = this.text.slice(at + 1, end);
    return this.numbers.get(name) ?? (this.isFull ? -1 : this.add(name));
  }

  /** True if the key at an offset is that of a name. */
  private isKey(at: number, name: number): boolean {
    const { bytes } = this;
    const key = this.keys[name];
    if (key === undefined) return false;
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
