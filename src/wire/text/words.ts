import { count, figure } from './figures.ts';
import { ExactNumber, type Json } from '#wire/json/json-value.ts';

/** A value in a message: text is shortened and quoted, lists and objects are only named. */
export function describeValue(value: Json): string {
  if (value === null) return 'null';
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'string') return value === '' ? 'empty text' : `“${shorten(value, 40)}”`;
  return typeof value === 'object' ? 'an object' : String(value);
}

/** The same at the start of a sentence: `A list`, `Empty text`, but `null` and `true`. */
export function describeValueAtStart(value: Json): string {
  const words = describeValue(value);
  return /^(?:an? |empty )/.test(words) ? capital(words) : words;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Puts the text on one line and cuts it to `max` characters, ending in `…`. Reads only the start of a long text. */
export function shorten(text: string, max: number): string {
  if (text.length <= max && !oddSpace.test(text)) return text;
  const start = text.slice(0, 10 * max);
  const line = start.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= max && start.length === text.length) return line;
  return `${firstUnits(line, max - 1)}…`;
}

/** Any space but a single one between words. */
const oddSpace = /^\s|\s$|\s\s|[^\S ]/;

/** Cuts a text to `max` characters and states its full length. Keeps line ends. */
export function excerpt(text: string, max: number): string {
  return text.length <= max ? text : `${firstUnits(text, max)}… (${count(text.length, 'character')})`;
}

/** The first `max` UTF-16 code units, or one fewer, so that no surrogate pair is split. */
export function firstUnits(text: string, max: number): string {
  const start = text.slice(0, max);
  return /[\uD800-\uDBFF]$/.test(start) ? start.slice(0, -1) : start;
}

/** Invisible characters: zero-width ones, direction marks, soft hyphens, a byte order mark. */
const unseen = /[\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** A text as people see it: composed letters, digits and spaces of one width, nothing invisible. */
export function asSeen(text: string): string {
  return text.normalize('NFKC').replaceAll(unseen, '').trim();
}

/** What a text has that makes it differ from one that looks the same; undefined if they look different. */
export function unseenDifference(text: string, other: string): string | undefined {
  if (text === other || asSeen(text) !== asSeen(other)) return undefined;
  if (text.trim() === other) return 'has a space at its start or end';
  return text.replaceAll(unseen, '').trim() === other
    ? 'has an invisible character'
    : 'is written with other characters that look the same';
}

/** `20 bytes`, `64 kB`, `1.5 MB`, `3 GB`. */
export function sizeInWords(bytes: number): string {
  const exponent = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = Number((bytes / 1000 ** exponent).toPrecision(3));
  return exponent === 0 ? count(bytes, 'byte') : `${figure(size)} ${sizeUnits[exponent]}`;
}

const sizeUnits = ['bytes', 'kB', 'MB', 'GB'];

/** The meaning of a word or sign as yes or no, if it is clear. */
export function yesOrNo(word: string): boolean | undefined {
  const plain = word.trim().toLowerCase();
  if (['true', 't', 'yes', 'y', '1', 'on'].includes(plain)) return true;
  return ['false', 'f', 'no', 'n', '0', 'off'].includes(plain) ? false : undefined;
}

/**
 * The name that was probably meant: equal except for case, `_` and `-`; else the only one with this prefix; else one or
 * two typos away. Otherwise undefined, because a wrong suggestion is worse than none.
 */
export function closestName(name: string, names: readonly string[]): string | undefined {
  if (name.length > maxNameUnits) return undefined;
  const plain = normalize(name);
  const candidates = normalizedNames(names);
  const same = candidates.indexOf(plain);
  if (same >= 0) return names[same];
  const isCompletion = (candidate: string) => plain.length >= 3 && candidate.startsWith(plain);
  const completed = candidates.findIndex(isCompletion);
  if (completed >= 0 && candidates.findLastIndex(isCompletion) === completed) return names[completed];
  let best: string | undefined;
  let distance = Math.min(2, Math.floor(plain.length / 3)) + 1;
  for (let index = 0; index < candidates.length; index += 1) {
    const steps = editDistance(plain, candidates[index]!, distance);
    if (steps < distance) {
      best = names[index];
      distance = steps;
    }
  }
  return best;
}

/** Cached, because one list of labels is compared with thousands of values. */
const normalized = new WeakMap<readonly string[], string[]>();

function normalizedNames(names: readonly string[]): string[] {
  let found = normalized.get(names);
  if (found === undefined) normalized.set(names, (found = names.map((name) => normalize(name))));
  return found;
}

/** Longer texts aren’t typos of a name, and comparing them would be slow. */
const maxNameUnits = 1000;

function normalize(name: string): string {
  const text = name.includes('&') ? withoutEntities(name) : name;
  const plain = isPlain.test(text)
    ? text
    : asSeen(text)
        .replaceAll(/[‘’`´]/g, "'")
        .replaceAll(/[“”„]/g, '"');
  return plain.toLowerCase().replaceAll(/[_\-–—‑\s]/g, '');
}

/** ASCII without control characters and backticks, as most names are. */
const isPlain = /^[ -_a-~]*$/;

/** HTML entities that spreadsheets and web pages leave in a text. */
export const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function withoutEntities(text: string): string {
  return text.replaceAll(
    /&(?:([a-z]+)|#(\d{1,6})|#x([\da-f]{1,5}));/gi,
    (whole, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
      return code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code < 0xe000)
        ? String.fromCodePoint(code)
        : whole;
    },
  );
}

/** Optimal string alignment distance, capped at `limit`. */
function editDistance(one: string, other: string, limit: number): number {
  const width = other.length;
  if (Math.abs(one.length - width) >= limit) return limit;
  let [secondLast, last, next] = editRows;
  for (let column = 0; column <= width; column += 1) last[column] = column;
  for (let row = 1; row <= one.length; row += 1) {
    const letter = one.charCodeAt(row - 1);
    const letterBefore = one.charCodeAt(row - 2);
    let least = (next[0] = row);
    for (let column = 1; column <= width; column += 1) {
      const otherLetter = other.charCodeAt(column - 1);
      const change = letter === otherLetter ? 0 : 1;
      let steps = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + change);
      if (row > 1 && column > 1 && letter === other.charCodeAt(column - 2) && letterBefore === otherLetter)
        steps = Math.min(steps, secondLast[column - 2]! + 1);
      next[column] = steps;
      least = Math.min(least, steps);
    }
    if (least > limit) return limit;
    [secondLast, last, next] = [last, next, secondLast];
  }
  return Math.min(last[width]!, limit);
}

/** Reused, because one list of labels is compared with thousands of values. */
const editRows = [0, 1, 2].map(() => new Uint16Array(maxNameUnits + 4)) as [
  Uint16Array,
  Uint16Array,
  Uint16Array,
];

/** `2026-11-28`: the local day of a time in milliseconds, for file names and sentences. */
export function isoDay(at: number): string {
  const day = new Date(at);
  const pair = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${pair(day.getMonth() + 1)}-${pair(day.getDate())}`;
}

/** A name in lower case without spaces, dashes and other punctuation. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
