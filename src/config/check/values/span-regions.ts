import type { JsonObject } from '#wire/json/json.ts';
import { isJsonObject } from '#wire/json/json.ts';
import { describeValue, describeValueAtStart } from '#wire/text/words.ts';
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
  type Limits,
} from './fields.ts';

/*
 * Spans: characters of a text, seconds of audio, frames of a video.
 */

const characters: Limits = { min: 0, whole: true };
const seconds: Limits = { min: 0 };

/** Characters of a plain text; the end is exclusive. */
function textSpan(value: JsonObject, _control: Control, report: Report): void {
  const start = readNumber(value, 'start', characters, report);
  const end = readNumber(value, 'end', characters, report);
  checkOrder(start, end, report);
}

function audioSpan(value: JsonObject, _control: Control, report: Report): void {
  const start = readNumber(value, 'start', seconds, report);
  const end = readNumber(value, 'end', seconds, report);
  readOptionalNumber(value, 'channel', { min: 0, whole: true }, report);
  checkOrder(start, end, report);
}

/** Start and end are XPaths. The editor drops a span with numbers or without offsets (seen on 1.23.2). */
export function hyperTextSpan(value: JsonObject, _control: Control, report: Report): void {
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

/** `text` is a copy of the marked text. The editor recomputes it, but throws on a number. */
export function checkMarkedText(value: JsonObject, report: Report): void {
  const text = value['text'];
  const isText = (one: unknown) => typeof one === 'string';
  if (text === undefined || text === null || isText(text) || (Array.isArray(text) && text.every(isText)))
    return;
  const number = numberOf(text);
  const fix =
    number === undefined ? undefined : { path: ['text'], value: String(number), words: `Use “${number}”` };
  report(
    'error',
    'value-not-text',
    `“text” must be text in quotes, not ${describeValue(text)}.`,
    ['text'],
    fix,
  );
}
