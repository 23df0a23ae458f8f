import { readJson } from '#wire/json/json.ts';
import { itemsAt, membersAt, skipSpace, type Span } from '#wire/json/json-scan.ts';

/** Lists of plain values wrap at this many characters. */
const lineWidth = 100;
const indent = '  ';

/**
 * Formats JSON with two spaces per level. Changes only white space: numbers and strings stay as written, keys keep
 * their order. Lists of plain values are wrapped, so that 5,000 task IDs aren’t 5,000 lines. Invalid text is returned
 * unchanged.
 */
export function formatJson(text: string): string {
  if (readJson(text).value === undefined) return text;
  const from = skipSpace(text, 0);
  return isOpening(text[from]) ? layOut(text, from, '\n') : text.trim();
}

function layOut(text: string, from: number, newLine: string): string {
  const first = text[from];
  const inner = newLine + indent;
  if (first === '{') {
    const members = [...membersAt(text, from)].map(
      ({ key, value }) => `${slice(text, key)}: ${valueText(text, value, inner)}`,
    );
    return members.length === 0 ? '{}' : `{${inner}${members.join(`,${inner}`)}${newLine}}`;
  }
  const items = [...itemsAt(text, from)];
  if (items.length === 0) return '[]';
  if (items.every(({ from: at }) => !isOpening(text[at]))) return plainList(text, items, newLine, inner);
  return `[${inner}${items.map((item) => valueText(text, item, inner)).join(`,${inner}`)}${newLine}]`;
}

function valueText(text: string, value: Span, newLine: string): string {
  return isOpening(text[value.from]) ? layOut(text, value.from, newLine) : slice(text, value);
}

function plainList(text: string, items: Span[], newLine: string, inner: string): string {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    const value = slice(text, item);
    if (line !== '' && inner.length + line.length + value.length + 2 > lineWidth) {
      lines.push(line);
      line = value;
    } else {
      line = line === '' ? value : `${line}, ${value}`;
    }
  }
  lines.push(line);
  return lines.length === 1 ? `[${line}]` : `[${inner}${lines.join(`,${inner}`)}${newLine}]`;
}

function isOpening(char: string | undefined): boolean {
  return char === '{' || char === '[';
}

function slice(text: string, span: Span): string {
  return text.slice(span.from, span.to);
}
