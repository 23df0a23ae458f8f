/** An element of a labelling config, without text, which Label Studio's SDK ignores. */
export interface Element {
  tag: string;
  attributes: Record<string, string>;
  children: Element[];
}

/** Invalid XML, with a parser's message and position. */
export class InvalidXml extends Error {}

/** Parses the XML of labelling configs: elements, attributes, comments, CDATA, entities. */
export function readXml(text: string): Element {
  const top: Element = { tag: '', attributes: {}, children: [] };
  const open = [top];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    checkTextBetween(text, at, match.index, open.length === 1);
    at = match.index + match[0].length;
    const { closing, tag, attributes, empty } = match.groups!;
    if (closing !== undefined) {
      if (open.length === 1 || open.pop()!.tag !== closing)
        throw xmlError('mismatched tag', text, match.index);
    } else if (tag !== undefined) {
      const element = { tag, attributes: readAttributes(attributes!), children: [] };
      open.at(-1)!.children.push(element);
      if (empty === undefined) open.push(element);
    }
  }
  checkTextBetween(text, at, text.length, open.length === 1);
  if (open.length > 1) throw xmlError('no element found', text, text.length);
  if (top.children.length !== 1) {
    throw xmlError(top.children.length === 0 ? 'no element found' : 'junk after document element', text, at);
  }
  return top.children[0]!;
}

/** The element and its descendants in document order, each with its ancestors. */
export function* walk(element: Element, ancestors: Element[] = []): Generator<[Element, Element[]]> {
  yield [element, ancestors];
  for (const child of element.children) yield* walk(child, [...ancestors, element]);
}

const TOKEN =
  /<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>|<!\[CDATA\[.*?\]\]>|<\/(?<closing>[\w:.-]+)\s*>|<(?<tag>[A-Za-z_][\w:.-]*)(?<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/)?>/gs;

const readAttributes = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name, double, single]) => [
      name!,
      unescape(double ?? single!),
    ]),
  );

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescape = (text: string) =>
  text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name as string] ?? whole;
    return String.fromCodePoint(Number.parseInt((hex ?? decimal) as string, hex === undefined ? 10 : 16));
  });

function checkTextBetween(text: string, from: number, to: number, outside: boolean): void {
  const between = text.slice(from, to);
  const tag = between.indexOf('<');
  if (tag !== -1) {
    const end = text.indexOf('>', from + tag);
    throw xmlError(end === -1 ? 'unclosed token' : 'not well-formed (invalid token)', text, from + tag);
  }
  if (outside && between.trim() !== '') throw xmlError('syntax error', text, from);
}

function xmlError(what: string, text: string, at: number): InvalidXml {
  const before = text.slice(0, at);
  return new InvalidXml(
    `${what}: line ${before.split('\n').length}, column ${at - before.lastIndexOf('\n') - 1}`,
  );
}
