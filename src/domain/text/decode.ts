import { endsLine, SourceText } from './source-text.ts';

/** The encodings that are detected. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Bytes used for detection. */
export const headLength = 512;

/** True if a file starts with the magic number of gzip. */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/**
 * Detects UTF-16 by its byte order mark, or by zeros in every second byte (mostly ASCII text). Everything else is
 * assumed to be UTF-8, which is validated later.
 */
export function encodingOf(head: Uint8Array): Encoding {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const pairs = Math.floor(Math.min(head.length, headLength) / 2);
  for (let at = 0; at < 2 * pairs; at += 1) if (head[at] === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  if (odd * 2 > pairs && odd > 8 * even) return 'utf-16le';
  if (even * 2 > pairs && even > 8 * odd) return 'utf-16be';
  return 'utf-8';
}

/** The first place where a file isn’t valid UTF-8. */
export interface InvalidUtf8 {
  /** Byte offset, from 0. */
  offset: number;
  byte: number;
  /** From 1. */
  line: number;
}

/** Finds the first byte that isn’t valid UTF-8 (RFC 3629). */
export function findInvalidUtf8(bytes: Uint8Array): InvalidUtf8 | undefined {
  const lead = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  for (let at = 0; at < bytes.length;) {
    // ASCII is skipped four bytes at a time.
    if ((at - lead) % 4 === 0) {
      let word = (at - lead) / 4;
      while (word < words.length && (words[word]! & 0x8080_8080) === 0) word += 1;
      at = lead + word * 4;
      if (at >= bytes.length) break;
    }
    const length = sequenceLength(bytes, at);
    if (length === 0) return { offset: at, byte: bytes[at]!, line: lineOf(bytes, at) };
    at += length;
  }
  return undefined;
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at += 1) line += endsLine(bytes, at);
  return line;
}

/**
 * Replaces \r\n and \r by \n, as editors do. Works in place on UTF-8 bytes; returns the remaining part.
 */
export function withPlainLineEnds<Of extends ArrayBufferLike>(bytes: Uint8Array<Of>): Uint8Array<Of> {
  const first = bytes.indexOf(0x0d);
  if (first < 0) return bytes;
  let length = first;
  for (let at = first; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === 0x0d && bytes[at + 1] === 0x0a) continue;
    bytes[length] = byte === 0x0d ? 0x0a : byte;
    length += 1;
  }
  return bytes.subarray(0, length);
}

/** A text from slices that may be cut anywhere; its line ends become \n. */
export function textOfSlices(slices: readonly string[]): SourceText {
  const text = SourceText.ofSlices(slices);
  const isPlain = slices.every((slice) => !slice.includes('\r'));
  return isPlain ? text : SourceText.ofOwn(withPlainLineEnds(text.bytes));
}

/** The length in bytes of the character at `at`; 0 if it is invalid. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first <= 0xf4 ? 4 : 0;
  if (length === 0 || first < 0xc2) return 0;
  // The second byte excludes overlong forms, surrogates and code points beyond U+10FFFF.
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (second < least || second > most) return 0;
  for (let index = 2; index < length; index += 1) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
