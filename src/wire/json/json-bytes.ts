import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DOT,
  LARGE_E,
  LINE_FEED,
  MINUS,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  RETURN,
  SMALL_E,
  SPACE,
  ZERO,
} from '#wire/text/char-codes.ts';
import { deepestNesting } from './json-reader.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The offset after a JSON value in well-formed UTF-8 in which `readJson` would find no problem, or -1. It may refuse a
 * valid value (rarely: keys with equal hashes, exponents of three digits), but never accepts one with a problem. `depth` is
 * the number of lists and objects around it.
 */
export function skipValid(bytes: Bytes, from: number, depth = 0): number {
  if (bytes[from] === QUOTE) return skipString(bytes, from);
  keyCount = 0;
  lineEnds = 0;
  return skipNested(bytes, from, depth);
}

let lineEnds = 0;

/** Line ends inside the list or the object that `skipValid` skipped last. */
export const skippedLineEnds = (): number => lineEnds;

function skipNested(bytes: Bytes, from: number, depth: number): number {
  const first = bytes[from];
  if (first === QUOTE) return skipString(bytes, from);
  if (first === OPEN_OBJECT) return skipObject(bytes, from, depth + 1);
  if (first === OPEN_LIST) return skipList(bytes, from, depth + 1);
  if (first! < 0x66) return skipNumber(bytes, from);
  const word = from + 4 <= bytes.length ? viewOf(bytes).getInt32(from) : 0;
  if (word === wordNull || word === wordTrue) return from + 4;
  return word === wordFals && bytes[from + 4] === SMALL_E ? from + 5 : -1;
}

/** The next offset without white space of JSON. */
export function skipSpace(bytes: Bytes, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at]!;
    if (!(byte <= SPACE)) return at;
    if (byte === LINE_FEED || (byte === RETURN && bytes[at + 1] !== LINE_FEED)) lineEnds += 1;
    else if (byte !== SPACE && byte !== RETURN && byte !== 0x09) return at;
    at += 1;
  }
}

/** The source that was viewed last, and its view. */
let viewed: Bytes | undefined;
let view = new DataView(new ArrayBuffer(0));

/** A view of a source, for reading several bytes at once. */
export function viewOf(bytes: Bytes): DataView {
  if (bytes !== viewed) {
    viewed = bytes;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  return view;
}

/** The offset after a valid string, or -1. */
function skipString(bytes: Bytes, from: number): number {
  const words = viewOf(bytes);
  const lastWord = bytes.length - 4;
  for (let at = from + 1; ;) {
    let special = 0;
    // Most of a long text is ordinary: this is three times as fast as byte by byte.
    while (at <= lastWord && (special = specialBytes(words.getInt32(at, true), backslashes)) === 0) at += 4;
    if (special !== 0) at += bytesBefore(special);
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) {
      at = skipEscape(bytes, at);
      if (at < 0) return -1;
    } else if (byte >= 0x20) at += 1;
    // A control character, or the end of the text.
    else return -1;
  }
}

/** A backslash in each of four bytes. */
export const backslashes = 0x5c5c_5c5c;

/**
 * Not 0 if one of four bytes is a quotation mark, a control character, or the byte repeated in `others`; the lowest set
 * bit is the highest bit of the first such byte.
 */
export function specialBytes(word: number, others: number): number {
  // Swaps the quotation mark (0x22) and the space (0x20), so that one comparison finds the mark and all below it.
  const quotesLow = word ^ 0x0202_0202;
  // A byte that is too small borrows from its highest bit.
  return ((quotesLow - 0x2121_2121) | ((word ^ others) - 0x0101_0101)) & ~word & 0x8080_8080;
}

/** How many of four bytes come before the first special one. */
export const bytesBefore = (special: number): number => (31 - Math.clz32(special & -special)) >> 3;

/** The word with zeros from its first special byte on. */
export const wordBefore = (word: number, special: number): number =>
  word & (((special & -special) >>> 7) - 1);

/** The offset after an escape at `from`, or -1 for an unknown one, NUL or half of a surrogate pair. */
export function skipEscape(bytes: Bytes, from: number): number {
  if (bytes[from + 1] !== 0x75) return isSimpleEscape(bytes[from + 1]!) ? from + 2 : -1;
  const code = hexAt(bytes, from + 2);
  // NUL, or no four digits.
  if (code <= 0) return -1;
  if (code < 0xd800 || code > 0xdfff) return from + 6;
  const isPair =
    code < 0xdc00 &&
    bytes[from + 6] === BACKSLASH &&
    bytes[from + 7] === 0x75 &&
    isLow(hexAt(bytes, from + 8));
  return isPair ? from + 12 : -1;
}

const isLow = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** `"` `\` `/` `b` `f` `n` `r` `t` */
function isSimpleEscape(letter: number): boolean {
  return (
    letter === QUOTE ||
    letter === 0x6e ||
    letter === BACKSLASH ||
    letter === 0x2f ||
    letter === 0x74 ||
    letter === 0x72 ||
    letter === 0x62 ||
    letter === 0x66
  );
}

/** The four hexadecimal digits at an offset, or -1. */
export function hexAt(bytes: Bytes, from: number): number {
  let code = 0;
  for (let at = from; at < from + 4; at += 1) {
    const byte = bytes[at]!;
    const letter = byte | 0x20;
    if (byte >= ZERO && byte <= 0x39) code = code * 16 + byte - ZERO;
    else if (letter >= 0x61 && letter <= 0x66) code = code * 16 + letter - 0x57;
    else return -1;
  }
  return code;
}

function skipList(bytes: Bytes, from: number, depth: number): number {
  if (depth > deepestNesting) return -1;
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === CLOSE_LIST) return at + 1;
  for (;;) {
    at = skipNested(bytes, at, depth);
    if (at < 0) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_LIST) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

/** Hashes of the keys of all open objects. */
const keys = new Int32Array(4096);
let keyCount = 0;

function skipObject(bytes: Bytes, from: number, depth: number): number {
  if (depth > deepestNesting) return -1;
  const firstKey = keyCount;
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === CLOSE_OBJECT) return at + 1;
  for (;;) {
    if (bytes[at] !== QUOTE) return -1;
    at = skipKey(bytes, at, firstKey);
    if (at < 0) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] !== COLON) return -1;
    at = skipSpace(bytes, at + 1);
    at = skipNested(bytes, at, depth);
    if (at < 0) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_OBJECT) break;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
  keyCount = firstKey;
  return at + 1;
}

/** Also -1 for a key with escapes, and for one that its object may already have. */
function skipKey(bytes: Bytes, from: number, firstKey: number): number {
  const words = viewOf(bytes);
  // The quotation mark isn’t among the last three bytes: a colon, a value and a bracket come after it.
  const lastWord = bytes.length - 4;
  let hash = 0;
  let at = from + 1;
  for (; ; at += 4) {
    if (at > lastWord) return -1;
    const word = words.getInt32(at, true);
    const special = specialBytes(word, backslashes);
    if (special !== 0) {
      at += bytesBefore(special);
      hash = keyStep(hash, wordBefore(word, special));
      break;
    }
    hash = keyStep(hash, word);
  }
  if (bytes[at] !== QUOTE) return -1;
  for (let index = firstKey; index < keyCount; index += 1) if (keys[index] === hash) return -1;
  if (keyCount === keys.length || keyCount - firstKey > 100) return -1;
  keys[keyCount] = hash;
  keyCount += 1;
  return at + 1;
}

function keyStep(before: number, word: number): number {
  const hash = Math.imul(before ^ word, 0x9e3779b1);
  return hash ^ (hash >>> 16);
}

function skipNumber(bytes: Bytes, from: number): number {
  let at = bytes[from] === MINUS ? from + 1 : from;
  const first = at;
  at = digitsEnd(bytes, at);
  if (at === first || (bytes[first] === ZERO && at > first + 1)) return -1;
  if (bytes[at] === DOT) {
    const dot = at;
    at = digitsEnd(bytes, dot + 1);
    if (at === dot + 1) return -1;
  }
  // Longer numbers may be out of range.
  if (at - from > 300) return -1;
  if (bytes[at] !== SMALL_E && bytes[at] !== LARGE_E) return at;
  at += 1;
  if (bytes[at] === 0x2b || bytes[at] === MINUS) at += 1;
  const power = at;
  at = digitsEnd(bytes, at);
  return at === power || at > power + 2 || at - from > 100 ? -1 : at;
}

function digitsEnd(bytes: Bytes, from: number): number {
  let at = from;
  while (bytes[at]! >= ZERO && bytes[at]! <= 0x39) at += 1;
  return at;
}

/** The first four bytes of `null`, `true` and `false`. */
const wordNull = 0x6e75_6c6c;
const wordTrue = 0x7472_7565;
const wordFals = 0x6661_6c73;
