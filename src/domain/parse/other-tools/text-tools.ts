import { isJsonObject, readJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path, Problem } from '#wire/problem.ts';
import type { OtherTool } from '#domain/parse/import-settings.ts';
import type { JsonPart } from '#domain/parse/layout.ts';
import { withSpanIn } from '#domain/parse/parsed.ts';
import { errorAt, notImported, numberOf, objectsIn, spanIn, textOf, type Converted } from './converted.ts';

/*
 * doccano and Prodigy: one text per line, with spans that count code points, like Python and Label Studio.
 * https://doccano.github.io/doccano/ and https://prodi.gy/docs/api-interfaces
 */

/** The tool that wrote these objects; undefined for other objects. */
export function textToolOf(values: readonly Json[]): Extract<OtherTool, 'doccano' | 'prodigy'> | undefined {
  const objects = values.filter(isJsonObject);
  if (objects.length === 0 || objects.length < values.length) return undefined;
  if (objects.every((one) => '_input_hash' in one || '_task_hash' in one)) return 'prodigy';
  return objects.every(isOfDoccano) && objects.some(isCertainly) ? 'doccano' : undefined;
}

const isOfDoccano = (one: JsonObject): boolean =>
  textOf(one['text'] ?? one['data']) !== undefined && !('task' in one) && !('annotations' in one);

/** Lists of labels alone are common; offsets and comments aren’t. */
const isCertainly = (one: JsonObject): boolean =>
  Array.isArray(one['Comments']) ||
  labelsOf(one).some(isTriple) ||
  (Array.isArray(one['entities']) && one['entities'].some(isTriple)) ||
  objectsIn(one['entities']).some((entity) => 'start_offset' in entity);

function labelsOf(one: JsonObject): readonly Json[] {
  const labels = one['label'] ?? one['labels'];
  return Array.isArray(labels) ? labels : [];
}

const isTriple = (label: Json): boolean =>
  Array.isArray(label) && label.length === 3 && typeof label[2] === 'string';

/** Counts Prodigy’s examples whose answer isn’t “accept”. */
export const notAccepted = (rejected: number, at: number): Problem[] =>
  notImported(
    'answers-not-accepted',
    rejected,
    'example was rejected or ignored and isn’t imported',
    'examples were rejected or ignored and aren’t imported',
    at,
  );

/** A span in the file, and its path. */
interface ToolSpan {
  start: Json;
  end: Json;
  label: Json;
  paths: { start: Path; end: Path; label: Path };
}

/** One text with its labels and spans. */
interface TextItem {
  spans: ToolSpan[];
  /** Labels of the whole text, and their path. */
  labels: readonly Json[];
  labelsPath: Path;
}

/** Reads texts with labels and spans; each part is the JSON text of one. */
export function readTexts(tool: 'doccano' | 'prodigy', parts: readonly JsonPart[]): Converted {
  const records: JsonObject[] = [];
  const places: { part: JsonPart; item: TextItem; textName: string }[] = [];
  const problems: Problem[] = [];
  let unlabelled = 0;
  let rejected = 0;
  let relations = 0;
  for (const part of parts) {
    const { value, problems: ofPart } = readJson(part.text.toString());
    const entry = records.length;
    problems.push(...ofPart.map((problem) => ({ ...withSpanIn(part, problem), path: [], entry })));
    if (!isJsonObject(value ?? null)) {
      // A broken line is a row with an error, so that the others can be sent.
      records.push({});
      places.push({ part, item: { spans: [], labels: [], labelsPath: [] }, textName: 'text' });
      continue;
    }
    const object = value as JsonObject;
    const textName = 'text' in object ? 'text' : 'data';
    if (tool === 'prodigy' && (object['answer'] ?? 'accept') !== 'accept') {
      rejected += 1;
      continue;
    }
    if (textOf(object[textName]) === undefined) {
      const message = 'This example has no text. Open images in a separate file.';
      problems.push(errorAt('example-without-text', message, spanIn(part, [])));
      continue;
    }
    relations += objectsIn(object['relations']).length;
    const item = tool === 'doccano' ? itemOfDoccano(object) : itemOfProdigy(object);
    if (tool === 'doccano' && item.spans.length + item.labels.length === 0) {
      unlabelled += 1;
      continue;
    }
    records.push(recordOf(object[textName] ?? null, item));
    places.push({ part, item, textName });
  }
  const at = parts[0]?.from ?? 0;
  return {
    format: tool,
    key: 'text',
    records,
    spanOf(record, member, path) {
      const { part, item, textName } = places[record]!;
      return spanIn(part, pathOf(item, textName, member, path));
    },
    problems: [
      ...problems,
      ...notImported(
        'texts-without-labels',
        unlabelled,
        'text has no labels and isn’t imported',
        'texts have no labels and aren’t imported',
        at,
      ),
      ...notAccepted(rejected, at),
      ...notImported(
        'relations-not-imported',
        relations,
        'relation isn’t imported',
        'relations aren’t imported',
        at,
      ),
    ],
  };
}

function itemOfDoccano(object: JsonObject): TextItem {
  const name = 'label' in object ? 'label' : 'labels';
  const labels = labelsOf(object);
  const ofTriples = [name, 'entities'].flatMap((list) => triplesIn(object, list));
  const { entities } = object;
  const isOfTriples = Array.isArray(entities) && entities.some(isTriple);
  const ofEntities = (isOfTriples ? [] : objectsIn(entities)).map((entity, index): ToolSpan => {
    const { start_offset: start = null, end_offset: end = null, label = null } = entity;
    const path = (step: string): Path => ['entities', index, step];
    return {
      start,
      end,
      label,
      paths: { start: path('start_offset'), end: path('end_offset'), label: path('label') },
    };
  });
  return {
    spans: [...ofTriples, ...ofEntities],
    labels: labels.filter((label) => !isTriple(label)),
    labelsPath: [name],
  };
}

/** Spans in the form `[start, end, label]`. */
function triplesIn(object: JsonObject, list: string): ToolSpan[] {
  const items = object[list];
  return (Array.isArray(items) ? items : []).flatMap((item, index): ToolSpan[] => {
    if (!isTriple(item)) return [];
    const [start = null, end = null, label = null] = item as Json[];
    const path = (step: number): Path => [list, index, step];
    return [{ start, end, label, paths: { start: path(0), end: path(1), label: path(2) } }];
  });
}

function itemOfProdigy(object: JsonObject): TextItem {
  const spans = objectsIn(object['spans']).map(
    ({ start = null, end = null, label = null }, index): ToolSpan => {
      const path = (step: string): Path => ['spans', index, step];
      return { start, end, label, paths: { start: path('start'), end: path('end'), label: path('label') } };
    },
  );
  return { spans, ...labelsOfProdigy(object) };
}

/** Labels of a whole example: the picked options, or the one in question. */
export function labelsOfProdigy({
  accept,
  label = null,
}: JsonObject): Pick<TextItem, 'labels' | 'labelsPath'> {
  if (Array.isArray(accept)) return { labels: accept, labelsPath: ['accept'] };
  return { labels: label === null ? [] : [label], labelsPath: ['label'] };
}

function recordOf(text: Json, { spans, labels }: TextItem): JsonObject {
  // Offsets count code points.
  const points = typeof text === 'string' ? Array.from(text) : [];
  return {
    text,
    ...(spans.length > 0 && {
      spans: spans.map(({ start, end, label }) => ({
        start,
        end,
        text: points.slice(numberOf(start), numberOf(end)).join(''),
        labels: [label],
      })),
    }),
    ...(labels.length > 0 && { label: [...labels] }),
  };
}

function pathOf(
  { spans, labelsPath }: TextItem,
  textName: string,
  member: string | undefined,
  path: Path,
): Path {
  if (member === 'text') return [textName];
  if (member === 'label') return labelsPath;
  const [index, key] = path;
  const paths = member === 'spans' ? spans[Number(index)]?.paths : undefined;
  if (paths === undefined) return member === 'spans' ? (spans[0]?.paths.start.slice(0, -2) ?? []) : [];
  if (key === 'start' || key === 'end') return paths[key];
  return key === 'labels' ? paths.label : paths.start.slice(0, -1);
}
