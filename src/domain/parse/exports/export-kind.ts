import { COLON, COMMA, OPEN_LIST, OPEN_OBJECT, QUOTE } from '#wire/text/char-codes.ts';
import { skipSpace } from '#wire/json/json-bytes.ts';
import { isJsonObject, readJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { skipValue } from '#domain/parse/json/skip-bytes.ts';
import type { SourceText } from '#domain/text/source-text.ts';

/** The lists of an exported task. `completions` are the annotations of Label Studio before 1.0. */
export const partNames = ['annotations', 'completions', 'predictions', 'drafts'] as const;

export type PartName = (typeof partNames)[number];

/** The kind of an export’s items. The API and target storages have annotations without tasks. */
export type ItemKind = 'task' | 'annotation' | 'prediction';

/** Fields set only by the server, and those of predictions: a request never has them. */
const notOfRequests = [
  'created_at',
  'updated_at',
  'created_username',
  'created_ago',
  'model_version',
  'score',
];

/** The kind of items from Label Studio; undefined for other items. */
export function itemKindOf(items: readonly Json[]): ItemKind | undefined {
  const objects = items.filter(isJsonObject);
  if (objects.length === 0 || objects.length < items.length) return undefined;
  if (objects.every(isTask)) return 'task';
  if (!objects.every(isAnnotation)) return undefined;
  return objects.every((one) => 'model_version' in one || 'score' in one) ? 'prediction' : 'annotation';
}

function isTask(object: JsonObject): boolean {
  if ('result' in object || 'task' in object || 'tasks' in object) return false;
  return isJsonObject(object['data']) || ('id' in object && partNames.some((name) => isList(object[name])));
}

function isAnnotation(object: JsonObject): boolean {
  const { result, task } = object;
  if (!isList(result)) return false;
  return (
    (isJsonObject(task) && 'id' in task) || ('task' in object && notOfRequests.some((name) => name in object))
  );
}

const isList = (value: Json | undefined): boolean => Array.isArray(value);

/** Maximum length of a value parsed in an outline. */
const maxParsed = 1000;
const maxMembers = 200;

/**
 * The object at an offset with only short members: a longer object is `{}`, a longer text `…`, and a longer list has
 * only its first item. Ends where the text isn’t JSON. Distinguishes formats without parsing a large file.
 */
export function outlineAt(text: SourceText, start: number): JsonObject {
  const outline: JsonObject = {};
  for (const { name, from, to } of membersAt(text, start)) outline[name] = shortValue(text, from, to);
  return outline;
}

interface Member extends Span {
  name: string;
}

/** The first members of the object at an offset. */
function* membersAt(text: SourceText, start: number): Generator<Member> {
  const { bytes } = text;
  if (bytes[start] !== OPEN_OBJECT) return;
  let at = skipSpace(bytes, start + 1);
  for (let members = 0; members < maxMembers && bytes[at] === QUOTE; members += 1) {
    const keyEnd = skipValue(bytes, at);
    const colon = skipSpace(bytes, keyEnd);
    const name = readJson(text.slice(at, keyEnd)).value;
    if (bytes[colon] !== COLON || typeof name !== 'string') return;
    const from = skipSpace(bytes, colon + 1);
    const to = skipValue(bytes, from);
    yield { name, from, to };
    at = skipSpace(bytes, to);
    if (bytes[at] !== COMMA) return;
    at = skipSpace(bytes, at + 1);
  }
}

function shortValue(text: SourceText, from: number, to: number): Json {
  const { bytes } = text;
  if (to - from <= maxParsed) return readJson(text.slice(from, to)).value ?? null;
  if (bytes[from] === OPEN_OBJECT) return {};
  if (bytes[from] === QUOTE) return '…';
  if (bytes[from] !== OPEN_LIST) return null;
  const first = skipSpace(bytes, from + 1);
  return [bytes[first] === OPEN_OBJECT ? outlineAt(text, first) : null];
}

/** Members in which answers of an API and of programs wrap their list. */
const wrapperNames = ['tasks', 'results', 'data', 'items', 'rows', 'records', 'annotations', 'predictions'];

/** The member with the list of objects that an object wraps. */
export const wrapperIn = (outline: JsonObject): string | undefined =>
  wrapperNames.find((name) => isListOfObjects(outline[name]));

const isListOfObjects = (value: Json | undefined): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isJsonObject(item));

/** The member with the tasks or annotations in an answer of the API; undefined for any other object. */
export function answerMember(outline: JsonObject): string | undefined {
  const name = wrapperIn(outline);
  return name !== undefined && itemKindOf([outline]) === undefined && itemKindOf(outline[name] as Json[])
    ? name
    : undefined;
}

/** The list of tasks or annotations in an answer of the API, which may be empty; undefined for any other text. */
export function wrappedItems(text: SourceText): Span | undefined {
  const start = skipSpace(text.bytes, 0);
  const outline = outlineAt(text, start);
  const isPage = typeof outline['total'] === 'number' || typeof outline['count'] === 'number';
  const isEmpty = (name: string) => Array.isArray(outline[name]) && outline[name].length === 0;
  const member = answerMember(outline) ?? (isPage ? wrapperNames.find(isEmpty) : undefined);
  return member === undefined ? undefined : [...membersAt(text, start)].find(({ name }) => name === member);
}
