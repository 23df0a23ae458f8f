import type { PlacedProblem, Severity } from '#wire/problem.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import { parseXml, XmlElement, XmlError, XmlText, type XmlNode } from '@rgrove/parse-xml';
import type { Attributes } from '#config/label-config.ts';

/** An element; attribute names are in lower case, because the editor ignores their case. */
export interface Element {
  /** In lower case. */
  tag: string;
  /** The tag as written. */
  written: string;
  attributes: Attributes;
  children: readonly Element[];
  /** The text directly inside; empty with child elements. */
  text: string;
  offset: number;
}

export type ReadXml = { ok: true; root: Element } | { ok: false; problem: PlacedProblem };

/**
 * Reads XML strictly. Document types and entities are refused before parsing: no config needs them, and they can make a
 * short text expand without limit.
 */
export function readXml(text: string): ReadXml {
  if (text.length > limits.configUnits) {
    return refuse(
      text,
      0,
      'config-too-long',
      `This config has ${count(text.length, 'character')}. At most ${count(limits.configUnits, 'character')} can be read.`,
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
    // The parser is recursive, so very deep nesting overflows the stack.
    if (error instanceof RangeError)
      return refuse(text, 0, 'config-nested-too-deep', 'These tags are nested too deeply.');
    throw error;
  }
}

/** The offset of the first declaration outside comments and CDATA, or -1. Linear in the length of the text. */
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

/** Escaped like `innerHTML`, which the editor uses: `tagIntoObject` in `core/Tree.tsx`. */
function textOf(node: XmlElement): string {
  const text = node.children.map((child) => (child instanceof XmlText ? child.text : '')).join('');
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isElement(node: XmlNode): node is XmlElement {
  return node instanceof XmlElement;
}

/** Without the place and the excerpt appended by the library. */
function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/ \(line \d+, column \d+\)$/, '');
}

function refuse(text: string, offset: number, code: string, message: string): ReadXml {
  return { ok: false, problem: problemAt(text, offset, 'error', code, message) };
}

/** A problem at an offset of a config. */
export function problemAt(
  text: string,
  offset: number,
  severity: Severity,
  code: string,
  message: string,
): PlacedProblem {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const column = before.at(-1)!.length + 1;
  return { code, severity, message, path: [], from: offset, to: offset, line: before.length, column };
}
