import type { JsonObject } from '#wire/json/json.ts';
import type { TextSpan } from './spans.ts';
import { entities } from '#wire/text/words.ts';

const attributes = String.raw`(?:"(?:[^"]*"|[^]*$)|'(?:[^']*'|[^]*$)|[^>"'])*(?:>|$)`;

/** Markup; an unclosed part reaches to the end. */
const markup = new RegExp(
  [
    String.raw`<!--(?:[^]*?-->|[^]*$)`,
    String.raw`<(script|style|title)\b(?:[^]*?</\1\s*>|[^]*$)`,
    String.raw`<(/?[a-z][a-z\d]*)\b${attributes}`,
    `<[a-z/!?]${attributes}`,
  ].join('|'),
  'gi',
);

/** Elements that begin on a line. */
const blocks = new Set(
  'address article aside blockquote body dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tr ul'.split(
    ' ',
  ),
);

/** The text of an HTML source. */
export interface HtmlText {
  /** The characters between the markup, which the offsets of regions count. */
  plain: string;
  /** With a line for each block and without the source’s white space, as a browser shows it. */
  shown: string;
  /** The offset in `shown` of each character of `plain`, and of its end. */
  places: Uint32Array;
}

export function textOfHtml(html: string): HtmlText {
  const plain: string[] = [];
  const shown: string[] = [];
  // Decoding makes no text longer.
  const places = new Uint32Array(html.length + 1);
  let length = 0;
  let last = '\n';
  let isAsWritten = false;

  function show(text: string): void {
    shown.push(text);
    length += text.length;
    last = text.at(-1) ?? last;
  }

  let at = 0;
  function add(text: string): void {
    plain.push(text);
    for (let index = 0; index < text.length; index += 1, at += 1) {
      const unit = text[index]!;
      const isSpace = !isAsWritten && /[ \t\n\f\r]/.test(unit);
      places[at] = length;
      if (!isSpace) show(unit);
      else if (!/[ \t\n]/.test(last)) show(' ');
    }
  }

  function addMarkup(tag: string): void {
    const name = nameOf(tag);
    if (name === 'pre') isAsWritten = !tag.startsWith('/');
    if (name === 'br') {
      plain.push('\n');
      places[at] = length;
      at += 1;
      show('\n');
    } else if (blocks.has(name)) {
      if (last === ' ') {
        shown.pop();
        length -= 1;
      }
      if (last !== '\n') show('\n');
    } else if ((tag === 'td' || tag === 'th') && last !== '\n') show('\t');
  }

  let from = 0;
  for (const match of html.matchAll(markup)) {
    add(decoded(html.slice(from, match.index)));
    if (match[2] !== undefined) addMarkup(match[2]);
    from = match.index + match[0].length;
  }
  add(decoded(html.slice(from)));
  places[at] = length;
  return { plain: plain.join(''), shown: shown.join('').trimEnd(), places: places.subarray(0, at + 1) };
}

/** Most of an HTML source that is read for one line: scripts and styles may come before its text. */
const readForLine = 20_000;

/** The start of an HTML source’s text on one line, of at least `units` UTF-16 units if it has that many. */
export function lineOfHtml(html: string, units: number): string {
  const start = html.slice(0, readForLine);
  let line = '';
  let from = 0;
  const add = (text: string) => (line = `${line}${decoded(text)}`.replaceAll(/\s+/g, ' ').trimStart());
  for (const match of start.matchAll(markup)) {
    add(start.slice(from, match.index));
    if (line.length > units) return line;
    if (/^\/?(?:br|td|th)$/i.test(match[2] ?? '') || blocks.has(nameOf(match[2] ?? ''))) line += ' ';
    from = match.index + match[0].length;
  }
  return add(start.slice(from)).trimEnd();
}

const nameOf = (tag: string): string => tag.replace('/', '').toLowerCase();

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (entity, decimal, hex, name: string) => {
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    if (name === undefined) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
    return Object.hasOwn(entities, name) ? entities[name]! : entity;
  });

/**
 * The span of a region in the shown text of its HTML, if its offsets or its only occurrence match the marked text.
 * XPaths aren’t followed, because only a browser builds the page; undefined if they are needed.
 */
export function spanInHtml(
  { text: marked, globalOffsets }: JsonObject,
  html: HtmlText | undefined,
): TextSpan | undefined {
  if (html === undefined || typeof marked !== 'string' || marked.trim() === '') return undefined;
  const { plain, shown, places } = html;
  const [from, to] = offsetsIn(globalOffsets);
  const isThere = from !== undefined && to !== undefined && plain.slice(from, to) === marked;
  const first = isThere ? from : onlyPlace(plain, marked);
  if (first !== undefined) {
    const end = first + marked.length;
    return { from: places[first]!, to: Math.min(places[end - 1]! + 1, places[end]!) };
  }
  // A text of several blocks has line breaks in place of their markup.
  const words = marked.trim().replaceAll(/\s+/g, ' ');
  const start = onlyPlace(shown.replaceAll(/\s/g, ' '), words);
  return start === undefined ? undefined : { from: start, to: start + words.length };
}

function onlyPlace(text: string, part: string): number | undefined {
  const first = text.indexOf(part);
  return first >= 0 && text.indexOf(part, first + 1) < 0 ? first : undefined;
}

function offsetsIn(offsets: unknown): (number | undefined)[] {
  const { start, end } = (typeof offsets === 'object' && offsets !== null ? offsets : {}) as Record<
    string,
    unknown
  >;
  return [start, end].map((one) =>
    Number.isInteger(Number(one)) && Number(one) >= 0 ? Number(one) : undefined,
  );
}
