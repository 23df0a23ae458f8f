import { BACKSLASH, QUOTE } from '#wire/text/char-codes.ts';

/**
 * Finds parts of JSON text without parsing it. Only for text that `readJson` accepts: nothing is validated again.
 * Offsets are UTF-16 code units.
 */

/** The offset of the next character that is not white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) at += 1;
    else return at;
  }
}

/** The end of the string that starts at `from`. */
export function skipString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at += 2;
    else if (at >= text.length) return text.length;
    else at += 1;
  }
}

/** The end of the value that starts at `from`. */
export function skipValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return skipString(text, from);
  if (first !== 0x7b && first !== 0x5b) {
    // A number or a word ends before a comma, a bracket or white space.
    for (let at = from; ;) {
      const code = text.charCodeAt(at);
      if (Number.isNaN(code) || code === 0x2c || code === 0x5d || code === 0x7d || code <= 0x20) return at;
      at += 1;
    }
  }
  return skipContainer(text, from + 1);
}

/** The end of the list or object that contains `from`. */
export function skipContainer(text: string, from: number): number {
  let at = from;
  let depth = 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at);
      continue;
    }
    at += 1;
    if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return at;
}

/** A part of the text; `to` is exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** One member of an object: `"task": 12`. */
export interface Member {
  key: Span;
  value: Span;
}

/** The members of the object that starts at `from`, in text order, including duplicate names. */
export function* membersAt(text: string, from: number): Generator<Member, void, void> {
  let at = skipSpace(text, from + 1);
  while (text[at] === '"') {
    const keyEnd = skipString(text, at);
    const valueFrom = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueTo = skipValue(text, valueFrom);
    yield { key: { from: at, to: keyEnd }, value: { from: valueFrom, to: valueTo } };
    at = skipSpace(text, skipSpace(text, valueTo) + 1);
  }
}

/** The items of the list that starts at `from`. */
export function* itemsAt(text: string, from: number): Generator<Span, void, void> {
  let at = skipSpace(text, from + 1);
  while (at < text.length && text[at] !== ']') {
    const to = skipValue(text, at);
    yield { from: at, to };
    const next = skipSpace(text, to);
    if (text[next] !== ',') return;
    at = skipSpace(text, next + 1);
  }
}

/** The name of the key at `span`, with escapes resolved. */
export function keyText(text: string, span: Span): string {
  const raw = text.slice(span.from + 1, span.to - 1);
  return raw.includes('\\') ? String(JSON.parse(text.slice(span.from, span.to))) : raw;
}
