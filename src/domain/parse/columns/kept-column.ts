import { BACKSLASH, DOT, MINUS, OPEN_LIST, OPEN_OBJECT, QUOTE, SPACE, ZERO } from '#wire/text/char-codes.ts';
import type { Json } from '#wire/json/json.ts';
import { tens } from '#domain/templates/nearest-double.ts';
import type { Bytes } from '#domain/text/source-text.ts';
import type { CellSource, CellSpan } from './cell-source.ts';
import { TextDictionary } from './text-dictionary.ts';

/** How the cells of a column are read. */
export type ColumnRole =
  /** Task ids. */
  | { as: 'task' }
  /** Skipped: only the end of each cell is found. */
  | { as: 'skip' }
  /** Unmapped so far; its first distinct values are kept for detecting its target. */
  | { as: 'sample' }
  /** Each distinct value is kept. */
  | { as: 'values' }
  /** Choices: unknown plain texts all have the same problem, so only the first distinct ones are kept. */
  | ChoiceRole
  /** Any text is valid, so only the first distinct ones are kept. */
  | { as: 'text' }
  /** Any number that `fits` is valid, so only the first distinct ones are kept. */
  | { as: 'number'; fits: (number: number) => boolean };

export interface ChoiceRole {
  as: 'choice';
  /** The hashes of known texts. */
  known: ReadonlySet<number>;
  /** A text with one of these bytes may hold several choices. */
  joining: ByteSet;
}

/** The code of a cell that isn’t kept: its text or number is read again on demand, and known by its hash. */
export const FREE = 0;
/** The code of a missing member. */
export const MISSING = 1;
const firstCode = 2;

/** Distinct values sampled to detect a column’s content. */
export const maxSampled = 50;

/** Cells sampled of a column that repeats a few values. */
const maxSampledCells = 10_000;

/** Distinct texts, numbers or wrong choices of a column that are kept before others are free. */
const maxKept = 512;

/** 1 for each byte in the set. */
export type ByteSet = Uint8Array;

export function byteSet(characters: string): ByteSet {
  const set = new Uint8Array(256);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}

/** A column with its kept distinct values. */
export class KeptColumn {
  readonly source: CellSource;
  readonly texts: TextDictionary;
  readonly role: ColumnRole;
  /** How many kept cells could be free. */
  private keptFree = 0;
  private sampled = 0;

  constructor(source: CellSource, role: ColumnRole) {
    this.source = source;
    this.role = role;
    this.texts = new TextDictionary(source);
  }

  /** The code of the first kept cell. */
  readonly first = firstCode;

  /** Greater than any code. */
  get codes(): number {
    return this.texts.size + firstCode;
  }

  /** False if no cell is free. */
  get hasFree(): boolean {
    return this.keptFree >= maxKept;
  }

  codeOf(cell: CellSpan): number {
    const { texts } = this;
    const known = texts.find(cell);
    if (known >= 0) return known + firstCode;
    if (this.isFree(cell)) {
      if (this.keptFree >= maxKept) return FREE;
      this.keptFree += 1;
    }
    return texts.add(cell) + firstCode;
  }

  /** Samples a cell; true if no others are needed. A column with only one value so far may be an empty one. */
  sample(cell: CellSpan): boolean {
    const { texts } = this;
    if (texts.find(cell) < 0) texts.add(cell);
    this.sampled += 1;
    return texts.size >= maxSampled || (texts.size > 1 && this.sampled >= maxSampledCells);
  }

  /** The value of a kept cell. */
  valueOf(code: number): Json | undefined {
    if (code < firstCode) return undefined;
    const { texts, source } = this;
    return source.cellAt(texts.from(code - firstCode), texts.to(code - firstCode));
  }

  /** The code of the kept cell with this text, unquoted for a number; or -1. */
  find(key: string, hash: number): number {
    const known = this.texts.findKey(key, hash);
    return known < 0 ? known : known + firstCode;
  }

  /** True for a kept text that isn’t blank, no JSON list or object, and doesn’t contain some bytes. Rarely false for another one. */
  isPlain(code: number, without?: ByteSet): boolean {
    return this.isPlainCell(this.texts.from(code - firstCode), this.texts.to(code - firstCode), without);
  }

  /** True if a kept cell has one of these bytes, in its notation. */
  contains(code: number, set: ByteSet): boolean {
    const { texts, source } = this;
    return hasOneOf(source.bytes, texts.from(code - firstCode), texts.to(code - firstCode), set);
  }

  /** False if no cell with a text of this hash is free. */
  mayBeFree(hash: number): boolean {
    const { role } = this;
    return role.as !== 'values' && !(role.as === 'choice' && role.known.has(hash));
  }

  /** True for a kept cell that is surely none of the known choices. */
  isUnknownChoice(code: number): boolean {
    const { role, texts } = this;
    if (role.as !== 'choice' || role.known.has(texts.hash(code - firstCode))) return false;
    return this.isPlain(code, role.joining);
  }

  /** The number of a kept cell, if it is in the usual notation. */
  plainNumber(code: number): number | undefined {
    const { bytes } = this.source;
    const from = this.texts.from(code - firstCode);
    const number =
      bytes[from] === QUOTE ? Number.NaN : plainNumber(bytes, from, this.texts.to(code - firstCode));
    return Number.isNaN(number) ? undefined : number;
  }

  private isPlainCell(from: number, to: number, without: ByteSet | undefined): boolean {
    const { bytes } = this.source;
    if (!this.source.isText(from)) return false;
    const first = bytes[from] === QUOTE ? from + 1 : from;
    const last = bytes[from] === QUOTE ? to - 1 : to;
    if (first >= last) return false;
    if (!isPlainStart(bytes[first]!) && !isPlainText(this.source.cellAt(from, to))) return false;
    return without === undefined || !hasOneOf(bytes, first, last, without);
  }

  private isFree(cell: CellSpan): boolean {
    const { role, source } = this;
    const { from, to, quotes } = cell;
    if (role.as === 'number') {
      if (source.hasNumbers && source.isText(from)) return false;
      const number = plainNumber(source.bytes, from + quotes, to - quotes);
      return !Number.isNaN(number) && role.fits(number);
    }
    if (role.as === 'choice') return !role.known.has(cell.hash) && this.isPlainCell(from, to, role.joining);
    if (role.as !== 'text') return false;
    const isPlain = from + quotes < to - quotes && isPlainStart(source.bytes[from + quotes]!);
    return isPlain || isPlainText(source.cellAt(from, to));
  }
}

function hasOneOf(bytes: Bytes, from: number, to: number, set: ByteSet): boolean {
  for (let at = from; at < to; at += 1) if (set[bytes[at]!] === 1) return true;
  return false;
}

/** True for text that isn’t blank and isn’t a JSON list or object. */
export function isPlainText(cell: Json | undefined): boolean {
  return typeof cell === 'string' && /^\s*[^\s[{]/.test(cell);
}

/** False for a first byte that may start a space of any script, a list, an object or an escape. */
function isPlainStart(byte: number): boolean {
  if (byte < 0x80) return byte > SPACE && byte !== OPEN_LIST && byte !== OPEN_OBJECT && byte !== BACKSLASH;
  return byte !== 0xc2 && (byte < 0xe1 || byte > 0xe3) && byte !== 0xef;
}

/** A digit, a dot and `maxDecimals` digits: no program writes more for a double from 10^-6 on. */
const maxLength = 24;

/**
 * The number at this place in the usual notation: without exponent, spaces or needless zeros. NaN for any other text.
 */
function plainNumber(bytes: Bytes, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS;
  const first = isNegative ? from + 1 : from;
  let digits = 0;
  let dot = -1;
  for (let at = first; at < to; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (bytes[at] === DOT && dot < 0 && at > first && at < to - 1) dot = at;
    else return Number.NaN;
  }
  const length = to - first;
  const hasZeros = bytes[first] === ZERO && length > 1 && dot !== first + 1;
  if (length <= 0 || length > maxLength || hasZeros || (dot >= 0 && bytes[to - 1] === ZERO))
    return Number.NaN;
  const size = dot < 0 ? digits : digits / tens[to - 1 - dot]!;
  // Smaller numbers are written with an exponent.
  if (size < 1e-6 && (size > 0 || isNegative)) return Number.NaN;
  if (length <= 15) return isNegative ? -size : size;
  // A longer whole number may be inexact.
  return dot < 0 ? Number.NaN : Number(decoder.decode(bytes.subarray(from, to)));
}

const decoder = new TextDecoder('utf-8', {});

/** The task ID in a text: inexact above 2^53, 0 if there is none. */
export function taskIdIn(text: string): number {
  const digits = text.trim();
  return /^[1-9]\d*$/.test(digits) ? Number(digits) : 0;
}
