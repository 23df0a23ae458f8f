import { parseXml, XmlElement } from '@rgrove/parse-xml';
import type { Bytes } from '#domain/text/source-text.ts';

/* Number formats of a workbook: https://learn.microsoft.com/dotnet/api/documentformat.openxml.spreadsheet.numberingformat */

/** Parts of a workbook with numbers written as displayed, where that matters. */
export interface DisplayedNumbers {
  files: Map<string, Bytes>;
  /** Number of cells displayed as percentages; they stay fractions. */
  percentages: number;
}

/**
 * Writes whole numbers as text if their format pads them with zeros, such as `00000` or `"SKU-"0000`: the displayed
 * text may be the article number that identifies a task. Other numbers stay unchanged.
 */
export function withDisplayedNumbers(files: ReadonlyMap<string, Bytes>): DisplayedNumbers {
  const formats = formatsIn(files.get('xl/styles.xml'));
  const slots = formats.map((format) => zeroSlots(format));
  const arePercentages = formats.map((format) => withoutTexts(format).includes('%'));
  const displayed = { files: new Map(files), percentages: 0 };
  if (![...slots, ...arePercentages].some(Boolean)) return displayed;
  for (const [name, file] of files) {
    if (!name.startsWith('xl/worksheets/') || name.includes('_rels')) continue;
    const xml = new TextDecoder().decode(file);
    const written = xml.replaceAll(numberCell, (cell, prefix: string, attributes: string, words: string) => {
      const style = Number(/\ss="(\d+)"/.exec(attributes)?.[1] ?? 0);
      if (/\st="(?!n")/.test(attributes)) return cell;
      if (arePercentages[style] === true) displayed.percentages += 1;
      const text = slots[style] && filled(slots[style], words);
      if (text === undefined) return cell;
      const rest = attributes.replace(/\st="n"/, '');
      return `<${prefix}c${rest} t="str"><${prefix}v>${text}</${prefix}v></${prefix}c>`;
    });
    if (written !== xml) displayed.files.set(name, new TextEncoder().encode(written));
  }
  return displayed;
}

/** A cell with a number, typed or from a formula. */
const numberCell =
  /<((?:\w+:)?)c\b([^>]*)>(?:<\1f\b[^<]*(?:\/>|<\/\1f>))?<\1v>(\d+(?:\.\d+)?)<\/\1v><\/\1c>/g;

/** The format of each cell style; empty for built-in formats except percentages. */
function formatsIn(styles: Bytes | undefined): string[] {
  if (styles === undefined) return [];
  let root: XmlElement | null;
  try {
    ({ root } = parseXml(new TextDecoder().decode(styles)));
  } catch {
    return [];
  }
  const own = new Map(
    childrenOf(root, 'numFmts').map(({ attributes }) => [attributes['numFmtId'], attributes['formatCode']]),
  );
  const known = new Map([
    ['9', '0%'],
    ['10', '0.00%'],
  ]);
  return childrenOf(root, 'cellXfs').map(
    ({ attributes: { numFmtId = '' } }) => own.get(numFmtId) ?? known.get(numFmtId) ?? '',
  );
}

function childrenOf(root: XmlElement | null, name: string): XmlElement[] {
  const elements = (parent: XmlElement | null | undefined) =>
    parent?.children.filter((child) => child instanceof XmlElement) ?? [];
  const isNamed = (element: XmlElement) => element.name.replace(/^.*:/, '') === name;
  return elements(elements(root).find(isNamed));
}

/** Removes quoted text and escaped characters. */
const withoutTexts = (format: string): string => format.replaceAll(/"[^"]*"|\\./g, '');

/** The zeros of a format and the texts between them; undefined if it doesn’t pad whole numbers. */
function zeroSlots(format: string): string[] | undefined {
  // The other sections are for negative numbers and texts.
  const [positive = ''] = format.split(';');
  const slots = Array.from(positive.matchAll(/"([^"]*)"|\\(.)|(0)|(\[[^\]]*\])|(.)/gsu), (match) => {
    const [, quoted, escaped, zero, , other] = match;
    return { text: quoted ?? escaped ?? other ?? '', isZero: zero !== undefined, other };
  });
  const isPlain = slots.every(({ other }) => other === undefined || /[-\s/()]/.test(other));
  const zeros = slots.filter(({ isZero }) => isZero).length;
  const hasTexts = slots.some(({ text }) => text !== '');
  if (!isPlain || zeros === 0 || (zeros === 1 && !hasTexts)) return undefined;
  return slots.map(({ text, isZero }) => (isZero ? ZERO : text));
}

/** A digit’s place among texts. */
const ZERO = '\0';

/** A number formatted with these slots; undefined if it isn’t whole. */
function filled(slots: readonly string[], words: string): string | undefined {
  const zeros = slots.filter((slot) => slot === ZERO).length;
  if (!/^\d+$/.test(words)) return undefined;
  const digits = words.padStart(zeros, '0');
  let at = 0;
  const text = slots.map((slot) => {
    if (slot !== ZERO) return slot;
    const from = at;
    at = from === 0 ? digits.length - zeros + 1 : from + 1;
    return digits.slice(from, at);
  });
  return text.join('').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
