import { viewOf } from '#wire/json/json-bytes.ts';
import { resized } from './resized.ts';

/**
 * An immutable text, stored as UTF-8 bytes. Offsets are bytes unless they are called units: UTF-16 code units, as editors
 * count.
 *
 * A lone surrogate has no UTF-8 form. It is stored in three bytes (WTF-8, https://wtf-8.codeberg.page), so that it can be
 * reported instead of silently replaced.
 */
export class SourceText {
  readonly bytes: Bytes;
  /** If true, bytes and units are the same. */
  readonly isAscii: boolean;
  /** False if it has a lone surrogate. */
  readonly isWellFormed: boolean;
  /** Units before each block of bytes, and the total at the end. Computed on demand. */
  private units: Uint32Array | undefined;

  private constructor(bytes: Bytes, isAscii: boolean, isWellFormed: boolean) {
    this.bytes = bytes;
    this.isAscii = isAscii;
    this.isWellFormed = isWellFormed;
  }

  static of(text: string): SourceText {
    const isWellFormed = text.isWellFormed();
    const bytes = isWellFormed ? encoded(piecesOf(text), text.length) : encodedLoosely(text);
    return new SourceText(bytes, bytes.length === text.length, isWellFormed);
  }

  /** A text from slices that may be cut anywhere. */
  static ofSlices(slices: readonly string[]): SourceText {
    const whole = [...wholeSlices(slices)];
    if (!whole.every((slice) => slice.isWellFormed())) return SourceText.of(whole.join(''));
    const units = whole.reduce((sum, { length }) => sum + length, 0);
    const bytes = encoded(whole, units);
    return new SourceText(bytes, bytes.length === units, true);
  }

  /** Wraps valid UTF-8 without copying; the bytes must not change after that. */
  static ofUtf8(bytes: Bytes): SourceText {
    return new SourceText(bytes, isAscii(bytes), true);
  }

  /** Wraps the bytes of another SourceText without copying. */
  static ofOwn(bytes: Bytes): SourceText {
    return new SourceText(bytes, isAscii(bytes), !hasLoneSurrogate(bytes));
  }

  /** In units. */
  get length(): number {
    return this.isAscii ? this.bytes.length : this.blocks().at(-1)!;
  }

  /** A part of the text; shares its bytes. */
  part(from: number, to: number): SourceText {
    const bytes = this.bytes.subarray(from, to);
    return new SourceText(bytes, this.isAscii || isAscii(bytes), this.isWellFormed);
  }

  /** The string between two offsets. */
  slice(from: number, to: number): string {
    const part = this.bytes.subarray(from, to);
    const short = part.length <= fewBytes ? asciiIn(part) : undefined;
    if (short !== undefined) return short;
    return this.isWellFormed ? decoder.decode(part) : decodedLoosely(part);
  }

  toString(): string {
    return this.slice(0, this.bytes.length);
  }

  /** Whether the text contains an ASCII string. */
  includes(words: string): boolean {
    for (let from = 0; from < this.bytes.length; from += searchedAtOnce) {
      const part = this.bytes.subarray(from, from + searchedAtOnce + words.length - 1);
      if (decoder.decode(part).includes(words)) return true;
    }
    return false;
  }

  /** The number of units before an offset. */
  unitsAt(offset: number): number {
    if (this.isAscii) return offset;
    const block = Math.floor(offset / blockLength);
    return this.blocks()[block]! + unitsIn(this.bytes, block * blockLength, offset);
  }

  /** The number of units between two offsets. */
  unitsBetween(from: number, to: number): number {
    return this.isAscii ? to - from : unitsIn(this.bytes, from, to);
  }

  /** The number of line ends between two offsets: \n, \r\n or a lone \r. */
  lineEndsBetween(from: number, to: number): number {
    return lineEndsIn(this.bytes, from, to);
  }

  /** The offset of the last byte between two offsets that ends a line, or -1. */
  lastLineEnd(from: number, to: number): number {
    return lastLineEndIn(this.bytes, from, to);
  }

  /** The offset after this many units; inside a character, the start of the character. */
  offsetOf(units: number): number {
    if (this.isAscii) return Math.min(units, this.bytes.length);
    const blocks = this.blocks();
    let block = 0;
    for (let step = blocks.length - 1; step > 0; step = Math.floor(step / 2))
      while (block + step < blocks.length && blocks[block + step]! <= units) block += step;
    let left = units - blocks[block]!;
    let offset = Math.min(block * blockLength, this.bytes.length);
    while (offset < this.bytes.length && isTail(this.bytes[offset]!)) offset += 1;
    while (offset < this.bytes.length && left > 0) {
      left -= this.bytes[offset]! >= fourBytes ? 2 : 1;
      if (left < 0) break;
      offset += 1;
      while (offset < this.bytes.length && isTail(this.bytes[offset]!)) offset += 1;
    }
    return offset;
  }

  /** The text with edits applied, in any order and without overlaps. */
  edited(edits: readonly Edit[]): SourceText {
    // Encoding all at once is much faster for many short texts.
    const all = SourceText.of(edits.map(({ put }) => put).join(''));
    let at = 0;
    return this.withPieces(
      edits.map(({ from, to, put }) => {
        const start = at;
        at += put.length;
        return { from, to, piece: all.isAscii ? all.part(start, at) : SourceText.of(put) };
      }),
    );
  }

  /** The text with the part between two offsets replaced. */
  with(from: number, to: number, piece: SourceText): SourceText {
    return this.withPieces([{ from, to, piece }]);
  }

  private withPieces(puts: readonly { from: number; to: number; piece: SourceText }[]): SourceText {
    const pieces: Bytes[] = [];
    let { isAscii: isStillAscii, isWellFormed } = this;
    let at = 0;
    for (const { from, to, piece } of puts.toSorted((one, other) => one.from - other.from)) {
      isStillAscii &&= piece.isAscii;
      isWellFormed &&= piece.isWellFormed;
      pieces.push(this.bytes.subarray(at, from), piece.bytes);
      at = to;
    }
    pieces.push(this.bytes.subarray(at));
    return new SourceText(joined(pieces), isStillAscii, isWellFormed);
  }

  private blocks(): Uint32Array {
    if (this.units !== undefined) return this.units;
    const { bytes } = this;
    const units = new Uint32Array(Math.ceil(bytes.length / blockLength) + 1);
    for (let block = 0; block + 1 < units.length; block += 1) {
      const from = block * blockLength;
      units[block + 1] = units[block]! + unitsIn(bytes, from, Math.min(bytes.length, from + blockLength));
    }
    this.units = units;
    return units;
  }
}

export type Bytes = Uint8Array<ArrayBuffer>;

/** Replaces the part from `from` to `to` by `put`. */
export interface Edit {
  from: number;
  to: number;
  put: string;
}

const encoder = new TextEncoder();
/** Keeps a byte order mark, because offsets count it. */
export const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const blockLength = 4096;
const fourBytes = 0xf0;
/** True for a byte of a character other than its first. */
export const isTail = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** Units encoded at once: much faster than encoding a large text as a whole. */
const encodedAtOnce = 262_144;

/** Pieces of a text, never cut inside a surrogate pair. */
function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + encodedAtOnce);
    if (to < text.length && endsInside(text, to)) to -= 1;
    yield text.slice(from, to);
    from = to;
  }
}

/** The same slices without splitting surrogate pairs. */
function* wholeSlices(slices: readonly string[]): Generator<string> {
  let half = '';
  for (const [index, next] of slices.entries()) {
    const slice = half + next;
    const isCut = index < slices.length - 1 && endsInside(slice, slice.length);
    half = isCut ? slice.slice(-1) : '';
    yield isCut ? slice.slice(0, -1) : slice;
  }
}

/** True if the text before this place ends with a high surrogate. */
const endsInside = (text: string, place: number): boolean => (text.charCodeAt(place - 1) & 0xfc00) === 0xd800;

/** The bytes of pieces with `units` units in total. */
function encoded(pieces: Iterable<string>, units: number): Bytes {
  let bytes: Bytes = new Uint8Array(units);
  let length = 0;
  let done = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const { read, written } = encoder.encodeInto(
        at === 0 ? piece : piece.slice(at),
        bytes.subarray(length),
      );
      at += read;
      done += read;
      length += written;
      // encodeInto stops before a character that doesn’t fit.
      if (done < units && (at < piece.length || length === bytes.length))
        bytes = resized(bytes, lengthFor(units - done, done, length));
    }
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** Estimates the final size from the bytes per unit so far. */
const lengthFor = (left: number, done: number, length: number): number =>
  length + Math.ceil(left * Math.max(1, length / Math.max(1, done))) + 1024;

function encodedLoosely(text: string): Bytes {
  const pieces: Bytes[] = [];
  for (const { 0: part } of text.matchAll(/\p{Surrogate}|\P{Surrogate}+/gu)) {
    if (part.isWellFormed()) pieces.push(encoder.encode(part));
    else {
      const code = part.charCodeAt(0);
      pieces.push(Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)));
    }
  }
  return joined(pieces);
}

/** Bytes decoded at once while searching. */
const searchedAtOnce = 1_048_576;

/** True if there is a lone surrogate (U+D800 to U+DFFF, which UTF-8 never encodes). */
function hasLoneSurrogate(bytes: Bytes): boolean {
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1))
    if (bytes[at + 1]! >= 0xa0) return true;
  return false;
}

/** So few bytes are read in less time than the decoder takes to start. */
const fewBytes = 24;

function asciiIn(bytes: Bytes): string | undefined {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at]! >= 0x80) return undefined;
    text += String.fromCharCode(bytes[at]!);
  }
  return text;
}

function decodedLoosely(bytes: Bytes): string {
  let text = '';
  let from = 0;
  for (let at = 0; at + 2 < bytes.length; at += 1) {
    if (bytes[at] !== 0xed || bytes[at + 1]! < 0xa0) continue;
    text += decoder.decode(bytes.subarray(from, at));
    text += String.fromCharCode(0xd000 | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f));
    from = at + 3;
    at += 2;
  }
  return text + decoder.decode(bytes.subarray(from));
}

export function joined(pieces: readonly Bytes[]): Bytes {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Reads eight bytes at a time, because most text is ASCII. */
function unitsIn(bytes: Bytes, from: number, to: number): number {
  const words = viewOf(bytes);
  let units = 0;
  for (let at = from; at < to;) {
    const before = at;
    while (to - at >= 8 && ((words.getInt32(at, true) | words.getInt32(at + 4, true)) & 0x8080_8080) === 0)
      at += 8;
    units += at - before;
    for (const end = Math.min(to, at + 8); at < end; at += 1) units += unitsOf(bytes[at]!);
  }
  return units;
}

/** The units of a byte: the first byte of a character counts for all of it. */
function unitsOf(byte: number): number {
  if (isTail(byte)) return 0;
  return byte >= fourBytes ? 2 : 1;
}

/** The line ends between two offsets. Reads eight bytes at a time, because most have no line end. */
export function lineEndsIn(bytes: Bytes, from: number, to: number): number {
  const words = viewOf(bytes);
  let ends = 0;
  for (let at = from; at < to;) {
    while (
      to - at >= 8 &&
      (controlsIn(words.getInt32(at, true)) | controlsIn(words.getInt32(at + 4, true))) === 0
    )
      at += 8;
    for (const end = Math.min(to, at + 8); at < end; at += 1) ends += endsLine(bytes, at);
  }
  return ends;
}

/** Reads eight bytes at a time, because a line may be all of a large text. */
function lastLineEndIn(bytes: Bytes, from: number, to: number): number {
  const words = viewOf(bytes);
  for (let at = to; at > from;) {
    while (
      at - from >= 8 &&
      (controlsIn(words.getInt32(at - 4, true)) | controlsIn(words.getInt32(at - 8, true))) === 0
    )
      at -= 8;
    for (const end = Math.max(from, at - 8); at > end; at -= 1)
      if (endsLine(bytes, at - 1) === 1) return at - 1;
  }
  return -1;
}

/** Not 0 if one of four bytes is a control character, such as a line end. */
const controlsIn = (word: number): number => (word - 0x2020_2020) & ~word & 0x8080_8080;

/** 1 if a line ends with the byte at an offset, else 0. */
export function endsLine(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  return byte === 0x0a || (byte === 0x0d && bytes[at + 1] !== 0x0a) ? 1 : 0;
}

/** Reads four bytes at a time. */
function isAscii(bytes: Bytes): boolean {
  const words = viewOf(bytes);
  let seen = 0;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) seen |= words.getInt32(at, true);
  for (; at < bytes.length; at += 1) seen |= bytes[at]!;
  return (seen & 0x8080_8080) === 0;
}
