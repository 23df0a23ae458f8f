import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DOT,
  MINUS,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  ZERO,
} from '#wire/text/char-codes.ts';
import { type Expected, type JsonProblemCode, syntaxErrorAt } from './json-problems.ts';
import { keyText, membersAt } from './json-scan.ts';
import { ExactNumber, type Json, type JsonObject } from './json-value.ts';
import type { Problem } from '#wire/problem.ts';

/**
 * The maximum depth of lists and objects, far above any labelling result. A real server answers 500 to a few thousand
 * levels (RecursionError, seen on Label Studio 1.23.2).
 */
export const deepestNesting = 200;

export interface JsonReading {
  /** Undefined if the text couldn’t be read to its end. */
  value: Json | undefined;
  /** In text order, with spans in UTF-16 units. A value with problems is shown, but must not be sent. */
  problems: Problem[];
}

/**
 * Reads exactly what `JSON.parse` reads, and keeps what that loses: the place of a mistake, duplicate keys, numbers
 * that a double can’t hold. A number becomes an `ExactNumber` if it is a whole number beyond ±(2^53 - 1), or if its
 * nearest double has another decimal value. Never throws.
 */
export function readJson(text: string): JsonReading {
  const problems: Problem[] = [];
  reader.open(text, problems);
  try {
    return { value: reader.whole(), problems };
  } catch (stop) {
    if (stop instanceof SyntaxStop) return { value: undefined, problems };
    throw stop;
  } finally {
    reader.open('', []);
  }
}

/** Thrown and caught here to leave all levels at a syntax error. */
class SyntaxStop extends Error {}

const escapes: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Reader {
  private problems: Problem[] = [];
  private text = '';
  private at = 0;
  private depth = 0;

  open(text: string, problems: Problem[]): void {
    this.text = text;
    this.problems = problems;
    this.at = 0;
    this.depth = 0;
  }

  whole(): Json {
    this.space();
    if (this.at === this.text.length) this.stop('json-empty', 'There’s nothing here yet.', this.at, 0);
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.unexpected('the end', 'end');
    return value;
  }

  private value(): Json {
    const code = this.text.charCodeAt(this.at);
    if (code === QUOTE) return this.string();
    if (code === OPEN_OBJECT) return this.object();
    if (code === OPEN_LIST) return this.list();
    if (code === MINUS || (code >= ZERO && code <= 0x39)) return this.number();
    if (this.word('true')) return true;
    if (this.word('false')) return false;
    if (this.word('null')) return null;
    return this.unexpected('a value', 'value');
  }

  private object(): JsonObject {
    const { text, problems } = this;
    const began = this.at;
    const result: JsonObject = {};
    /** The first offset of each key; only filled once a key is duplicated. */
    let places: Map<string, number> | undefined;
    this.enter(began);
    this.space();
    if (text.charCodeAt(this.at) === CLOSE_OBJECT) return this.leave(result);
    for (;;) {
      const keyAt = this.at;
      if (text.charCodeAt(keyAt) !== QUOTE) this.unexpected('a name in double quotes', 'name', began);
      const faultsBefore = problems.length;
      const key = this.string();
      const keyEnd = this.at;
      this.space();
      if (text.charCodeAt(this.at) !== COLON) this.unexpected('a colon', 'colon', began);
      this.at += 1;
      this.space();
      if (this.at === text.length) this.cutOff('an object', '}', began);
      const value = this.value();
      // JSON has no undefined, so this lookup recognises most new keys.
      if (result[key] === undefined) {
        result[key] = value;
        places?.set(key, keyAt);
      } else if (!Object.hasOwn(result, key)) {
        // `__proto__` and `constructor` are ordinary keys.
        Object.defineProperty(result, key, { value, writable: true, enumerable: true, configurable: true });
        places?.set(key, keyAt);
      } else {
        Object.defineProperty(result, key, { value, writable: true, enumerable: true, configurable: true });
        places ??= keyPlaces(text, began, keyAt);
        this.problem(
          'duplicate-key',
          `${quoteKey(key)} appears twice in the same object. Keep one.`,
          keyAt,
          keyEnd,
          {
            offset: places.get(key) ?? began,
            words: 'The first one is',
          },
        );
      }
      for (let index = faultsBefore; index < problems.length; index += 1) problems[index]!.path.unshift(key);

      this.space();
      const next = text.charCodeAt(this.at);
      if (next === CLOSE_OBJECT) return this.leave(result);
      if (next !== COMMA) this.separatorMissing('an object', '}', began);
      const comma = this.at;
      this.at += 1;
      this.space();
      if (text.charCodeAt(this.at) === CLOSE_OBJECT) this.commaAtEnd(comma, '}');
      if (this.at === text.length) this.cutOff('an object', '}', began);
    }
  }

  private list(): Json[] {
    const { text, problems } = this;
    const began = this.at;
    const result: Json[] = [];
    this.enter(began);
    this.space();
    if (text.charCodeAt(this.at) === CLOSE_LIST) return this.leave(result);
    for (;;) {
      if (this.at === text.length) this.cutOff('a list', ']', began);
      const faultsBefore = problems.length;
      result.push(this.value());
      for (let index = faultsBefore; index < problems.length; index += 1)
        problems[index]!.path.unshift(result.length - 1);
      this.space();
      const next = text.charCodeAt(this.at);
      if (next === CLOSE_LIST) return this.leave(result);
      if (next !== COMMA) this.separatorMissing('a list', ']', began);
      const comma = this.at;
      this.at += 1;
      this.space();
      if (text.charCodeAt(this.at) === CLOSE_LIST) this.commaAtEnd(comma, ']');
    }
  }

  private string(): string {
    const { text } = this;
    const began = this.at;
    let at = began + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return text.slice(began + 1, at);
      }
      // NaN, at the end of the text, also goes to specialString().
      if (code >= 0x20 && code !== BACKSLASH && (code < 0xd800 || code > 0xdfff)) at += 1;
      else return this.specialString(began, at);
    }
  }

  /** A string with escapes, surrogates or errors; `at` is the offset of the first one. */
  private specialString(began: number, at: number): string {
    const { text } = this;
    let result = '';
    let sliceFrom = began + 1;
    /** The offset of a high surrogate that still lacks its low surrogate. */
    let half = -1;
    let lone = -1;
    let nul = -1;
    for (;;) {
      const here = at;
      let code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (Number.isNaN(code) || code < 0x20) this.controlCharacter(code, began, at);
      if (code === BACKSLASH) {
        result += text.slice(sliceFrom, at);
        const letter = text[at + 1] ?? '';
        if (letter === 'u') {
          const digits = text.slice(at + 2, at + 6);
          if (!/^[\da-fA-F]{4}$/.test(digits)) {
            this.stop(
              'json-escape-unknown',
              '\\u needs four digits from 0-9 and a-f, such as \\u00e9.',
              at,
              2,
            );
          }
          code = Number.parseInt(digits, 16);
          result += String.fromCharCode(code);
          at += 6;
        } else {
          const unescaped = escapes[letter];
          if (unescaped === undefined) {
            const message = `\\${letter} isn’t valid in JSON. Write a backslash as \\\\.`;
            this.stop('json-escape-unknown', message, at, 2);
          }
          result += unescaped;
          code = 0x20;
          at += 2;
        }
        sliceFrom = at;
      } else {
        at += 1;
      }
      if (code === 0 && nul < 0) nul = here;
      const low = code >= 0xdc00 && code <= 0xdfff;
      if (half >= 0 && !low && lone < 0) lone = half;
      if (half < 0 && low && lone < 0) lone = here;
      half = code >= 0xd800 && code <= 0xdbff ? here : -1;
    }
    if (half >= 0 && lone < 0) lone = half;
    result += text.slice(sliceFrom, at);
    this.at = at + 1;
    if (lone >= 0) {
      this.problem(
        'lone-surrogate',
        'Contains half of a character (a lone surrogate), which makes the server fail whenever it opens the tasks. ' +
          'Remove it, or enter the whole character.',
        lone,
        lone + (text[lone] === '\\' ? 6 : 1),
      );
    }
    if (nul >= 0) {
      this.problem(
        'nul-character',
        'Contains an invalid NUL character (\\u0000), which every server rejects. Remove it.',
        nul,
        nul + 6,
      );
    }
    return result;
  }

  private controlCharacter(code: number, began: number, at: number): never {
    if (Number.isNaN(code) || code === 0x0a || code === 0x0d) {
      const message = 'This text has no closing ". Add it, or write line breaks inside text as \\n.';
      const quoted = this.problemAt('json-text-not-closed', message, at, Number.isNaN(code) ? 0 : 1);
      quoted.related = { offset: began, words: 'It begins' };
      throw new SyntaxStop();
    }
    const spelled = code === 0x09 ? '\\t' : `\\u${code.toString(16).padStart(4, '0')}`;
    const name = code === 0x09 ? 'a tab' : 'a control character';
    return this.stop(
      'json-control-character',
      `Text can’t contain ${name} directly. Write it as ${spelled}.`,
      at,
      1,
    );
  }

  private number(): number | ExactNumber {
    const { text } = this;
    const began = this.at;
    let at = began;
    const negative = text.charCodeAt(at) === MINUS;
    if (negative) at += 1;
    const digitsAt = at;
    let code = text.charCodeAt(at);
    let value = 0;
    while (code >= ZERO && code <= 0x39) {
      value = value * 10 + (code - ZERO);
      at += 1;
      code = text.charCodeAt(at);
    }
    const digits = at - digitsAt;
    if (digits === 0) {
      if (text.startsWith('Infinity', at)) return this.unexpected('a value', 'value');
      return this.stop('json-number-malformed', 'A minus sign needs a digit after it: -5.', began, 1);
    }
    if (digits > 1 && text.charCodeAt(digitsAt) === ZERO) {
      const message =
        code === 0x2d || code === 0x2f || code === COLON
          ? 'Put dates and times in double quotes: "2026-08-01".'
          : 'A number can’t start with 0. Use 12, not 012. Put an ID with leading zeros in quotes.';
      this.stop('json-number-malformed', message, began, at - began);
    }
    if (digits <= 15 && code !== DOT && code !== 0x65 && code !== 0x45) {
      this.at = at;
      this.numberEnds(began);
      return negative ? -value : value;
    }
    return this.longNumber(began, at);
  }

  /** A number with a fraction, an exponent or more than 15 digits. */
  private longNumber(began: number, wholeEnd: number): number | ExactNumber {
    const { text } = this;
    let at = wholeEnd;
    if (text.charCodeAt(at) === DOT) {
      at = digitsEnd(text, at + 1);
      if (at === wholeEnd + 1) {
        this.stop(
          'json-number-malformed',
          'A decimal point needs a digit after it: 5.0, or just 5.',
          began,
          at - began,
        );
      }
    }
    const mantissaEnd = at;
    if (text[at] === 'e' || text[at] === 'E') {
      at += 1;
      if (text[at] === '+' || text[at] === '-') at += 1;
      const end = digitsEnd(text, at);
      if (end === at) {
        this.stop('json-number-malformed', 'The exponent needs a digit: 1e5.', began, at - began);
      }
      at = end;
    }
    this.at = at;
    this.numberEnds(began);
    const written = text.slice(began, at);
    const value = Number(written);
    if (!Number.isFinite(value)) {
      this.problem(
        'number-too-large',
        `${written} is too large. The largest number is about 1.8e308.`,
        began,
        at,
      );
      return new ExactNumber(written);
    }
    if (at === wholeEnd) return Number.isSafeInteger(value) ? value : new ExactNumber(written);
    // Up to 15 significant digits always survive conversion to a double and back.
    if (mantissaEnd === at && written.length <= 16) return value;
    return sameDecimal(written, String(value)) ? value : new ExactNumber(written);
  }

  /** Rejects 12abc, 1_000 and 2026-08-01. */
  private numberEnds(began: number): void {
    const code = this.text.charCodeAt(this.at);
    // End of text, white space, comma, } or ].
    if (Number.isNaN(code) || code <= 0x20 || code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT)
      return;
    const found = /^[\w.:+/-]+/.exec(this.text.slice(began, began + 40))?.[0] ?? '';
    if (found.length <= this.at - began) return;
    const message = /^\d{4}-\d|^\d{1,2}[:/]\d/.test(found)
      ? `Put ${found} in double quotes: "${found}".`
      : `${found} isn’t a number. Put text in double quotes: "${found}".`;
    this.stop('json-number-malformed', message, began, found.length);
  }

  private word(word: 'true' | 'false' | 'null'): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    const after = this.text.charCodeAt(this.at + word.length);
    if ((after >= 0x61 && after <= 0x7a) || (after >= 0x41 && after <= 0x5a) || after === 0x5f) return false;
    this.at += word.length;
    return true;
  }

  private space(): void {
    const { text } = this;
    let at = this.at;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) at += 1;
      else break;
    }
    this.at = at;
  }

  private enter(began: number): void {
    this.depth += 1;
    if (this.depth > deepestNesting) {
      const message = `Lists and objects are nested more than ${deepestNesting} levels deep, which makes servers fail.`;
      this.stop('json-nested-too-deep', message, began, 1);
    }
    this.at += 1;
  }

  private leave<T>(result: T): T {
    this.depth -= 1;
    this.at += 1;
    return result;
  }

  private separatorMissing(what: string, close: string, began: number): never {
    if (this.at === this.text.length) return this.cutOff(what, close, began);
    return this.unexpected(`a comma or ${close}`, 'separator');
  }

  private commaAtEnd(comma: number, close: string): never {
    return this.stop('json-comma-at-end', `There’s an extra comma before ${close}. Remove it.`, comma, 1);
  }

  private cutOff(what: string, close: string, began: number): never {
    const problem = this.problemAt(
      'json-cut-off',
      `The text ends inside ${what}: the closing ${close} is missing.`,
      this.at,
      0,
    );
    problem.related = { offset: began, words: 'It begins' };
    throw new SyntaxStop();
  }

  private unexpected(expected: string, slot: Expected, began?: number): never {
    if (this.at === this.text.length && began !== undefined) return this.cutOff('an object', '}', began);
    const { code, message, length } = syntaxErrorAt(this.text, this.at, expected, slot);
    return this.stop(code, message, this.at, length);
  }

  private stop(code: JsonProblemCode, message: string, offset: number, length: number): never {
    this.problemAt(code, message, offset, length);
    throw new SyntaxStop();
  }

  private problem(
    code: JsonProblemCode,
    message: string,
    from: number,
    to: number,
    related?: Problem['related'],
  ): void {
    const problem = this.problemAt(code, message, from, to - from);
    if (related !== undefined) problem.related = related;
  }

  private problemAt(code: JsonProblemCode, message: string, offset: number, length: number): Problem {
    const problem: Problem = {
      code,
      severity: 'error',
      message,
      path: [],
      span: { from: offset, to: offset + length },
    };
    this.problems.push(problem);
    return problem;
  }
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= 0x39) at += 1;
    else return at;
  }
}

/** One for all texts: V8 drops the code that it has optimised for a class with the last object of the class. */
const reader = new Reader();

/** The first offset of each key of the object at `began`, up to `until`. */
function keyPlaces(text: string, began: number, until: number): Map<string, number> {
  const places = new Map<string, number>();
  for (const { key } of membersAt(text, began)) {
    if (key.from >= until) break;
    const name = keyText(text, key);
    if (!places.has(name)) places.set(name, key.from);
  }
  return places;
}

function quoteKey(key: string): string {
  return `“${key.length > 40 ? `${key.slice(0, 39)}…` : key}”`;
}

/** Whether two notations have the same absolute value: `0.10` and `0.1`, `1e2` and `100`. */
function sameDecimal(one: string, other: string): boolean {
  return normalDecimal(one) === normalDecimal(other);
}

/** Digits without leading and trailing zeros, and their power of ten; the sign is ignored. */
function normalDecimal(notation: string): string {
  const [, whole = '', part = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(notation) ?? [];
  const all = (whole + part).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return digits === '' ? '0' : `${digits}e${Number(power) - part.length + all.length - digits.length}`;
}
