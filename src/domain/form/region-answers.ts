import { dateFormat, exists, type DateParts } from '#config/date-format.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { chosenValues, visibilityOf } from '#config/visibility.ts';
import { isJsonObject, readJson, writeJson, ExactNumber, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import type { AnswerInput } from './answer-inputs.ts';
import { formatJson } from '#domain/text/format-json.ts';
import type { Answer, FormRegion } from './form-values.ts';
import { applyEdits, memberEdit, startOf } from '#domain/text/json-edit.ts';
import { locate } from '#domain/text/locate.ts';

/**
 * Assigns regions to inputs; other regions stay JSON. An input shows a region only if it would write an identical one,
 * and if its control has no other region, so that nothing is hidden or changed by showing it.
 */
export function assignRegions(regions: readonly FormRegion[], inputs: readonly AnswerInput[]): FormRegion[] {
  const texts = regions.map(regionText);
  const controls = texts.map(controlOf);
  return texts.map((json, index) => {
    const control = controls[index];
    const input = inputs.find(({ name }) => name === control);
    const isOnlyOne = controls.indexOf(control) === controls.lastIndexOf(control);
    const answer = input && isOnlyOne ? readAnswer(json, input) : undefined;
    return answer === undefined ? { json } : { json, answer };
  });
}

/** The region as JSON text, as typed, or with the answer of its input. */
export function regionText({ json, answer }: FormRegion): string {
  if (answer === undefined || holds(json, answer)) return json;
  const [value] = locate(json, [{ path: ['value'] }]);
  const edit = memberEdit(json, value?.from ?? startOf(json), answer.key, writeValue(answer));
  return formatJson(applyEdits(json, [edit]));
}

/** Names of the inputs that the editor would hide with these answers. */
export function hiddenInputs(
  regions: readonly FormRegion[],
  inputs: readonly AnswerInput[],
  config: LabelConfig,
): string[] {
  const given = regions
    .map((region) => readJson(regionText(region)).value)
    .filter((region) => isJsonObject(region));
  const chosen = chosenValues(given, config);
  return inputs
    .map(({ name }) => name)
    .filter((name) => visibilityOf(config.controls.get(name)!, chosen, config) === 'no');
}

/** An input’s content for this region; undefined if it can’t show the whole value. */
function readAnswer(json: string, { name, kind, key, format }: AnswerInput): Answer | undefined {
  const region = readJson(json).value;
  if (!isJsonObject(region) || !isJsonObject(region['value'])) return undefined;
  const { [key]: given, ...others } = region['value'];
  if (given === undefined || Object.keys(others).length > 0) return undefined;
  const values = readValue(given, kind, format);
  if (values === undefined || values.length === 0 || !fitsInputs(values)) return undefined;
  const answer = { control: name, kind, key, format, values };
  return sameJson(writeValue(answer), given) ? answer : undefined;
}

/** Longer answers stay JSON. */
const fitsInputs = (values: Answer['values']): boolean =>
  values.length <= limits.answerValues &&
  values.every((value) => [value].flat().every((text) => text.length <= limits.inputUnits));

function holds(json: string, { key, kind, format, values }: Answer): boolean {
  const region = readJson(json).value;
  if (!isJsonObject(region) || !isJsonObject(region['value'])) return false;
  const given = region['value'][key];
  return given !== undefined && JSON.stringify(readValue(given, kind, format)) === JSON.stringify(values);
}

function readValue(given: Json, kind: Answer['kind'], format: string): Answer['values'] | undefined {
  switch (kind) {
    case 'choices':
    case 'texts':
      return Array.isArray(given) && given.every((one) => typeof one === 'string') ? given : undefined;
    case 'paths':
      return Array.isArray(given) && given.every(isPath) ? given : undefined;
    case 'rating':
    case 'number':
      return typeof given === 'number' || given instanceof ExactNumber ? [writeJson(given)] : undefined;
    case 'date-text':
      return typeof given === 'string' ? [given] : undefined;
    case 'date':
    case 'time':
    case 'datetime': {
      const read = typeof given === 'string' ? dateFormat(format)?.read(given) : undefined;
      return read && exists(read.parts) ? [isoOf(read.parts, kind)] : undefined;
    }
  }
}

/** The value as JSON text. An invalid number becomes text, which the check then refuses. */
function writeValue({ kind, format, values }: Answer): string {
  const [first = ''] = values;
  switch (kind) {
    case 'choices':
    case 'texts':
    case 'paths':
      return writeJson(values);
    case 'rating':
    case 'number': {
      const typed = String(first).trim();
      const isNumber = /^-?\d/.test(typed) && readJson(typed).problems.length === 0;
      return isNumber ? typed : JSON.stringify(typed);
    }
    case 'date-text':
      return JSON.stringify(first);
    case 'date':
    case 'time':
    case 'datetime':
      return JSON.stringify(dateFormat(format)?.write(partsOf(String(first))) ?? first);
  }
}

function isPath(value: Json): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((step) => typeof step === 'string');
}

/** In the format of the browser’s native inputs. */
function isoOf(parts: DateParts, kind: 'date' | 'time' | 'datetime'): string {
  const { year = 2000, month = 1, day = 1, hour = 0, minute = 0, second } = parts;
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  const time = `${two(hour)}:${two(minute)}${second === undefined ? '' : `:${two(second)}`}`;
  return kind === 'date' ? date : kind === 'time' ? time : `${date}T${time}`;
}

function partsOf(iso: string): DateParts {
  const date = /^(\d{4,})-(\d\d)-(\d\d)/.exec(iso);
  const time = /(\d\d):(\d\d)(?::(\d\d))?/.exec(iso);
  return {
    ...(date && { year: Number(date[1]), month: Number(date[2]), day: Number(date[3]) }),
    ...(time && { hour: Number(time[1]), minute: Number(time[2]), second: Number(time[3] ?? 0) }),
  };
}

function controlOf(json: string): string | undefined {
  const region = readJson(json).value;
  const name = isJsonObject(region) ? region['from_name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function sameJson(text: string, value: Json): boolean {
  const read = readJson(text).value;
  return read !== undefined && writeJson(read) === writeJson(value);
}
