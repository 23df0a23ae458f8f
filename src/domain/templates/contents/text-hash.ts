import { hexAt } from '#wire/json-bytes.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/*
 * The hash of a text is that of its UTF-8 bytes, FNV-1 without its offset. An escape counts as the bytes of its character, so
 * that a text has one hash however it is written.
 */

export const hashStep = 0x01000193;

const encoder = new TextEncoder();
const encoded = new Uint8Array(3 * 1024);

/** The hash of a text, as the trie leaves it in its slot. */
export function hashOfText(text: string): number {
  const isShort = text.length * 3 <= encoded.length;
  const bytes = isShort ? encoded : encoder.encode(text);
  const length = isShort ? encoder.encodeInto(text, encoded).written : bytes.length;
  let hash = 0;
  for (let at = 0; at < length; at += 1) hash = Math.imul(hash ^ bytes[at]!, hashStep);
  return hash;
}

/** Goes on with a hash for the valid escape at an offset. */
export function hashOfEscape(source: Bytes, at: number, hash: number): number {
  const letter = source[at + 1]!;
  if (letter !== 0x75) return Math.imul(hash ^ (controls.get(letter) ?? letter), hashStep);
  const unit = hexAt(source, at + 2);
  const isPair = unit >= 0xd800 && unit <= 0xdbff;
  const code = isPair ? 0x10000 + ((unit - 0xd800) << 10) + (hexAt(source, at + 8) - 0xdc00) : unit;
  return hashOfCode(code, hash);
}

function hashOfCode(code: number, before: number): number {
  if (code < 0x80) return Math.imul(before ^ code, hashStep);
  let hash = before;
  let shift = code < 0x800 ? 6 : code < 0x10000 ? 12 : 18;
  const marker = code < 0x800 ? 0xc0 : code < 0x10000 ? 0xe0 : 0xf0;
  hash = Math.imul(hash ^ (marker | (code >> shift)), hashStep);
  while (shift > 0) {
    shift -= 6;
    hash = Math.imul(hash ^ (0x80 | ((code >> shift) & 0x3f)), hashStep);
  }
  return hash;
}

/** The characters that `\b`, `\f`, `\n`, `\r` and `\t` stand for. */
const controls = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);
