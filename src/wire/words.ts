import { ExactNumber, type Json } from './json-value.ts';

/** How a value is called in a message: short, in quotes where it is text, never the whole of a list. */
export function found(value: Json): string {
  if (value === null) return 'null';
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'string') return value === '' ? 'empty text' : `“${shorten(value, 40)}”`;
  return typeof value === 'object' ? 'an object' : String(value);
}

/** The same at the start of a sentence: `A list`, `Empty text`; what JSON spells itself keeps its case. */
export function startWith(value: Json): string {
  const words = found(value);
  return /^(?:an? |empty )/.test(words) ? capital(words) : words;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The text on one line and at most `most` characters long; `…` stands for what is left out. */
export function shorten(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  // Not between the two halves of a character.
  const cut = /[\uD800-\uDBFF]$/.test(line.slice(0, most - 1)) ? most - 2 : most - 1;
  return `${line.slice(0, cut)}…`;
}

/** `1 task`, `2 tasks`, `1,000 tasks`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/**
 * The name that was probably meant: the same but for case, `_` and `-`, else the only one that begins so, else one or two
 * letters away. Undefined where
 * nothing is near, because a wrong suggestion is worse than none.
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const plain = bare(name);
  const same = names.find((candidate) => bare(candidate) === plain);
  if (same !== undefined) return same;
  const begun = names.filter((candidate) => plain.length >= 3 && bare(candidate).startsWith(plain));
  if (begun.length === 1) return begun[0];
  let best: string | undefined;
  let distance = Math.min(2, Math.floor(plain.length / 3)) + 1;
  for (const candidate of names) {
    const steps = editDistance(plain, bare(candidate), distance);
    if (steps < distance) {
      best = candidate;
      distance = steps;
    }
  }
  return best;
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-\s]/g, '');
}

/** Letters to put in, leave out, change, or swap with their neighbour; `enough` where it is that or more. */
function editDistance(one: string, other: string, enough: number): number {
  if (Math.abs(one.length - other.length) >= enough) return enough;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = one[row - 1] === other[column - 1] ? 0 : 1;
      let steps = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + change);
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        steps = Math.min(steps, beforeLast[column - 2]! + 1);
      }
      next.push(steps);
    }
    beforeLast = last;
    last = next;
  }
  return Math.min(last[other.length]!, enough);
}
