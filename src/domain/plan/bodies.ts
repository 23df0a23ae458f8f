import { writeJson, type JsonObject } from '#wire/json/json.ts';
import { MINUS, QUOTE } from '#wire/text/char-codes.ts';

/** Finished request bodies as JSON in UTF-8, each compressed by `Compressor`. */
export interface StoredBodies {
  /** The compressed bodies one after another, in pieces: one buffer would be copied when it grows, and when it is stored. */
  bodies: Uint8Array<ArrayBuffer>[];
  /** Each is from its start to that of the next one. */
  bodyStarts: Float64Array;
}

/** Each body is stored as what differs from the first one of its block. */
const bodiesInBlock = 64;

/** The body with this number. */
export function bodyBytesOf(stored: StoredBodies, number: number): Uint8Array<ArrayBuffer> {
  const first = number - (number % bodiesInBlock);
  const reference = first === number ? nothing : firstOfBlock(compressedOf(stored, first));
  return expand(compressedOf(stored, number), reference);
}

/** The first body of a block has no copies, so that its bytes are at the end. */
function firstOfBlock(compressed: Uint8Array): Uint8Array {
  const length = new NumberReader(compressed).next();
  return compressed.subarray(compressed.length - length);
}

/** Its length in bytes. */
export const bodyLengthOf = (stored: StoredBodies, number: number): number =>
  new NumberReader(compressedOf(stored, number)).next();

const compressedOf = ({ bodies, bodyStarts }: StoredBodies, number: number): Uint8Array =>
  bytesBetween(bodies, bodyStarts[number]!, bodyStarts[number + 1]!);

/** The bytes from one place in some pieces to another; a copy only if they are in several of them. */
export function bytesBetween(pieces: readonly Uint8Array[], from: number, to: number): Uint8Array {
  let start = 0;
  let copied: Uint8Array | undefined;
  for (const piece of pieces) {
    const part = piece.subarray(Math.max(0, from - start), Math.max(0, to - start));
    if (part.length === to - from) return part;
    if (part.length > 0) (copied ??= new Uint8Array(to - from)).set(part, Math.max(0, start - from));
    start += piece.length;
    if (start >= to) break;
  }
  return copied ?? nothing;
}

const nothing = new Uint8Array();
const encoder = new TextEncoder();

/** The size of a piece, unless a body is larger. */
const pieceBytes = 1 << 20;

/** Collects request bodies. */
export class BodyWriter {
  private readonly pieces: Uint8Array<ArrayBuffer>[] = [];
  private readonly starts = [0];
  private readonly compressor = new Compressor();
  /** The current body. */
  private body = new Uint8Array(4096);
  /** Written again and again; what is in it is copied once it is full. */
  private piece = new Uint8Array(pieceBytes);
  private used = 0;

  write(body: JsonObject): void {
    const text = writeJson(body);
    this.reserve(3 * text.length);
    this.append(encoder.encodeInto(text, this.body).written);
  }

  /** Adds a finished body. Its regions are marked as `from`, the copy’s as `to`. */
  copy(body: Uint8Array, from = '', to = ''): void {
    this.reserve(body.length * Math.max(1, Math.ceil((to.length + 2) / (from.length + 2))));
    const copied = this.body;
    let end = 0;
    for (let at = 0; at < body.length;) {
      const byte = body[at]!;
      copied[end] = byte;
      at += 1;
      end += 1;
      // A marker is the beginning of a string, followed by the number of the region.
      if (byte !== QUOTE || from === to || !isMarkerAt(body, at, from)) continue;
      for (let unit = 0; unit < to.length; unit += 1) copied[end + unit] = to.charCodeAt(unit);
      end += to.length;
      at += from.length;
    }
    this.append(end);
  }

  /** Returns pieces of exactly the written size, because they are stored. */
  finish(): StoredBodies {
    this.endPiece();
    return { bodies: this.pieces, bodyStarts: Float64Array.from(this.starts) };
  }

  private reserve(bytes: number): void {
    if (bytes > this.body.length) this.body = new Uint8Array(bytes);
  }

  private append(length: number): void {
    const { compressor, starts } = this;
    const body = this.body.subarray(0, length);
    if ((starts.length - 1) % bodiesInBlock === 0) compressor.endBlock();
    const most = mostCompressed(length);
    if (this.used + most > this.piece.length) this.endPiece();
    if (most > this.piece.length) this.piece = new Uint8Array(most);
    const bytes = compressor.compress(body, this.piece.subarray(this.used));
    this.used += bytes;
    starts.push(starts.at(-1)! + bytes);
  }

  private endPiece(): void {
    if (this.used > 0) this.pieces.push(this.piece.slice(0, this.used));
    this.used = 0;
  }
}

/** Markers are ASCII. Avoids creating strings, because there may be 100,000 bodies with several regions each. */
function isMarkerAt(body: Uint8Array, at: number, marker: string): boolean {
  for (let unit = 0; unit < marker.length; unit += 1)
    if (body[at + unit] !== marker.charCodeAt(unit)) return false;
  return body[at + marker.length] === MINUS;
}

/** Shorter matches cost more bytes than they save. */
const shortestCopy = 8;
const placeBits = 12;

/** The most that `compress` writes: the numbers of a copy take less than twice the bytes that they replace. */
const mostCompressed = (bytes: number): number => 2 * bytes + 16;

/**
 * Compresses bodies as copies from a reference, the first body since the last `endBlock`, and the bytes between them: the
 * length of the body, then in turns the number of other bytes, these bytes, the length of a copy and its place in the
 * reference. Numbers have 7 bits a byte, the low ones first.
 */
class Compressor {
  private reference = new DataView(nothing.buffer);
  /** By the hash of four bytes: one of their places in the reference, plus one. */
  private readonly places = new Uint32Array(1 << placeBits);
  private into: Uint8Array = nothing;
  private end = 0;
  private isFirst = true;

  endBlock(): void {
    this.isFirst = true;
  }

  /** Writes the compressed body; returns its length, at most `mostCompressed`. */
  compress(body: Uint8Array, into: Uint8Array): number {
    this.into = into;
    this.end = 0;
    this.putNumber(body.length);
    if (this.isFirst) {
      this.refer(body);
      if (body.length > 0) this.putBytes(body, 0, body.length);
      return this.end;
    }
    const { places } = this;
    const words = new DataView(body.buffer, body.byteOffset, body.length);
    let from = 0;
    for (let at = 0; at + shortestCopy <= body.length;) {
      const place = places[hashOf(words.getInt32(at))]! - 1;
      const length = place < 0 ? 0 : this.sameBytes(words, at, place);
      if (length < shortestCopy) {
        at += 1;
        continue;
      }
      this.putBytes(body, from, at);
      this.putNumber(length);
      this.putNumber(place);
      at += length;
      from = at;
    }
    if (from < body.length) this.putBytes(body, from, body.length);
    return this.end;
  }

  private refer(body: Uint8Array): void {
    const { buffer } = body.slice();
    const words = new DataView(buffer);
    this.isFirst = false;
    this.reference = words;
    this.places.fill(0);
    // Backwards, so that the first place stays: longer copies begin there.
    for (let at = body.length - 4; at >= 0; at -= 1) this.places[hashOf(words.getInt32(at))] = at + 1;
  }

  /** How many bytes from `at` on are those of the reference at `place`. */
  private sameBytes(body: DataView, at: number, place: number): number {
    const { reference } = this;
    const most = Math.min(body.byteLength - at, reference.byteLength - place);
    let length = 0;
    while (length + 4 <= most && body.getInt32(at + length) === reference.getInt32(place + length))
      length += 4;
    while (length < most && body.getUint8(at + length) === reference.getUint8(place + length)) length += 1;
    return length;
  }

  private putBytes(body: Uint8Array, from: number, to: number): void {
    this.putNumber(to - from);
    for (let at = from; at < to; at += 1) this.into[this.end++] = body[at]!;
  }

  private putNumber(number: number): void {
    let rest = number;
    for (; rest > 0x7f; rest >>>= 7) this.into[this.end++] = (rest & 0x7f) | 0x80;
    this.into[this.end++] = rest;
  }
}

const hashOf = (word: number): number => Math.imul(word, 0x9e3779b1) >>> (32 - placeBits);

/** @throws if it isn’t what `Compressor` made */
function expand(compressed: Uint8Array, reference: Uint8Array): Uint8Array<ArrayBuffer> {
  const reader = new NumberReader(compressed);
  const length = reader.next();
  if (length > mostExpanded(compressed.length, reference.length)) throw new RangeError('Damaged body');
  const body = new Uint8Array(length);
  for (let end = 0; end < length;) {
    const others = reader.next();
    copyBytes(compressed, reader.at, body, end, others);
    reader.at += others;
    end += others;
    if (end === length) break;
    const copied = reader.next();
    const place = reader.next();
    if (copied === 0) throw new RangeError('Damaged body');
    copyBytes(reference, place, body, end, copied);
    end += copied;
  }
  if (reader.at !== compressed.length) throw new RangeError('Damaged body');
  return body;
}

/** @throws unless all are in both */
function copyBytes(source: Uint8Array, from: number, target: Uint8Array, at: number, count: number): void {
  if (from + count > source.length || at + count > target.length) throw new RangeError('Damaged body');
  for (let index = 0; index < count; index += 1) target[at + index] = source[from + index]!;
}

/** A copy takes at least three bytes. */
const mostExpanded = (compressed: number, reference: number): number =>
  compressed + Math.ceil(compressed / 3) * reference;

class NumberReader {
  at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  next(): number {
    let number = 0;
    for (let bits = 0; bits < 35; bits += 7) {
      const byte = this.bytes[this.at++] ?? 0;
      number += (byte & 0x7f) * 2 ** bits;
      if (byte < 0x80) break;
    }
    return number;
  }
}
