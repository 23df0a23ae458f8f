import type { JsonObject } from '#wire/json/json.ts';
import type { Problem } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { describeValue } from '#wire/text/words.ts';

/** A way to count characters that another program may have used. */
interface Counting {
  /** True if characters beyond U+FFFF, such as emoji, count as two. */
  inUnits: boolean;
  /** The length of a line break, if it differs. */
  lineBreak?: 1 | 2;
}

const countings: readonly Counting[] = [
  { inUnits: true },
  { inUnits: false, lineBreak: 1 },
  { inUnits: false, lineBreak: 2 },
  { inUnits: true, lineBreak: 1 },
  { inUnits: true, lineBreak: 2 },
];

/** How a program counts differently from Label Studio, in words. */
function wordsOf({ inUnits, lineBreak }: Counting): string {
  const emoji = inUnits ? ['emoji as two (UTF-16)'] : [];
  const breaks = lineBreak === undefined ? [] : [`a line break as ${lineBreak === 1 ? 'one' : 'two'}`];
  return [...emoji, ...breaks].join(' and ');
}

/**
 * Compares a span with its text: `value.text` with `text[start:end]`. Offsets count code points, as in the editor (its
 * spec “Should calculate offsets by code points”), which throws on an end beyond the text. Problem paths start at
 * `value`, whose `start` and `end` were checked before.
 */
export function checkSpanInText(value: JsonObject, text: string): Problem | undefined {
  const { start, end, text: marked } = value;
  if (!isOffset(start) || !isOffset(end) || end <= start) return undefined;
  const found = partOf(text, start, end);
  if (typeof marked !== 'string' || marked === '') return found === undefined ? beyond(text, end) : undefined;
  if (found === marked) return undefined;
  for (const counting of countings) {
    const [from, to] = offsetsIn(text, [start, end], counting);
    const part = from === undefined || to === undefined ? undefined : partOf(text, from, to);
    if (part !== undefined && withPlainBreaks(part) === withPlainBreaks(marked))
      return from === start && to === end
        ? undefined
        : recountedFix(value, [from!, to!], counting, found === undefined);
  }
  if (found === undefined) return beyond(text, end);
  if (withPlainBreaks(found) === withPlainBreaks(marked)) return undefined;
  const message = `The text from ${start} to ${end} is ${describeValue(found)}, but this region says ${describeValue(marked)}. Correct its start and end.`;
  return { code: 'span-differs', severity: 'warning', message, path: ['text'] };
}

function recountedFix(
  value: JsonObject,
  [start, end]: [number, number],
  counting: Counting,
  isBeyond: boolean,
): Problem {
  const counted = wordsOf(counting);
  const message = `These offsets count ${counted}. Label Studio counts each character once: ${describeValue(value['text']!)} goes from ${start} to ${end}.`;
  return {
    code: 'span-counted-otherwise',
    severity: isBeyond ? 'error' : 'warning',
    message,
    path: ['start'],
    fix: {
      path: [],
      value: { ...value, start, end },
      words: `Use ${start} to ${end}`,
      alike: 'Count each character once',
    },
  };
}

function beyond(text: string, end: number): Problem {
  const length = offsetAt(text, text.length);
  const message = `This ends at ${end}, but the task’s text has ${count(length, 'character')}, and the editor fails on such a region. Correct its end.`;
  return { code: 'span-beyond-text', severity: 'error', message, path: ['end'] };
}

const isOffset = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

/** `text[start:end]` in code points; undefined if the text is shorter. */
function partOf(text: string, start: number, end: number): string | undefined {
  const from = unitsAt(text, 0, start);
  const to = from === undefined ? undefined : unitsAt(text, from, end - start);
  return to === undefined ? undefined : text.slice(from, to);
}

/** The UTF-16 offset of this many code points after `from`; undefined after the end. */
function unitsAt(text: string, from: number, codePoints: number): number | undefined {
  if (from + codePoints > text.length) return undefined;
  let units = from;
  for (let count = 0; count < codePoints; count += 1) {
    if (units >= text.length) return undefined;
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  }
  return units;
}

/** The offset in code points of an offset in UTF-16 units. */
function offsetAt(text: string, units: number): number {
  let offset = 0;
  for (let at = 0; at < units; at += text.codePointAt(at)! > 0xffff ? 2 : 1) offset += 1;
  return offset;
}

/** Converts ascending offsets of another counting to code points; undefined if one isn’t between two characters. */
function offsetsIn(
  text: string,
  sought: readonly number[],
  { inUnits, lineBreak }: Counting,
): (number | undefined)[] {
  const found: (number | undefined)[] = sought.map(() => undefined);
  const last = sought.at(-1)!;
  let counted = 0;
  for (let at = 0, offset = 0; counted <= last;) {
    sought.forEach((one, index) => {
      if (one === counted) found[index] ??= offset;
    });
    if (at >= text.length) break;
    const code = text.codePointAt(at)!;
    const isPair = code === 0x0d && text.charCodeAt(at + 1) === 0x0a;
    const isBreak = code === 0x0a || isPair;
    const units = isPair && lineBreak !== undefined ? 2 : code > 0xffff ? 2 : 1;
    counted += lineBreak !== undefined && isBreak ? lineBreak : inUnits ? units : 1;
    offset += isPair && lineBreak !== undefined ? 2 : 1;
    at += units;
  }
  return found;
}

/** Copies of a text may have other line breaks; older editors write them as a backslash and an n. */
const withPlainBreaks = (text: string): string => text.replaceAll(/\r\n?|\\n/g, '\n');
