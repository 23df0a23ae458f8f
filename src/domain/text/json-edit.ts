import { itemsAt, keyText, membersAt, skipSpace, skipValue, type Span } from '#wire/json-skip.ts';

/**
 * Changes one part of a JSON text and leaves every other character as it is. A new part takes over the layout of its
 * neighbours. Only for text that can be read.
 */

/** One change: what stands in the span gives way to `put`. */
export interface Edit extends Span {
  put: string;
}

/** Makes several changes at once. They may stand in any order, and must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, put } of edits.toSorted((one, other) => one.from - other.from)) {
    pieces.push(text.slice(at, from), put);
    at = to;
  }
  return pieces.join('') + text.slice(at);
}

/** An object or a list in a text, with its members (name and value) or items. */
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

/** Puts `part` before the part at `index`; behind the last one where there is none. */
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

/** Puts `part` in the place of the part at `index`. */
export function replacePart(container: Container, index: number, part: string): string {
  return applyEdits(container.text, [replacement(container, index, part)]);
}

export function replacement({ text, parts }: Container, index: number, part: string): Edit {
  const { from, to } = parts[index]!;
  return { from, to, put: indented(part, `\n${indentAt(text, from)}`) };
}

/** Takes out the part at `index`, with the comma that belongs to it. */
export function removePart(container: Container, index: number): string {
  const { text, parts } = container;
  const { from, to } = parts[index]!;
  if (index > 0) return splice(text, { from: parts[index - 1]!.to, to }, '');
  const next = parts[1];
  if (next !== undefined) return splice(text, { from, to: next.from }, '');
  return splice(text, { from: container.from + 1, to: container.to - 1 }, '');
}

/** Gives the object at `from` a member, or a member of it another value; `undefined` takes it out. */
export function setMember(text: string, from: number, name: string, json: string | undefined): string {
  if (json !== undefined) return applyEdits(text, [memberEdit(text, from, name, json)]);
  const index = memberAt(text, from, name);
  if (index < 0) return text;
  return setMember(removePart(objectAt(text, from), index), from, name, undefined);
}

/** The change that gives the object at `from` this member, in the place of the one it has. */
export function memberEdit(text: string, from: number, name: string, json: string): Edit {
  const index = memberAt(text, from, name);
  if (index < 0) {
    const member = JSON.stringify(name) + colonAt(text, from) + json;
    return insertion(objectAt(text, from), Number.POSITIVE_INFINITY, member);
  }
  const { key, value } = [...membersAt(text, from)][index]!;
  return { ...value, put: indented(json, `\n${indentAt(text, key.from)}`) };
}

/** Where a name is given twice the last one counts. */
function memberAt(text: string, from: number, name: string): number {
  return [...membersAt(text, from)].findLastIndex(({ key }) => keyText(text, key) === name);
}

export function splice(text: string, { from, to }: Span, put: string): string {
  return text.slice(0, from) + put + text.slice(to);
}

/** What stands between two parts: a comma, and the white space that leads to the next one. */
function gapOf({ text, from, parts }: Container): string {
  const [before, last] = parts.slice(-2);
  if (before !== undefined && last !== undefined) return text.slice(before.to, last.from);
  const lead = text.slice(from + 1, parts[0]!.from);
  if (lead.includes('\n')) return `,${lead}`;
  // Written without any space, or with a space behind each comma and colon.
  return /[,:] /.test(text.slice(from, from + 200)) ? ', ' : ',';
}

/** A colon, with a space behind it where the object has one. */
function colonAt(text: string, from: number): string {
  const first = membersAt(text, from).next().value;
  if (first === undefined) return ': ';
  return text.slice(first.key.to, first.value.from);
}

/** The text with its lines, but for the first, moved in to where `gap` leads. */
function indented(text: string, gap: string): string {
  const line = gap.lastIndexOf('\n');
  // A line break inside a JSON text value is written \n, so every real one may be followed by spaces.
  return line < 0 ? text : text.replaceAll('\n', `\n${gap.slice(line + 1)}`);
}

/** The white space that the line at `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(line, Math.min(skipBlanks(text, line), offset));
}

/** How far one level is moved in: as in the text, else two spaces. */
export function indentUnit(text: string): string {
  return /\n([ \t]+)\S/.exec(text.slice(0, 10_000))?.[1] ?? '  ';
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

/** Where the first value of a text begins. */
export function startOf(text: string): number {
  return skipSpace(text, 0);
}
