import { resized } from './resized.ts';

/**
 * The text of a source as it is kept and read: its bytes in UTF-8, where whatever divides a table or JSON is one byte.
 * Offsets are bytes, but for those that say that they are units: UTF-16 code units, by which editors count.
 *
 * Half a character (a lone surrogate) has no place in UTF-8. A text that was typed may hold one, and it must be seen as a
 * mistake rather than be replaced, so it is kept in three bytes as if it were a character (https://wtf-8.codeberg.page).
 */
export class SourceText {
  readonly bytes: Bytes;
  /** Where it is, bytes and units are the same. */
  readonly isAscii: boolean;
  /** False where half a character stands somewhere. */
  readonly isWellFormed: boolean;
  /** The units before each block of bytes, and at the end those of all. Made when they are asked for. */
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

  /** A text that comes in slices, wherever they are cut. */
  static ofSlices(slices: readonly string[]): SourceText {
    const whole = [...wholeSlices(slices)];
    if (!whole.every((slice) => slice.isWellFormed())) return SourceText.of(whole.join(''));
    const units = whole.reduce((sum, { length }) => sum + length, 0);
    const bytes = encoded(whole, units);
    return new SourceText(bytes, bytes.length === units, true);
  }

  /** Takes over bytes that are known to be UTF-8. They are not to be changed any more. */
  static ofUtf8(bytes: Bytes): SourceText {
    return new SourceText(bytes, isAscii(bytes), true);
  }

  /** Takes over the bytes of another one. */
  static ofOwn(bytes: Bytes): SourceText {
    return new SourceText(bytes, isAscii(bytes), !holdsHalf(bytes));
  }

  /** In units. */
  get length(): number {
    return this.isAscii ? this.bytes.length : this.blocks().at(-1)!;
  }

  /** A part of it, as a text of its own. */
  part(from: number, to: number): SourceText {
    const bytes = this.bytes.subarray(from, to);
    return new SourceText(bytes, this.isAscii || isAscii(bytes), this.isWellFormed);
  }

  /** What stands between two offsets. */
  slice(from: number, to: number): string {
    const part = this.bytes.subarray(from, to);
    return this.isWellFormed ? decoder.decode(part) : decodedLoosely(part);
  }

  toString(): string {
    return this.slice(0, this.bytes.length);
  }

  /** Whether these words, of ASCII only, stand anywhere. */
  includes(words: string): boolean {
    for (let from = 0; from < this.bytes.length; from += searchedAtOnce) {
      const part = this.bytes.subarray(from, from + searchedAtOnce + words.length - 1);
      if (decoder.decode(part).includes(words)) return true;
    }
    return false;
  }

  /** How many units stand before an offset. */
  unitsAt(offset: number): number {
    if (this.isAscii) return offset;
    const block = Math.floor(offset / blockLength);
    return this.blocks()[block]! + unitsIn(this.bytes, block * blockLength, offset);
  }

  /** How many units stand between two offsets. */
  unitsBetween(from: number, to: number): number {
    return this.isAscii ? to - from : unitsIn(this.bytes, from, to);
  }

  /** How many lines end between two offsets: with \n, \r\n or a lone \r. */
  lineEndsBetween(from: number, to: number): number {
    return lineEndsIn(this.bytes, from, to);
  }

  /** The offset before which so many units stand; in the middle of a character, that of the character. */
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

  /** The text after some changes, which may stand in any order, and must not overlap. */
  edited(edits: readonly Edit[]): SourceText {
    return this.withPieces(edits.map(({ from, to, put }) => ({ from, to, piece: SourceText.of(put) })));
  }

  /** The text with another one in the place of what stands between two offsets. */
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

/** One change: what stands from `from` to `to` gives way to `put`. */
export interface Edit {
  from: number;
  to: number;
  put: string;
}

const encoder = new TextEncoder();
/** A mark at the beginning is a part of the text: offsets count it. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const blockLength = 4096;
const fourBytes = 0xf0;
const isTail = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** As many units of a text are encoded at once: much faster than all of a large one. */
const encodedAtOnce = 262_144;

/** Cut between characters: each half of one by itself is none. */
function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + encodedAtOnce);
    if (to < text.length && endsInside(text, to)) to -= 1;
    yield text.slice(from, to);
    from = to;
  }
}

/** The same text in slices that are cut between characters. */
function* wholeSlices(slices: readonly string[]): Generator<string> {
  let half = '';
  for (const [index, next] of slices.entries()) {
    const slice = half + next;
    const isCut = index < slices.length - 1 && endsInside(slice, slice.length);
    half = isCut ? slice.slice(-1) : '';
    yield isCut ? slice.slice(0, -1) : slice;
  }
}

/** Whether the first half of a character stands before this place. */
const endsInside = (text: string, place: number): boolean => (text.charCodeAt(place - 1) & 0xfc00) === 0xd800;

/** The bytes of pieces that have so many units together. */
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
      // A character that has no room is not begun.
      if (done < units && (at < piece.length || length === bytes.length))
        bytes = resized(bytes, lengthFor(units - done, done, length));
    }
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** Room for what is left, if it goes on as it was so far. */
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

/** As many bytes are searched at once: what is decoded for it is not to be as large as the text. */
const searchedAtOnce = 1_048_576;

/** Whether half a character is among them: where a character cannot begin, for UTF-8 has none from D800 to DFFF. */
function holdsHalf(bytes: Bytes): boolean {
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1))
    if (bytes[at + 1]! >= 0xa0) return true;
  return false;
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

function joined(pieces: readonly Bytes[]): Bytes {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function unitsIn(bytes: Bytes, from: number, to: number): number {
  let units = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!;
    if (!isTail(byte)) units += byte >= fourBytes ? 2 : 1;
  }
  return units;
}

/** The bytes between two offsets as words of four, from the first offset `start` on at which words may begin. */
function wordsIn(bytes: Bytes, from: number, to: number): { start: number; words: Int32Array } {
  const start = from + ((4 - ((bytes.byteOffset + from) % 4)) % 4);
  if (start + 4 > to) return { start: to, words: new Int32Array(0) };
  return { start, words: new Int32Array(bytes.buffer, bytes.byteOffset + start, (to - start) >> 2) };
}

/** Four bytes at a time: of most words one look tells that no line ends there. */
function lineEndsIn(bytes: Bytes, from: number, to: number): number {
  const { start, words } = wordsIn(bytes, from, to);
  let ends = 0;
  for (let at = from; at < start; at += 1) ends += endsLine(bytes, at);
  for (let index = 0; index < words.length; index += 1) {
    const feeds = words[index]! ^ 0x0a0a_0a0a;
    const returns = words[index]! ^ 0x0d0d_0d0d;
    // A zero in any byte, and only then (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord).
    const hasFeed = (feeds - 0x0101_0101) & ~feeds;
    const hasReturn = (returns - 0x0101_0101) & ~returns;
    if (((hasFeed | hasReturn) & 0x8080_8080) === 0) continue;
    const at = start + index * 4;
    ends += endsLine(bytes, at) + endsLine(bytes, at + 1) + endsLine(bytes, at + 2) + endsLine(bytes, at + 3);
  }
  for (let at = start + words.length * 4; at < to; at += 1) ends += endsLine(bytes, at);
  return ends;
}

/** How many lines end with the byte at an offset: one or none. */
export function endsLine(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  return byte === 0x0a || (byte === 0x0d && bytes[at + 1] !== 0x0a) ? 1 : 0;
}

/** Four bytes at a time. */
function isAscii(bytes: Bytes): boolean {
  const { start, words } = wordsIn(bytes, 0, bytes.length);
  let seen = 0;
  for (let at = 0; at < words.length; at += 1) seen |= words[at]!;
  for (let at = 0; at < start; at += 1) seen |= bytes[at]!;
  for (let at = start + words.length * 4; at < bytes.length; at += 1) seen |= bytes[at]!;
  return (seen & 0x8080_8080) === 0;
}
