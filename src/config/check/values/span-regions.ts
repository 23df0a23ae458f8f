import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { describeValue, describeValueAtStart, shorten } from '#wire/text/words.ts';
import { within, type Report } from '#wire/problem.ts';
import type { Control } from '#config/label-config.ts';
import {
  checkBoolean,
  numberOf,
  objectsOf,
  readList,
  readNumber,
  readOptionalNumber,
  readText,
  refuseNull,
  type Limits,
} from './fields.ts';

/*
 * Spans: characters of a text, seconds of audio, frames of a video.
 */

const characters: Limits = { min: 0, whole: true };
const seconds: Limits = { min: 0 };

/** Characters of a plain text; the end is exclusive. With offsets the editor expects XPaths, and drops the span. */
function textSpan(value: JsonObject, _control: Control, report: Report): void {
  if ((value['startOffset'] ?? value['endOffset'] ?? null) !== null) refuseOffsets(value, report);
  const start = readNumber(value, 'start', characters, report);
  const end = readNumber(value, 'end', characters, report);
  checkOrder(start, end, report);
}

function refuseOffsets(value: JsonObject, report: Report): void {
  const { startOffset: _from, endOffset: _to, ...rest } = value;
  const given = ['startOffset', 'endOffset'].filter((key) => (value[key] ?? null) !== null);
  const message = `The editor drops a span of plain text with “${given.join('” and “')}”. Use only “start” and “end”.`;
  const fix = { path: [], value: rest, words: 'Remove the offsets' };
  report('error', 'span-with-offsets', message, [given[0]!], fix);
}

function audioSpan(value: JsonObject, _control: Control, report: Report): void {
  const start = readNumber(value, 'start', seconds, report);
  const end = readNumber(value, 'end', seconds, report);
  readOptionalNumber(value, 'channel', { min: 0, whole: true }, report);
  refuseNull(value, 'channel', 0, report);
  checkOrder(start, end, report);
}

/**
 * Start and end are XPaths with offsets, or characters of the whole page without: `prepareValue` of the editor's
 * `stores/Annotation/Annotation.js`. It drops any other span (seen on 1.23.2).
 */
export function hyperTextSpan(value: JsonObject, control: Control, report: Report): void {
  const isOfCharacters =
    (value['startOffset'] ?? value['endOffset'] ?? null) === null &&
    isNumber(value['start']) &&
    isNumber(value['end']);
  if (isOfCharacters) {
    textSpan(value, control, report);
    return;
  }
  const hint = 'Use an XPath such as "/p[1]/text()[1]".';
  const start = readText(value, 'start', hint, report);
  const end = readText(value, 'end', hint, report);
  const from = readNumber(value, 'startOffset', characters, report);
  const to = readNumber(value, 'endOffset', characters, report);
  if (start !== undefined && start === end) checkOrder(from, to, report, 'endOffset');
  const offsets = value['globalOffsets'];
  if (offsets === undefined) return;
  const inside = within(report, 'globalOffsets');
  if (!isJsonObject(offsets)) {
    inside(
      'error',
      'value-not-an-object',
      `“globalOffsets” must be an object such as {"start": 0, "end": 5}, not ${describeValue(offsets)}.`,
      [],
    );
    return;
  }
  checkOrder(
    readNumber(offsets, 'start', characters, inside),
    readNumber(offsets, 'end', characters, inside),
    inside,
  );
}

const isNumber = (value: Json | undefined): boolean =>
  numberOf(value) !== undefined || (typeof value === 'string' && /^\d+$/.test(value));

/** Start and end are paragraph numbers as text. The editor drops them if they are numbers (seen on 1.23.2). */
export function paragraphSpan(value: JsonObject, _control: Control, report: Report): void {
  const hint = 'Use the number of a paragraph in quotes, such as "0".';
  const [start, end] = ['start', 'end'].map((key) => {
    const text = readText(value, key, hint, report);
    if (text === undefined || /^\d+$/.test(text)) return text;
    report('error', 'paragraph-not-a-number', `${describeValueAtStart(text)} isn’t a paragraph. ${hint}`, [
      key,
    ]);
    return undefined;
  });
  const from = readNumber(value, 'startOffset', characters, report);
  const to = readNumber(value, 'endOffset', characters, report);
  if (start === undefined || end === undefined) return;
  if (start === end) checkOrder(from, to, report, 'endOffset');
  else checkOrder(Number(start), Number(end), report);
}

/** Numbers, or text in the time format of the series. The editor sometimes omits `instant`. */
export function timeSeriesSpan(value: JsonObject, _control: Control, report: Report): void {
  const [start, end] = ['start', 'end'].map((key) =>
    typeof value[key] === 'string' && value[key] !== '' ? undefined : readNumber(value, key, {}, report),
  );
  checkBoolean(value, 'instant', report);
  refuseNull(value, 'instant', false, report);
  const isInstant = value['instant'] === true;
  if (start === undefined || end === undefined) return;
  if (!isInstant) checkOrder(start, end, report);
  else if (start !== end) {
    const message = `An instant has no length, but this one goes from ${start} to ${end}.`;
    report('warning', 'instant-with-length', message, ['end']);
  }
}

/** Frames; the end is inclusive, so a single frame has equal start and end. */
export function timeline(value: JsonObject, _control: Control, report: Report): void {
  const example = '{"start": 3, "end": 5}';
  const ranges = readList(value, 'ranges', `[${example}]`, report);
  if (ranges === undefined) return;
  if (ranges.length === 0)
    report('error', 'ranges-empty', `“ranges” is empty. Add a range such as ${example}.`, ['ranges']);
  for (const [range, index] of objectsOf(ranges, 'ranges', example, report)) {
    const inside = within(report, 'ranges', index);
    const start = readNumber(range, 'start', characters, inside);
    const end = readNumber(range, 'end', characters, inside);
    if (start !== end) checkOrder(start, end, inside);
  }
}

/** The check for spans on this object tag. */
export function spanOn(
  objectTag: string,
): ((value: JsonObject, control: Control, report: Report) => void) | undefined {
  switch (objectTag) {
    case 'text':
      return textSpan;
    case 'audio':
    case 'audioplus':
      return audioSpan;
    case 'hypertext':
      return hyperTextSpan;
    case 'paragraphs':
      return paragraphSpan;
    case 'timeseries':
      return timeSeriesSpan;
    default:
      return undefined;
  }
}

function checkOrder(start: number | undefined, end: number | undefined, report: Report, key = 'end'): void {
  if (start === undefined || end === undefined) return;
  if (end < start) {
    report('error', 'end-before-start', `This ends at ${end}, before it starts at ${start}.`, [key]);
  } else if (end === start) {
    report('warning', 'span-empty', `This starts and ends at ${start}, so nothing is marked.`, [key]);
  }
}

/**
 * `text` is a copy of the marked text. The editor recomputes it, but throws on a number or null, and on a list for a
 * span: `regions/Result.js`, `applyAdditionalDataFromResult` of `regions/RichTextRegion.js`.
 */
export function checkMarkedText(value: JsonObject, isSpan: boolean, report: Report): void {
  const text = value['text'];
  const isText = (one: unknown) => typeof one === 'string';
  if (text === undefined || isText(text) || (!isSpan && Array.isArray(text) && text.every(isText))) return;
  const meant = Array.isArray(text) && text.length === 1 ? text[0]! : text;
  const number = numberOf(meant);
  const plain = typeof meant === 'string' ? meant : number === undefined ? undefined : String(number);
  const fix =
    plain === undefined ? undefined : { path: ['text'], value: plain, words: `Use “${shorten(plain, 40)}”` };
  report(
    'error',
    'value-not-text',
    `“text” must be text in quotes, not ${describeValue(text)}.`,
    ['text'],
    fix,
  );
}
