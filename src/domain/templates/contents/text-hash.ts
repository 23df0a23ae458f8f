import { BACKSLASH, QUOTE } from '#wire/text/char-codes.ts';
import {
  backslashes,
  bytesBefore,
  hexAt,
  skipEscape,
  specialBytes,
  viewOf,
  wordBefore,
} from '#wire/json/json-bytes.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/*
 * The hash of a text’s UTF-8 bytes, four at a time with the first one lowest. An escape counts as the bytes of its
 * character, so that the notation doesn’t matter.
 */

const encoder = new TextEncoder();

/** Reads each JSON string once for its end and its hash. */
export class TextReader {
  /** The hash of the last text. */
  hash = 0;

  /** The offset after the string whose quotation mark is at an offset, or -1 if it isn’t valid. */
  read(source: Bytes, from: number): number {
    const words = viewOf(source);
    const lastWord = source.length - 4;
    let hash = 0;
    let at = from + 1;
    for (; at <= lastWord; at += 4) {
      const word = words.getInt32(at, true);
      const special = specialBytes(word, backslashes);
      if (special === 0) hash = hashStep(hash, word);
      else {
        const end = at + bytesBefore(special);
        if (source[end] !== QUOTE) break;
        this.hash = hashFrom(hashBefore(hash, word, special));
        return end + 1;
      }
    }
    return this.readEscaped(source, at, hash);
  }

  /** Reads on at the first word that may have an escape. */
  private readEscaped(source: Bytes, start: number, hashSoFar: number): number {
    const words = viewOf(source);
    const lastWord = source.length - 4;
    let hash = hashSoFar;
    // Bytes that don’t fill a word yet, and their bits.
    let pending = 0;
    let pendingBits = 0;
    for (let at = start; ;) {
      let word = at <= lastWord ? words.getInt32(at, true) : lastBytes(source, at);
      const special = specialBytes(word, backslashes);
      let bits = 32;
      if (special === 0) at += 4;
      else {
        // The bits of the bytes before the first special one.
        bits = (31 - Math.clz32(special & -special)) & 24;
        if (bits > 0) {
          word &= (1 << bits) - 1;
          at += bits >> 3;
        } else {
          if (source[at] === QUOTE) {
            this.hash = hashFrom(pendingBits === 0 ? hash : hashStep(hash, pending));
            return at + 1;
          }
          const end = source[at] === BACKSLASH ? skipEscape(source, at) : -1;
          if (end < 0) return -1;
          word = escapedBytes(source, at);
          bits = bitsOf(word);
          at = end;
        }
      }
      pending |= word << pendingBits;
      if (pendingBits + bits >= 32) {
        hash = hashStep(hash, pending);
        pending = (word >>> 1) >>> (31 - pendingBits);
      }
      pendingBits = (pendingBits + bits) & 31;
    }
  }
}

/** The hash of a text, as in `TextReader`. */
export function hashOfText(text: string): number {
  let hash = 0;
  let pending = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return hashOfBytes(encoder.encode(text));
    pending |= unit << ((at & 3) * 8);
    if ((at & 3) < 3) continue;
    hash = hashStep(hash, pending);
    pending = 0;
  }
  return hashFrom((text.length & 3) === 0 ? hash : hashStep(hash, pending));
}

/** The hash of a text by its UTF-8 bytes. */
export function hashOfBytes(bytes: Bytes, from = 0, to = bytes.length): number {
  const words = viewOf(bytes);
  let hash = 0;
  let at = from;
  for (; at + 4 <= to; at += 4) hash = hashStep(hash, words.getInt32(at, true));
  if (at === to) return hashFrom(hash);
  const last = at + 4 <= bytes.length ? words.getInt32(at, true) : lastBytes(bytes, at);
  return hashFrom(hashStep(hash, last & ((1 << ((to - at) * 8)) - 1)));
}

/** The hash of a text from that of all its bytes: 31 bits, because V8 allocates memory for a field with a larger number. */
export const hashFrom = (hash: number): number => hash >> 1;

/** The hash with four more bytes. The shift mixes the high bits into the low ones. */
export function hashStep(before: number, word: number): number {
  const hash = Math.imul(before ^ word, 0x9e3779b1);
  return hash ^ (hash >>> 16);
}

/** The hash with the bytes of a word before its first special one. */
export function hashBefore(hash: number, word: number, special: number): number {
  const before = wordBefore(word, special);
  return before === 0 ? hash : hashStep(hash, before);
}

/** The bytes from an offset to the end, at most three, padded with zeros. */
const lastBytes = (source: Bytes, at: number): number =>
  (source[at] ?? 0) | ((source[at + 1] ?? 0) << 8) | ((source[at + 2] ?? 0) << 16);

/** The UTF-8 bytes of the character of a valid escape. */
function escapedBytes(source: Bytes, at: number): number {
  const letter = source[at + 1]!;
  if (letter !== 0x75) return controls[letter] ?? letter;
  const unit = hexAt(source, at + 2);
  const isPair = unit >= 0xd800 && unit <= 0xdbff;
  const code = isPair ? 0x10000 + ((unit - 0xd800) << 10) + (hexAt(source, at + 8) - 0xdc00) : unit;
  const last = 0x80 | (code & 0x3f);
  if (code < 0x80) return code;
  if (code < 0x800) return 0xc0 | (code >> 6) | (last << 8);
  const third = 0x80 | ((code >> 6) & 0x3f);
  if (code < 0x10000) return 0xe0 | (code >> 12) | (third << 8) | (last << 16);
  return 0xf0 | (code >> 18) | ((0x80 | ((code >> 12) & 0x3f)) << 8) | (third << 16) | (last << 24);
}

/** The length in bits of a character of UTF-8, by its first byte. */
function bitsOf(word: number): number {
  const first = word & 0xff;
  if (first < 0x80) return 8;
  if (first < 0xe0) return 16;
  return first < 0xf0 ? 24 : 32;
}

/** The characters that `\b`, `\f`, `\n`, `\r` and `\t` stand for. */
const controls: Record<number, number> = { 0x62: 0x08, 0x66: 0x0c, 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09 };
