import { count } from '#wire/words.ts';
import { parseXml, XmlElement, XmlError, XmlText, type XmlNode } from '@rgrove/parse-xml';
import type { Attributes, ConfigProblem } from '#config/label-config.ts';

/** One element, its attribute names in lower case, because the editor takes them in any. */
export interface Element {
  /** In lower case. */
  tag: string;
  written: string;
  attributes: Attributes;
  children: readonly Element[];
  /** The text directly inside; empty where there are elements too. */
  text: string;
  offset: number;
}

/** A taxonomy of 40,000 entries is about this long. What is longer is no labelling config. */
export const longestConfig = 4_000_000;

export type ReadXml = { ok: true; root: Element } | { ok: false; problem: ConfigProblem };

/**
 * Reads XML strictly. Document types and entities are refused before anything is parsed: no config needs them, and they
 * can make a short text expand without end.
 */
export function readXml(text: string): ReadXml {
  if (text.length > longestConfig) {
    return refuse(
      text,
      0,
      'config-too-long',
      `This config has ${count(text.length, 'character')}. At most ${count(longestConfig, 'character')} can be read.`,
    );
  }
  if (text.trim() === '') return refuse(text, 0, 'config-empty', 'This config is empty.');
  const declaration = findDeclaration(text);
  if (declaration >= 0) {
    const message = 'A labelling config can’t declare a document type or entities. Remove this declaration.';
    return refuse(text, declaration, 'config-declares-entities', message);
  }
  try {
    const { root } = parseXml(text, { includeOffsets: true });
    return { ok: true, root: elementOf(root!) };
  } catch (error) {
    if (error instanceof XmlError) {
      return refuse(text, error.pos, 'config-not-xml', `This isn’t valid XML: ${firstLine(error.message)}.`);
    }
    // The parser goes down as deep as the XML does, and the stack ends before very deep nesting does.
    if (error instanceof RangeError)
      return refuse(text, 0, 'config-nested-too-deep', 'These tags are nested too deeply.');
    throw error;
  }
}

/** Where a declaration begins, or -1. Comments and CDATA may speak of them. One pass, whatever the text. */
function findDeclaration(text: string): number {
  for (let at = text.indexOf('<!'); at >= 0; at = text.indexOf('<!', at)) {
    if (text.startsWith('<!--', at)) at = skipTo(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) at = skipTo(text, ']]>', at + 9);
    else if (/^<!(?:DOCTYPE|ENTITY)/i.test(text.slice(at, at + 9))) return at;
    else at += 2;
  }
  return -1;
}

function skipTo(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? text.length : at + end.length;
}

function elementOf(node: XmlElement): Element {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(node.attributes)) attributes[name.toLowerCase()] = value;
  const children = node.children.filter(isElement).map(elementOf);
  return {
    tag: node.name.toLowerCase(),
    written: node.name,
    attributes,
    children,
    text: children.length === 0 ? textOf(node).trim() : '',
    offset: node.start,
  };
}

/** As `innerHTML` gives it, which is what the editor takes: `tagIntoObject` of `web/libs/editor/src/core/Tree.tsx`. */
function textOf(node: XmlElement): string {
  const text = node.children.map((child) => (child instanceof XmlText ? child.text : '')).join('');
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isElement(node: XmlNode): node is XmlElement {
  return node instanceof XmlElement;
}

/** The library's message goes on with the place and an excerpt. */
function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/ \(line \d+, column \d+\)$/, '');
}

function refuse(text: string, offset: number, code: string, message: string): ReadXml {
  return { ok: false, problem: { code, message, ...placeOf(text, offset) } };
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
