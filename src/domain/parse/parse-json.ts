import { fieldNames } from '#wire/bulk-request.ts';
import { OPEN_OBJECT } from '#wire/text/char-codes.ts';
import { skipSpace } from '#wire/json/json-bytes.ts';
import { isJsonObject, readJson, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import type { Problem } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { RequestTemplates } from '#domain/templates/request-templates.ts';
import { answerMember, itemKindOf, outlineAt, wrapperIn } from '#domain/parse/exports/export-kind.ts';
import { isCoco, readCoco } from '#domain/parse/other-tools/coco.ts';
import { parseConverted } from '#domain/parse/other-tools/converted.ts';
import { columnsMessage, jsonFormatMessage } from '#domain/parse/other-tools/other-formats.ts';
import { isProdigyImage, readProdigyImages } from '#domain/parse/other-tools/prodigy-images.ts';
import { readTexts, textToolOf } from '#domain/parse/other-tools/text-tools.ts';
import { readYolo } from '#domain/parse/other-tools/yolo.ts';
import { itemStarts, skipValue } from '#domain/parse/json/skip-bytes.ts';
import { parseExport } from '#domain/parse/exports/parse-export.ts';
import { parseRecords } from '#domain/parse/records/parse-records.ts';
import {
  knownFor,
  layoutOfWhole,
  nothing,
  notSupported,
  inSource,
  readingOf,
  unreadable,
  withoutEntries,
  withSpanIn,
  writingOfWhole,
  type ParseInput,
  type Parsed,
} from './parsed.ts';
import { requestsIn, taskSpan } from '#domain/parse/json/request-entries.ts';
import { listStart, peekList, readList } from '#domain/parse/json/json-list.ts';
import { linesOf, readLines } from '#domain/parse/json/json-lines.ts';
import type { ReadEntries } from '#domain/parse/json/entry-reader.ts';
import { jsonLayout, type JsonPart, type KnownPlaces, type Layout, type EntryPath } from './layout.ts';
import { rolesOf } from '#domain/parse/mapping/column-roles.ts';
import type { Column } from '#domain/parse/columns/records.ts';
import { haveMoreSamples, mapColumns } from '#domain/parse/mapping/map-columns.ts';
import { isAnswer } from '#domain/parse/mapping/targets.ts';
import { objectAt, readObjects, type ObjectPlaces } from '#domain/parse/objects/read-objects.ts';
import {
  areMinimal,
  areRecords,
  columnsOfObjects,
  maxSampled,
  recordsOfObjects,
} from '#domain/parse/records/object-records.ts';
import type { ImportSettings } from './import-settings.ts';
import type { SourceText } from '#domain/text/source-text.ts';

/** Parses a JSON list or a single request. */
export function parseJson(input: ParseInput): Parsed {
  const { text, settings, configOf } = input;
  const start = listStart(text);
  if (start === undefined) return parseObject(input);
  const peeked = peekList(text, start, maxSampled);
  const kind = settings.format === undefined ? itemKindOf(peeked) : undefined;
  if (kind !== undefined) return parseExport(input, { as: 'list', start }, kind);
  const isAnswer = (one: Json) => isJsonObject(one) && answerMember(one) !== undefined;
  if (settings.format === undefined && peeked.length > 0 && peeked.every(isAnswer))
    return notSupported(text, 'This is a list of answers of the API. Put their tasks into one list.');
  const other =
    settings.format === undefined ? parseOther(input, peeked, () => itemsOf(text, start)) : undefined;
  if (other !== undefined) return other;
  if (mayBeRecords(peeked, settings)) {
    const records = parseObjects(input, { as: 'list', start }, areMinimal(peeked));
    if (records) return records;
  }
  const known = new RequestTemplates(configOf);
  const { entries, problems, broken } = readList(text, start, known);
  const found = placed(problems, entries);
  if (broken.length > 0) {
    // A list that can’t be parsed to its end has no entries.
    const before = found.map(ofWhole);
    return nothing('unreadable', text, [...before, ...inSource(broken, { from: 0, text })]);
  }
  return requests(text, 'list', entries, known, found);
}

/** Parses a single object: one of Label Studio’s, or a request. */
function parseObject(input: ParseInput): Parsed {
  const { text, settings } = input;
  const start = skipSpace(text.bytes, 0);
  if (settings.format !== undefined || text.bytes[start] !== OPEN_OBJECT) return parseOne(input);
  const outline = outlineAt(text, start);
  const kind = itemKindOf([outline]);
  if (kind !== undefined) return parseExport(input, { as: 'one', start }, kind);
  const coco = isCoco(outline) ? readCoco(text) : undefined;
  if (coco !== undefined) return parseConverted(input, coco, parseRewritten);
  const part = () => [{ from: start, text: text.part(start, text.bytes.length) }];
  const other = parseOther(input, [outline], part);
  if (other !== undefined) return other;
  const ofColumns = columnsMessage(outline);
  if (ofColumns !== undefined) return notSupported(text, ofColumns);
  const name = wrapperIn(outline);
  if (name === undefined) return parseOne(input);
  const kindOfItems = itemKindOf(outline[name] as Json[]);
  if (kindOfItems !== undefined) return parseExport(input, { as: 'member', start, name }, kindOfItems);
  if (requestMembers.some((member) => member !== name && member in outline)) return parseOne(input);
  return notSupported(text, `The list is inside “${name}”. Keep only the list, from [ to ].`);
}

/** Without one of these, an object isn’t a request. */
const requestMembers = ['tasks', 'task', 'selected_items', 'result'];

/** Parses a single request; unreadable if the text isn’t JSON. */
function parseOne({ text }: ParseInput): Parsed {
  const { value, problems } = readJson(text.toString());
  const whole = { from: 0, text };
  const layout = layoutOfWhole(text);
  if (problems[0]?.code === 'json-empty') return nothing('empty', text, []);
  if (value === undefined) return unreadable(text, problems);
  return {
    format: 'request',
    entries: entriesOf([value]),
    problems: problems.map((problem) => ({ ...withSpanIn(whole, problem), entry: 0 })),
    refused: [],
    layout,
    writing: writingOfWhole(text),
    reading: readingOf('request'),
  };
}

/** Parses JSON Lines. */
export function parseLines(input: ParseInput): Parsed {
  const { text, settings, configOf } = input;
  const first = readObjects(text, { as: 'lines' }, undefined, maxSampled);
  const peeked = Array.from({ length: first.rows.count }, (_, object) => objectAt(first, object));
  // A broken line doesn’t affect how others are read.
  const objects = peeked.filter((one) => isJsonObject(one));
  const kind = settings.format === undefined ? itemKindOf(objects) : undefined;
  if (kind !== undefined) return parseExport(input, { as: 'lines' }, kind);
  const other = settings.format === undefined ? parseOther(input, objects, () => linesOf(text)) : undefined;
  if (other !== undefined) return other;
  if (mayBeRecords(objects, settings)) {
    const records = parseObjects(input, { as: 'lines' }, areMinimal(objects));
    if (records) return records;
  }
  const known = new RequestTemplates(configOf);
  const { entries, problems } = readLines(text, known);
  return requests(text, 'lines', entries, known, placed(problems, entries));
}

/** Parses label files of YOLO. */
export const parseYolo = (input: ParseInput): Parsed =>
  parseConverted(input, readYolo(input.text), parseRewritten);

/** Parses items of another tool; undefined if they aren’t recognised. */
function parseOther(
  input: ParseInput,
  peeked: readonly Json[],
  items: () => JsonPart[] | undefined,
): Parsed | undefined {
  const tool = textToolOf(peeked);
  const parts = tool && items();
  if (tool !== undefined && parts !== undefined) {
    const areImages = tool === 'prodigy' && isProdigyImage(peeked[0]);
    return parseConverted(
      input,
      areImages ? readProdigyImages(parts) : readTexts(tool, parts),
      parseRewritten,
    );
  }
  const message =
    jsonFormatMessage([...peeked]) ?? (peeked.length > 0 ? jsonFormatMessage(peeked[0]!) : undefined);
  return message === undefined ? undefined : notSupported(input.text, message);
}

/** Parses records converted from another format; `layout` finds them in the source. */
const parseRewritten = (input: ParseInput, layout: Layout): Parsed | undefined =>
  parseObjects(input, { as: 'lines' }, true, layout);

/** The items of the list at `start`; undefined if the list isn’t valid. */
function itemsOf(text: SourceText, start: number): JsonPart[] | undefined {
  const starts = itemStarts(text.bytes, start);
  const { value, problems } = readJson(text.toString());
  if (!Array.isArray(value) || problems.length > 0) return undefined;
  return starts.map((from) => ({ from, text: text.part(from, skipValue(text.bytes, from)) }));
}

/** The result for a list or lines of requests. */
function requests(
  text: SourceText,
  as: 'list' | 'lines',
  entries: ReadEntries,
  known: RequestTemplates,
  problems: Problem[],
): Parsed {
  const format = as === 'list' ? 'requests' : 'json-lines';
  const places = {
    markBefore: entries.markBefore,
    spanOf: (path: EntryPath) => taskSpan(entries, known, path),
  };
  const partOf = (entry: number) => entries.partOf(entry);
  return {
    format,
    entries: requestsIn(entries, known),
    problems,
    refused: [],
    layout: layoutOfParts(text, partOf, places),
    writing: { as, partOf },
    reading: readingOf(format),
  };
}

const mayBeRecords = (values: readonly Json[], { format }: ImportSettings): boolean =>
  format !== 'requests' && (format === 'records' || areMinimal(values) || areRecords(values, fieldNames));

/** Objects sampled to detect the content of columns. */
const sampledObjects = 200;

/**
 * Parses objects as records; undefined if they can’t be parsed to their end, or nothing answers a control, unless
 * `areCertain`. `layout` is used for their places if given.
 */
function parseObjects(
  input: ParseInput,
  places: ObjectPlaces,
  areCertain: boolean,
  layout?: Layout,
): Parsed | undefined {
  const { text, settings } = input;
  const project = knownFor(input);
  const sampled = columnsOfObjects(readObjects(text, places, undefined, sampledObjects));
  const read = (known: readonly Column[]) => {
    const targets = mapColumns(known, project, settings);
    const roles = rolesOf(known, targets, project, settings);
    const objects = readObjects(
      text,
      places,
      new Map(known.map(({ name }, column) => [name, roles[column]!])),
    );
    return { targets, objects, columns: columnsOfObjects(objects, sampled) };
  };
  const first = sampled.length > limits.columns ? undefined : read(sampled);
  if (first?.objects.isBroken) return undefined;
  if (first === undefined || first.columns.length > limits.columns) {
    const message = `These records have more than ${count(limits.columns, 'different key')}; the limit is ${count(limits.columns, 'column')}. Delete the keys you don’t need.`;
    const problem = { code: 'too-many-columns', message, span: { from: 0, to: 0 } };
    return withoutEntries({ format: 'records' }, text, problem);
  }
  // Columns are mapped by the first objects; if all of them suggest another mapping, they are read again.
  const found = haveMoreSamples(first.columns, sampled)
    ? mapColumns(first.columns, project, settings)
    : first.targets;
  const isRight = found.every((target, column) => target === (first.targets[column] ?? 'nothing'));
  const { objects, columns, targets } = isRight ? { ...first, targets: found } : read(first.columns);
  // Records stay records in a project without the chosen controls.
  const { columns: chosen = {} } = settings;
  const hasAnswers = columns.some(
    ({ name }, column) => isAnswer(targets[column]!) || isAnswer(chosen[name] ?? 'nothing'),
  );
  if (settings.format !== 'records' && !areCertain && !hasAnswers) return undefined;
  const { partOf, problems } = objects;
  const records = recordsOfObjects(text, objects, columns, layout ?? layoutOfParts(text, partOf, objects));
  const source = {
    problems: problems.map((problem) => withSpanIn(partOf(problem.entry!), problem)),
    writing: { as: places.as, partOf },
  };
  return parseRecords('records', records, targets, source, input);
}

/** The layout where each entry is a separate JSON text. */
const layoutOfParts = (text: SourceText, partOf: (entry: number) => JsonPart, known: KnownPlaces): Layout =>
  jsonLayout(
    (entry) => (entry === undefined ? { from: 0, text } : partOf(entry)),
    (_, path) => path,
    known,
  );

/** Converts the spans of entry problems to offsets in the source. */
function placed(problems: readonly Problem[], entries: ReadEntries): Problem[] {
  let last: { entry: number; part: JsonPart } | undefined;
  return problems.map((problem) => {
    const entry = problem.entry!;
    if (last?.entry !== entry) last = { entry, part: entries.partOf(entry) };
    return withSpanIn(last.part, problem);
  });
}

function ofWhole(problem: Problem): Problem {
  const whole: Problem = { ...problem, path: [] };
  delete whole.entry;
  return whole;
}
