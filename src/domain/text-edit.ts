import { itemsAt, keyText, membersAt, skipSpace, skipValue, type Span } from '#wire/json-skip.ts';

/**
 * Changes one part of a JSON text and leaves every other character as it is. A new part takes over the layout of its
 * neighbours. Only for text that can be read.
 */

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
  const { text, parts } = container;
  const before = parts[index];
  if (before !== undefined) {
    const gap = gapOf(container);
    return splice(text, { from: before.from, to: before.from }, indented(part, gap) + gap);
  }
  const last = parts.at(-1);
  if (last !== undefined) {
    const gap = gapOf(container);
    return splice(text, { from: last.to, to: last.to }, gap + indented(part, gap));
  }
  const inside = { from: container.from + 1, to: container.to - 1 };
  if (!text.includes('\n') && !part.includes('\n')) return splice(text, inside, part);
  const outer = `\n${indentAt(text, container.from)}`;
  const inner = outer + indentUnit(text);
  return splice(text, inside, inner + indented(part, inner) + outer);
}

/** Puts `part` in the place of the part at `index`. */
export function replacePart(container: Container, index: number, part: string): string {
  const old = container.parts[index]!;
  return splice(container.text, old, indented(part, `\n${indentAt(container.text, old.from)}`));
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
  const members = [...membersAt(text, from)];
  // Where a name is given twice the last one counts.
  const index = members.findLastIndex(({ key }) => keyText(text, key) === name);
  if (json !== undefined) {
    if (index < 0)
      return insertPart(
        objectAt(text, from),
        members.length,
        JSON.stringify(name) + colonAt(text, from) + json,
      );
    const { key, value } = members[index]!;
    return splice(text, value, indented(json, `\n${indentAt(text, key.from)}`));
  }
  if (index < 0) return text;
  return setMember(removePart(objectAt(text, from), index), from, name, undefined);
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
