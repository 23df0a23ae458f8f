import {
  APOSTROPHE,
  ASTERISK,
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  HASH,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  SLASH,
} from '#wire/text/char-codes.ts';
import { deepestNesting, readJson } from '#wire/json/json.ts';
import type { Edit } from './json-edit.ts';
import { notNumbers, pythonWords } from '#wire/json/json-problems.ts';

/** Deviations from JSON that can be repaired, with their descriptions for people. */
export const repairKinds = {
  'trailing-comma': { one: 'trailing comma', many: 'trailing commas' },
  comment: { one: 'comment', many: 'comments' },
  'python-word': { one: 'Python word', many: 'Python words' },
  'not-a-number': {
    one: 'NaN or Infinity (becomes null)',
    many: 'NaN or Infinity values (become null)',
  },
  'single-quotes': { one: 'text in single quotes', many: 'texts in single quotes' },
  'curly-quotes': { one: 'text in curly quotes', many: 'texts in curly quotes' },
  'bare-name': { one: 'name without quotes', many: 'names without quotes' },
  escape: { one: 'escape that JSON does not know', many: 'escapes that JSON does not know' },
} as const;

export type RepairKind = keyof typeof repairKinds;

export interface RepairChange extends Edit {
  kind: RepairKind;
  /** A description for people. */
  words: string;
}

export interface RepairOffer {
  /** The repaired text. */
  text: string;
  /** In text order, up to the limit. */
  changes: RepairChange[];
  /** Counts all changes, listed or not. */
  counts: Map<RepairKind, number>;
}

/**
 * Repairs text that is almost JSON or JSON Lines; undefined if it is valid, or if a repair would be a guess. Only the
 * notation changes: values and names keep their meaning, except NaN and Infinity, which JSON can’t express and which
 * become null. No missing bracket, comma or quote is added. The result is parsed before it is offered.
 */
export function offerRepair(text: string, listed = Number.POSITIVE_INFINITY): RepairOffer | undefined {
  const changes = new Changes(text, listed);
  if (!scan(text, changes) || changes.counts.size === 0) return undefined;
  const repaired = changes.applied();
  if (!isReadable(repaired)) return undefined;
  return { text: repaired, changes: changes.list, counts: changes.counts };
}

/** True if a text is valid JSON, or JSON Lines of objects. */
function isReadable(text: string): boolean {
  if (readJson(text).value !== undefined) return true;
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return (
    lines.length > 1 &&
    lines.every((line) => line.trimStart().startsWith('{') && readJson(line).value !== undefined)
  );
}

/** Joins pieces in blocks, so that millions of changes don’t keep millions of strings. */
const piecesAtOnce = 10_000;

/** Collects changes in text order, and builds the repaired text. */
class Changes {
  readonly list: RepairChange[] = [];
  readonly counts = new Map<RepairKind, number>();
  private readonly text: string;
  private readonly listed: number;
  private readonly joined: string[] = [];
  private pieces: string[] = [];
  private at = 0;

  constructor(text: string, listed: number) {
    this.text = text;
    this.listed = listed;
  }

  add(kind: RepairKind, from: number, to: number, put: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (this.list.length < this.listed) this.list.push({ from, to, put, kind, words: repairKinds[kind].one });
    this.pieces.push(this.text.slice(this.at, from), put);
    this.at = to;
    if (this.pieces.length < piecesAtOnce) return;
    this.joined.push(this.pieces.join(''));
    this.pieces = [];
  }

  applied(): string {
    return this.joined.join('') + this.pieces.join('') + this.text.slice(this.at);
  }
}

/** The previous token, if it limits the next one. */
type Before = 'start' | 'value' | 'open' | 'comma' | 'colon';

/** Scans the text; false for anything that is neither JSON nor repairable. */
function scan(text: string, changes: Changes): boolean {
  const open: number[] = [];
  let before: Before = 'start';
  let at = 0;
  for (;;) {
    at = spaceAndComments(text, at, changes);
    if (at < 0) return false;
    if (at >= text.length) return true;
    const code = text.charCodeAt(at);
    switch (code) {
      case OPEN_LIST:
      case OPEN_OBJECT:
        open.push(code);
        if (open.length > deepestNesting) return false;
        before = 'open';
        at += 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        open.pop();
        before = 'value';
        at += 1;
        break;
      case COLON:
        before = 'colon';
        at += 1;
        break;
      case COMMA:
        if (before === 'value' && isLastComma(text, at, open.length))
          changes.add('trailing-comma', at, at + 1, '');
        else before = 'comma';
        at += 1;
        break;
      default: {
        const isName = open.at(-1) === OPEN_OBJECT && (before === 'open' || before === 'comma');
        at = isQuote(code) ? quoted(text, at, changes) : bare(text, at, isName, changes);
        if (at < 0) return false;
        before = 'value';
      }
    }
  }
}

/** The offset after white space and comments; -1 for an unclosed comment. */
function spaceAndComments(text: string, from: number, changes: Changes | undefined): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      at += 1;
      continue;
    }
    const to = commentEnd(text, at, code);
    if (to === undefined) return at;
    if (to < 0) return -1;
    // A space keeps neighbours separate.
    changes?.add('comment', at, to, isApart(text[at - 1]) || isApart(text[to]) ? '' : ' ');
    at = to;
  }
}

const isApart = (neighbour: string | undefined) => neighbour === undefined || /[\s,:{}[\]]/.test(neighbour);

/** The end of the comment at `at`; undefined if there is none, -1 if it is unclosed. */
function commentEnd(text: string, at: number, code: number): number | undefined {
  if (code === HASH) return lineEnd(text, at);
  if (code !== SLASH) return undefined;
  const next = text.charCodeAt(at + 1);
  if (next === SLASH) return lineEnd(text, at);
  if (next !== ASTERISK) return undefined;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? -1 : end + 2;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) break;
  }
  return at;
}

/** True if a comma is followed by a closing bracket, or by the end of the text outside all brackets. */
function isLastComma(text: string, comma: number, depth: number): boolean {
  const at = spaceAndComments(text, comma + 1, undefined);
  if (at < 0) return false;
  const code = text.charCodeAt(at);
  return code === CLOSE_LIST || code === CLOSE_OBJECT || (depth === 0 && at >= text.length);
}

/** “ ” „ and ‘ ’ ‚ as written by word processors. */
const curlyDouble = new Set([0x201c, 0x201d, 0x201e]);
const curlySingle = new Set([0x2018, 0x2019, 0x201a]);
/** „ and ‚ are only opening quotes. */
const onlyOpens = new Set([0x201e, 0x201a]);

function isQuote(code: number): boolean {
  return code === QUOTE || code === APOSTROPHE || curlyDouble.has(code) || curlySingle.has(code);
}

/** Scans a quoted string; -1 if it is unclosed, or its end is ambiguous. */
function quoted(text: string, from: number, changes: Changes): number {
  const opening = text.charCodeAt(from);
  if (opening === QUOTE) return inDoubleQuotes(text, from, changes);
  const to = opening === APOSTROPHE ? singleEnd(text, from) : curlyEnd(text, from, opening);
  if (to < 0) return -1;
  const inside = asInJson(text.slice(from + 1, to - 1));
  if (inside === undefined) return -1;
  changes.add(opening === APOSTROPHE ? 'single-quotes' : 'curly-quotes', from, to, `"${inside}"`);
  return to;
}

function inDoubleQuotes(text: string, from: number, changes: Changes): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code !== BACKSLASH) continue;
    const escape = foreignEscape.exec(text.slice(at, at + 4));
    if (escape) changes.add('escape', at, at + escape[0].length, knownEscape(escape[0]));
    at += 1;
  }
  return -1;
}

function singleEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === APOSTROPHE) return at + 1;
    if (code === BACKSLASH) at += 1;
    else if (code < 0x20) return -1;
  }
  return -1;
}

/** The end of a string in curly quotes; -1 if another quote of the same family makes it ambiguous. */
function curlyEnd(text: string, from: number, opening: number): number {
  const isDouble = curlyDouble.has(opening);
  const family = isDouble ? curlyDouble : curlySingle;
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (family.has(code)) return onlyOpens.has(code) ? -1 : at + 1;
    if (code === BACKSLASH) at += 1;
    else if (code < 0x20 || code === (isDouble ? QUOTE : APOSTROPHE)) return -1;
  }
  return -1;
}

/** Escapes of Python and JavaScript that JSON lacks: \' and \xe9. */
const foreignEscape = /^\\(?:'|x[\da-fA-F]{2})/;
const knownEscape = (escape: string) =>
  escape === String.raw`\'` ? "'" : String.raw`\u00` + escape.slice(2);

const notAsInJson = /["\\]/;

/** Converts the content of other quotes to the content of a JSON string; undefined for an unknown escape. */
function asInJson(inside: string): string | undefined {
  if (!notAsInJson.test(inside)) return inside;
  let isKnown = true;
  const written = inside.replace(/"|\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[^])?/g, (found) => {
    if (found === '"') return String.raw`\"`;
    if (foreignEscape.test(found)) return knownEscape(found);
    isKnown &&= /^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})$/.test(found);
    return found;
  });
  return isKnown ? written : undefined;
}

const jsonWords = new Set(['null', 'true', 'false']);

const nameOrNumber = /[\p{ID_Start}$_][\p{ID_Continue}$]*|[-+.\d][-+.\w]*/uy;

/** Scans an unquoted word, number or name; -1 if there is none. */
function bare(text: string, from: number, isName: boolean, changes: Changes): number {
  nameOrNumber.lastIndex = from;
  const word = nameOrNumber.exec(text)?.[0];
  if (word === undefined) return -1;
  const to = from + word.length;
  if (!isName && notNumbers.has(word)) {
    changes.add('not-a-number', from, to, 'null');
    return to;
  }
  // Numbers are validated by the final parse.
  if (jsonWords.has(word) || /^[-+.\d]/.test(word)) return to;
  const asJson = pythonWords.get(word);
  if (isName) {
    // {None: 1} has different meanings in Python and JavaScript.
    if (asJson !== undefined) return -1;
    changes.add('bare-name', from, to, `"${word}"`);
    return to;
  }
  if (asJson === undefined) return -1;
  changes.add('python-word', from, to, asJson);
  return to;
}
