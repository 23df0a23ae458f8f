import { itemsAt, keyText, membersAt, skipSpace, skipValue, type Span } from '#wire/json/json-scan.ts';

/**
 * Edits of valid JSON text that keep every other character. A new part takes the layout of its neighbours.
 */

/** Replaces a span by `put`. */
export interface Edit extends Span {
  put: string;
}

/** Applies edits, which may be in any order and must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, put } of edits.toSorted((one, other) => one.from - other.from)) {
    pieces.push(text.slice(at, from), put);
    at = to;
  }
  return pieces.join('') + text.slice(at);
}

/** An object or list in a text, with the spans of its members (key and value) or items. */
interface Container extends Span {
  parts: Span[];
  text: string;
}

/** The list that begins at `from`. */
export function listAt(text: string, from: number): Container {
  return { text, from, to: skipValue(text, from), parts: [...itemsAt(text, from)] };
}

/** The object that begins at `from`. */
function objectAt(text: string, from: number): Container {
  const parts = [...membersAt(text, from)].map(({ key, value }) => ({ from: key.from, to: value.to }));
  return { text, from, to: skipValue(text, from), parts };
}

/** Inserts `part` before the one at `index`, or at the end. */
export function insertPart(container: Container, index: number, part: string): string {
  return applyEdits(container.text, [insertion(container, index, part)]);
}

function insertion(container: Container, index: number, part: string): Edit {
  const { text, parts } = container;
  const before = parts[index];
  if (before !== undefined) {
    const gap = gapOf(container);
    return { from: before.from, to: before.from, put: indented(part, gap) + gap };
  }
  const last = parts.at(-1);
  if (last !== undefined) {
    const gap = gapOf(container);
    return { from: last.to, to: last.to, put: gap + indented(part, gap) };
  }
  const inside = { from: container.from + 1, to: container.to - 1 };
  if (!text.includes('\n') && !part.includes('\n')) return { ...inside, put: part };
  const outer = `\n${indentAt(text, container.from)}`;
  const inner = outer + indentUnit(text);
  return { ...inside, put: inner + indented(part, inner) + outer };
}

/** Replaces the part at `index`. */
export function replacePart(container: Container, index: number, part: string): string {
  return applyEdits(container.text, [replacement(container, index, part)]);
}

export function replacement({ text, parts }: Container, index: number, part: string): Edit {
  const { from, to } = parts[index]!;
  return { from, to, put: indented(part, `\n${indentAt(text, from)}`) };
}

/** Removes the part at `index` and its comma. */
export function removePart(container: Container, index: number): string {
  const { text, parts } = container;
  const { from, to } = parts[index]!;
  if (index > 0) return splice(text, { from: parts[index - 1]!.to, to }, '');
  const next = parts[1];
  if (next !== undefined) return splice(text, { from, to: next.from }, '');
  return splice(text, { from: container.from + 1, to: container.to - 1 }, '');
}

/** Sets a member of the object at `from`; `undefined` removes it. */
export function setMember(text: string, from: number, name: string, json: string | undefined): string {
  if (json !== undefined) return applyEdits(text, [memberEdit(text, from, name, json)]);
  const index = memberAt(text, from, name);
  if (index < 0) return text;
  return setMember(removePart(objectAt(text, from), index), from, name, undefined);
}

/** The edit that sets a member of the object at `from`. */
export function memberEdit(text: string, from: number, name: string, json: string): Edit {
  const index = memberAt(text, from, name);
  if (index < 0) {
    const member = JSON.stringify(name) + colonAt(text, from) + json;
    return insertion(objectAt(text, from), Number.POSITIVE_INFINITY, member);
  }
  const { key, value } = [...membersAt(text, from)][index]!;
  return { ...value, put: indented(json, `\n${indentAt(text, key.from)}`) };
}

/** The last of duplicate keys counts. */
function memberAt(text: string, from: number, name: string): number {
  return [...membersAt(text, from)].findLastIndex(({ key }) => keyText(text, key) === name);
}

export function splice(text: string, { from, to }: Span, put: string): string {
  return text.slice(0, from) + put + text.slice(to);
}

/** The comma and white space between two parts. */
function gapOf({ text, from, parts }: Container): string {
  const [before, last] = parts.slice(-2);
  if (before !== undefined && last !== undefined) return text.slice(before.to, last.from);
  const lead = text.slice(from + 1, parts[0]!.from);
  if (lead.includes('\n')) return `,${lead}`;
  // Compact, or with a space after each comma and colon.
  return /[,:] /.test(text.slice(from, from + 200)) ? ', ' : ',';
}

/** A colon, followed by a space if the object’s other members have one. */
function colonAt(text: string, from: number): string {
  const first = membersAt(text, from).next().value;
  if (first === undefined) return ': ';
  return text.slice(first.key.to, first.value.from);
}

/** Indents all lines but the first like the end of `gap`. */
function indented(text: string, gap: string): string {
  const line = gap.lastIndexOf('\n');
  // JSON strings contain no raw line breaks, so every line break may be followed by spaces.
  return line < 0 ? text : text.replaceAll('\n', `\n${gap.slice(line + 1)}`);
}

/** The indentation of the line at `offset`. */
export function indentAt(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(line, Math.min(skipBlanks(text, line), offset));
}

/** One level of indentation: that of the text, else two spaces. */
export function indentUnit(text: string): string {
  return /\n([ \t]+)\S/.exec(text.slice(0, 10_000))?.[1] ?? '  ';
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

/** The offset of the first value. */
export function startOf(text: string): number {
  return skipSpace(text, 0);
}
