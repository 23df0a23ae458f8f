import { ZERO } from '#wire/text/char-codes.ts';

/** Compares words as people do: without their case, and `a2` before `a10`. */
const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * The rank of each value: numbers by size, then words, then empty texts, which are last in descending order as well.
 * Equal values have the same rank.
 */
export function ranksOf(values: readonly string[], isDescending: boolean): Uint32Array {
  const numbers: string[] = [];
  const words: string[] = [];
  for (const value of new Set(values))
    if (value !== '') (Number.isNaN(Number(value)) ? words : numbers).push(value);
  const ranks = new Map<string, number>();
  const first = rank(numbers, numbers.map(Number), byUnits, ranks, 0);
  const keys = words.map(keyOf);
  const end = keys.every((key) => key !== undefined)
    ? rank(words, keys, byUnits, ranks, first)
    : rank(words, words, compare, ranks, first);
  return Uint32Array.from(values, (value) => {
    if (value === '') return end;
    const ascending = ranks.get(value)!;
    return isDescending ? end - 1 - ascending : ascending;
  });
}

/** Ranks texts by their keys, from `first`; gives the next rank. */
function rank<Key>(
  texts: readonly string[],
  keys: readonly Key[],
  comparison: (one: Key, other: Key) => number,
  ranks: Map<string, number>,
  first: number,
): number {
  const order = Uint32Array.from(texts.keys()).toSorted((one, other) => comparison(keys[one]!, keys[other]!));
  let next = first;
  for (const [at, index] of order.entries()) {
    if (at > 0 && comparison(keys[order[at - 1]!]!, keys[index]!) !== 0) next += 1;
    ranks.set(texts[index]!, next);
  }
  return order.length === 0 ? first : next + 1;
}

/** Compares numbers by size, and texts by their code units. */
const byUnits = <Key extends number | string>(one: Key, other: Key): number =>
  one < other ? -1 : Number(one > other);

/**
 * For each printable ASCII character, a unit by its place in the collator’s order, upper and lower case as one. There is
 * room after each of them.
 */
const asciiUnits = new Uint16Array(128);
const letters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).toSorted(compare);
for (const [index, letter] of letters.entries()) {
  const before = letters[index - 1];
  const isSame = before !== undefined && compare(before, letter) === 0;
  asciiUnits[letter.charCodeAt(0)] = isSame ? asciiUnits[before.charCodeAt(0)]! : (index + 1) * 64;
}

/** More digits than numbers in names have; less than the room after the unit of a digit. */
const maxDigits = 60;

/** Longer texts are left to the collator. */
const maxKeyed = 16_384;

/**
 * A key whose code units sort as the collator does, which is ten times as fast. A number in the text is its length and
 * its digits. Undefined for texts that only the collator can compare.
 */
function keyOf(text: string): string | undefined {
  if (text.length > maxKeyed) return undefined;
  const units: number[] = [];
  for (let at = 0; at < text.length;) {
    const unit = asciiUnits[text.charCodeAt(at)];
    // Undefined or 0.
    if (!unit) return undefined;
    let end = at;
    while (isDigit(text.charCodeAt(end))) end += 1;
    if (end === at) {
      units.push(unit);
      at += 1;
      continue;
    }
    while (at < end - 1 && text.charCodeAt(at) === ZERO) at += 1;
    if (end - at > maxDigits) return undefined;
    units.push(asciiUnits[ZERO]! + end - at);
    while (at < end) units.push(text.charCodeAt(at++));
  }
  return String.fromCharCode(...units);
}

/** Not of the end of a text, which is NaN. */
const isDigit = (code: number): boolean => code >= ZERO && code <= 0x39;
