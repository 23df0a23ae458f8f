import { fieldNames } from '#wire/bulk-request.ts';
import { isJsonObject } from '#wire/json/json.ts';
import { assignRegions } from './region-answers.ts';
import type { AnswerInput } from './answer-inputs.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { readForm, type FieldProblem, type FormReading } from './read-form.ts';
import type { FormValues } from './form-values.ts';
import { entryToForm } from './entry-to-form.ts';
import { targetFields } from '#domain/requests/target.ts';
import { locate } from '#domain/text/locate.ts';
import type { Parsed } from '#domain/parse/parsed.ts';
import { itemsAt, keyText, membersAt, type Span } from '#wire/json/json-scan.ts';
import {
  indentAt,
  indentUnit,
  insertPart,
  listAt,
  removePart,
  replacePart,
  setMember,
  splice,
  startOf,
} from '#domain/text/json-edit.ts';

/*
 * Writes form changes into the source and keeps every other character. `parsed` must be the result of parsing `text`.
 * Text that isn’t a list of requests (a table, an export, unreadable text) is returned unchanged.
 */

/** The entry that *Add* inserts; form and problems then ask for its content. */
const blankEntry = '{\n  "tasks": [],\n  "result": []\n}';

/**
 * One request as form values, with its answers in these inputs; undefined if it isn’t an object, which the form can’t
 * show.
 */
export function readEntry(
  text: string,
  parsed: Parsed,
  entry: number,
  inputs: readonly AnswerInput[] = [],
): FormValues | undefined {
  const value = parsed.entries.at(entry);
  if (!isJsonObject(value) || !isForForm(parsed)) return undefined;
  const span = entrySpan(text, parsed, entry);
  const result = resultSpan(text, span.from);
  const regions = result === undefined ? [] : [...itemsAt(text, result.from)];
  const regionOf = (_: unknown, index: number) =>
    formatJson(text.slice(regions[index]!.from, regions[index]!.to));
  const values = entryToForm(value, regionOf);
  return { ...values, result: assignRegions(values.result, inputs) };
}

/** The length of one request’s text in UTF-16 units. */
export function entryLength(text: string, parsed: Parsed, entry: number): number {
  if (entry >= parsed.entries.length || !isForForm(parsed)) return 0;
  const { from, to } = entrySpan(text, parsed, entry);
  return to - from;
}

export interface Written {
  text: string;
  /** Problems of fields that can’t be written; the text keeps their old values (see `readForm`). */
  unsaved: FieldProblem[];
}

/** Writes the differences of the form into the request, member by member and region by region. */
export function writeEntry(text: string, parsed: Parsed, entry: number, values: FormValues): Written {
  const before = readEntry(text, parsed, entry);
  if (before === undefined) return { text, unsaved: [] };
  const { from } = entrySpan(text, parsed, entry);
  const was = readForm(before);
  const is = readForm(values);

  let edited = text;
  for (const name of namesOf(was, is)) {
    // With an invalid region, the others can’t be matched: all regions stay unchanged.
    if (name === 'result' && is.regions?.includes(undefined)) continue;
    if (name === 'result' && is.regions !== undefined && was.regions !== undefined) {
      edited = writeRegions(edited, from, was.regions, is.regions);
    } else if (was.members.get(name) !== is.members.get(name)) {
      edited = setMember(edited, from, name, is.members.get(name));
    }
  }
  const targetChanged = values.target !== before.target || values.taskIds !== before.taskIds;
  if (targetChanged || targetFields.some((name) => values.rawJson[name] !== before.rawJson[name])) {
    edited = writeTarget(edited, from, is);
  }
  return { text: edited, unsaved: is.problems };
}

/** All member names of both readings in field order; unknown ones come last. */
function namesOf(was: FormReading, is: FormReading): Set<string> {
  const names = new Set([...fieldNames, ...was.members.keys(), ...is.members.keys()]);
  for (const name of targetFields) names.delete(name);
  return names;
}

/** The three targets exclude each other, so the ones not chosen are removed. */
function writeTarget(text: string, from: number, is: FormReading): string {
  if (is.problems.some(({ field }) => field === 'taskIds')) return text;
  let edited = text;
  for (const name of targetFields) edited = setMember(edited, from, name, is.members.get(name));
  return edited;
}

/** Replaces only the differing regions between the common start and end. */
function writeRegions(
  text: string,
  from: number,
  was: FormReading['regions'] & {},
  is: FormReading['regions'] & {},
): string {
  let head = 0;
  while (head < Math.min(was.length, is.length) && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(was.length, is.length) - head && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;

  let edited = text;
  const list = () => listAt(edited, resultSpan(edited, from)!.from);
  for (let index = was.length - tail - 1; index >= Math.max(head, is.length - tail); index -= 1) {
    edited = removePart(list(), index);
  }
  for (let index = head; index < is.length - tail; index += 1) {
    const region = is[index]!;
    if (index >= was.length - tail) edited = insertPart(list(), index, region);
    else if (was[index] !== region) edited = replacePart(list(), index, region);
  }
  return edited;
}

/** Appends a new request. */
export function addEntry(text: string, parsed: Parsed): string {
  if (parsed.format === 'empty') return blankEntry;
  if (!isForForm(parsed)) return text;
  const blank = text.includes('\n') ? blankEntry : '{"tasks": [], "result": []}';
  return insertEntry(text, parsed, parsed.entries.length, blank);
}

/** Inserts a copy of the request after it. */
export function duplicateEntry(text: string, parsed: Parsed, entry: number): string {
  if (entry >= parsed.entries.length || !isForForm(parsed)) return text;
  const { from, to } = entrySpan(text, parsed, entry);
  const copy = text.slice(from, to).replaceAll(`\n${indentAt(text, from)}`, '\n');
  return insertEntry(text, parsed, entry + 1, copy);
}

/** Removes the request; the last one leaves an empty text or list. */
export function removeEntry(text: string, parsed: Parsed, entry: number): string {
  if (entry >= parsed.entries.length || !isForForm(parsed)) return text;
  return parsed.format === 'request' ? '' : removePart(listAt(text, startOf(text)), entry);
}

/** A single request becomes a list when a second one is added. */
function insertEntry(text: string, parsed: Parsed, index: number, entry: string): string {
  if (parsed.format === 'requests') return insertPart(listAt(text, startOf(text)), index, entry);
  const span = entrySpan(text, parsed, 0);
  const line = `\n${indentUnit(text)}`;
  const list = [text.slice(span.from, span.to), entry].map(
    (request) => line + request.replaceAll('\n', line),
  );
  return splice(text, span, `[${list.join(',')}\n]`);
}

/** Only a text of requests can be edited as a form. */
function isForForm({ format }: Parsed): boolean {
  return format === 'request' || format === 'requests';
}

function entrySpan(text: string, parsed: Parsed, entry: number): Span {
  const path = parsed.format === 'requests' ? [entry] : [];
  return locate(text, [{ path }])[0]!;
}

/** The value of `result` in the object at `from`; of duplicate names, the last one. */
function resultSpan(text: string, from: number): Span | undefined {
  return [...membersAt(text, from)].findLast(({ key }) => keyText(text, key) === 'result')?.value;
}
