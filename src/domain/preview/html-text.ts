import type { JsonObject } from '#wire/json/json.ts';
import type { TextSpan } from './spans.ts';

const attributes = String.raw`(?:"(?:[^"]*"|[^]*$)|'(?:[^']*'|[^]*$)|[^>"'])*(?:>|$)`;

/** Markup; an unclosed part reaches to the end. */
const markup = new RegExp(
  [
    String.raw`<!--(?:[^]*?-->|[^]*$)`,
    String.raw`<(script|style)\b(?:[^]*?</\1\s*>|[^]*$)`,
    String.raw`(<br\b${attributes})`,
    `<[a-z/!?]${attributes}`,
  ].join('|'),
  'gi',
);

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The text of an HTML source, without its layout. */
export const textOfHtml = (html: string): string =>
  html
    .replaceAll(markup, (_, __, lineBreak: string | undefined) => (lineBreak === undefined ? '' : '\n'))
    .replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (entity, decimal, hex, name: string) => {
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      if (name === undefined) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
      return Object.hasOwn(entities, name) ? entities[name]! : entity;
    });

/**
 * The span of a region in the text of its HTML, if its offsets or its only occurrence match the marked text. XPaths
 * aren’t followed, because only a browser builds the page; undefined if they are needed.
 */
export function spanInHtml(
  { text: marked, globalOffsets }: JsonObject,
  text: string | undefined,
): TextSpan | undefined {
  if (text === undefined || typeof marked !== 'string' || marked.trim() === '') return undefined;
  const [from, to] = offsetsIn(globalOffsets);
  if (from !== undefined && to !== undefined && text.slice(from, to) === marked) return { from, to };
  const first = text.indexOf(marked);
  const isOnly = first >= 0 && text.indexOf(marked, first + 1) < 0;
  return isOnly ? { from: first, to: first + marked.length } : undefined;
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
