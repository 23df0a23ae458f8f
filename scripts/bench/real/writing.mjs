/*
 * Helpers for writing texts of real shapes: seeded random numbers, words, JSON as written by several tools, and
 * expected results.
 */
import { asFromFile } from '../texts.mjs';

/**
 * Seeded random numbers: mulberry32.
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  /** From 0 to below 1. */
  const next = () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** @param {number} to */
  const below = (to) => Math.floor(next() * to);
  return {
    next,
    below,
    /** Both ends included. @type {(from: number, to: number) => number} */
    between: (from, to) => from + below(to - from + 1),
    /** @template T @param {readonly T[]} list @returns {T} */
    pick: (list) => /** @type {T} */ (list[below(list.length)]),
    /** The first ones most often. @template T @param {readonly T[]} list @returns {T} */
    skewed: (list) => /** @type {T} */ (list[Math.floor(next() ** 2 * list.length)]),
    /** @template T @param {readonly T[]} list @returns {T[]} */
    shuffle(list) {
      const mixed = [...list];
      for (let last = mixed.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        [mixed[last], mixed[other]] = [/** @type {T} */ (mixed[other]), /** @type {T} */ (mixed[last])];
      }
      return mixed;
    },
    /** @param {string} alphabet @param {number} length */
    letters: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
  };
}

/** @typedef {ReturnType<typeof randomFrom>} Random */

const english =
  `the a of and to in is it for with on that was not but after before because package delivery order arrived late
early broken battery screen cable box manual refund support answered nobody twice again price cheap expensive quality
poor great fine works stopped charging shoe size colour blue green red fits tight loose returned exchange week month day
customer service phone called waited hours minutes shop online website account password reset invoice paid card bank
garden table chair lamp bulb kitchen knife sharp dull heavy light carry bag strap zip torn sewn seam fabric soft rough
smell plastic metal rust paint scratch dent corner edge lid closes leaks water coffee tea hot cold morning evening quiet
loud engine noise fan spins slow fast update version app crashed phone tablet connects lost signal room upstairs neighbour
child toy small parts swallowed warning label instructions language translated badly picture differs received wrong item
missing screws would recommend friend never buy thanks seller quick reply solved problem happy disappointed honestly`.split(
    /\s+/,
  );
const arabic =
  'وصل الطلب متأخرا جدا والمنتج ممتاز لكن الجودة ضعيفة خدمة العملاء سريعة شكرا لكم لن أشتري مرة أخرى'.split(
    ' ',
  );
const chinese = [
  '送货很快',
  '质量不错',
  '颜色和图片不一样',
  '客服态度好',
  '电池用了两天就坏了',
  '非常满意',
  '不推荐',
  '包装破损',
];
/** Emoji of one and of several code points, and letters with combining marks. */
const marks = [
  '😀',
  '👍🏽',
  '❤️',
  '👩‍👩‍👧',
  '🇩🇪',
  'cafe\u0301',
  'Zu\u0308rich',
  'n\u0303andu\u0301',
  'naïve',
  'Größe',
];

/** @type {Record<'english' | 'arabic' | 'chinese' | 'marks', readonly string[]>} */
const vocabularies = { english, arabic, chinese, marks };

/**
 * A sentence with this many words.
 * @param {Random} random
 * @param {number} words
 * @param {keyof typeof vocabularies} [language]
 */
export function sentence(random, words, language = 'english') {
  const text = Array.from({ length: words }, () => random.pick(vocabularies[language])).join(
    language === 'chinese' ? '，' : ' ',
  );
  return language === 'chinese' ? `${text}。` : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/**
 * A value as written by Python’s `json.dumps`: a space after commas and colons, and non-ASCII escaped by default.
 * @param {unknown} value
 * @param {{ ascii?: boolean, indent?: number, end?: string, compact?: boolean }} [style]
 * @param {number} [depth]
 * @returns {string}
 */
export function dumps(value, style = {}, depth = 0) {
  const { ascii = true, indent, end = '\n', compact = false } = style;
  if (typeof value === 'string') return ascii ? escaped(JSON.stringify(value)) : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const colon = compact ? ':' : ': ';
  const inner = Array.isArray(value)
    ? value.map((item) => dumps(item, style, depth + 1))
    : Object.entries(value).map(
        ([key, member]) => `${dumps(key, style)}${colon}${dumps(member, style, depth + 1)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (inner.length === 0) return `${open}${close}`;
  if (indent === undefined) return `${open}${inner.join(compact ? ',' : ', ')}${close}`;
  const line = `${end}${' '.repeat(indent * (depth + 1))}`;
  return `${open}${line}${inner.join(`,${line}`)}${end}${' '.repeat(indent * depth)}${close}`;
}

/** @param {string} json */
const escaped = (json) =>
  json.replaceAll(/[^\0-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * The expected result of checking a text.
 * @typedef {object} Truth
 * @property {number[]} tasks by entry
 * @property {number[]} contents by entry, numbered by their first use
 * @property {number} groups how many different contents
 * @property {Set<number>} refused entries
 * @property {number} warnings one for each entry whose task had another before
 * @property {{ entry: number, from: number, line: number, column: number, text: string }[]} places of the first 1,000 mistakes
 * @property {Map<number, string>} samples the values of the regions of some entries, as JSON
 */

/**
 * One entry of a text.
 * @typedef {object} Written
 * @property {number} task
 * @property {unknown[]} values of its regions
 * @property {unknown} [other] what else tells its content from others
 * @property {string} [mistake] the text at which the mistake must be shown; once in what is written
 */

/** Builds a text and its expected result. */
export class TextBuilder {
  /** @type {string[]} */
  #pieces = [];
  #length = 0;
  /** @type {Map<string, number>} */
  #contents = new Map();
  /** @type {{ entry: number, from: number, text: string }[]} */
  #mistakes = [];
  /** @type {Truth} */
  #truth = {
    tasks: [],
    contents: [],
    groups: 0,
    refused: new Set(),
    warnings: 0,
    places: [],
    samples: new Map(),
  };

  /** @param {string} text */
  add(text) {
    this.#pieces.push(text);
    this.#length += text.length;
  }

  /**
   * @param {string} text
   * @param {Written} written
   */
  addEntry(text, written) {
    this.note(written, text, this.#length);
    this.add(text);
  }

  /**
   * Records an entry that is part of a longer text.
   * @param {Written} written
   * @param {string} text
   * @param {number} [from] where the text will be
   */
  note({ task, values, other = '', mistake }, text, from = this.#length) {
    const truth = this.#truth;
    const entry = truth.tasks.length;
    const content = `${JSON.stringify(values)} ${String(other)}`;
    const code = this.#contents.get(content) ?? this.#contents.size;
    this.#contents.set(content, code);
    // A second annotation of a task comes right after the first one.
    if (truth.tasks.at(-1) === task) truth.warnings += 1;
    truth.tasks.push(task);
    truth.contents.push(code);
    if (entry % 997 === 0) truth.samples.set(entry, JSON.stringify(values));
    if (mistake === undefined) return;
    truth.refused.add(entry);
    if (this.#mistakes.length < 1000)
      this.#mistakes.push({ entry, from: from + text.indexOf(mistake), text: mistake });
  }

  /** @returns {{ text: string, truth: Truth }} */
  finish() {
    const pieces = this.#pieces;
    const text = asFromFile(pieces.length, (index) => pieces[index] ?? '');
    let line = 1;
    let lineStart = 0;
    const places = this.#mistakes.map((mistake) => {
      for (let end = text.indexOf('\n', lineStart); end >= 0 && end < mistake.from;) {
        line += 1;
        lineStart = end + 1;
        end = text.indexOf('\n', lineStart);
      }
      return { ...mistake, line, column: mistake.from - lineStart + 1 };
    });
    return { text, truth: { ...this.#truth, groups: this.#contents.size, places } };
  }
}
