import { fieldNames } from '#wire/bulk-request.ts';
import { readJson, type Json } from '#wire/json.ts';
import { limits } from '#wire/limits.ts';
import type { Problem } from '#wire/problem.ts';
import { count } from '#wire/words.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { RequestTemplates } from '#domain/templates/request-templates.ts';
import { parseExport } from '#domain/parse/exports/parse-export.ts';
import { parseRecords } from '#domain/parse/records/parse-records.ts';
import {
  configFor,
  layoutOfWhole,
  nothing,
  inSource,
  readingOf,
  unreadable,
  withoutEntries,
  withSpanIn,
  writingOfWhole,
  type Asked,
  type Parsed,
} from './parsed.ts';
import { requestsIn, taskSpan } from '#domain/parse/json/request-entries.ts';
import { listStart, peekList, readList } from '#domain/parse/json/json-list.ts';
import { readLines } from '#domain/parse/json/json-lines.ts';
import type { ReadEntries } from '#domain/parse/json/entry-reader.ts';
import { jsonLayout, type JsonPart, type KnownPlaces, type Layout, type Sought } from './layout.ts';
import { mapColumns } from '#domain/parse/records/map-columns.ts';
import { RecordMatcher } from '#domain/parse/records/record-matcher.ts';
import {
  areExportedTasks,
  areRecords,
  maxSampled,
  recordsOfObjects,
} from '#domain/parse/records/object-records.ts';
import type { ImportSettings } from './import-settings.ts';
import type { Records } from '#domain/parse/records/records.ts';
import type { SourceText } from '#domain/text/source-text.ts';

/** Parses a JSON list or a single request. */
export function parseJson(asked: Asked): Parsed {
  const { text, settings, configOf } = asked;
  const start = listStart(text);
  if (start === undefined) return parseOne(asked);
  const peeked = peekList(text, start, maxSampled);
  if (areExportedTasks(peeked)) return parseExport(asked);
  if (mayBeRecords(peeked, settings)) {
    const read = (matcher: RecordMatcher) => readList(text, start, matcher);
    const records = parseObjects(asked, 'list', peeked, read);
    if (records) return records;
  }
  const known = new RequestTemplates(configOf);
  const { entries, problems, broken } = readList(text, start, known);
  const found = placed(problems, entries);
  if (broken.length > 0) {
    // A list that can’t be parsed to its end has no entries to send.
    const before = found.map(ofWhole);
    return nothing('unreadable', text, [...before, ...inSource(broken, { from: 0, text })]);
  }
  return requests(text, 'list', entries, known, found);
}

/** Parses a single request; unreadable if the text isn’t JSON. */
function parseOne({ text }: Asked): Parsed {
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
export function parseLines(asked: Asked): Parsed {
  const { text, settings, configOf } = asked;
  const first = readLines(text, new RecordMatcher(undefined), maxSampled).entries;
  const peeked = Array.from({ length: first.length }, (_, entry) => first.at(entry));
  if (mayBeRecords(peeked, settings)) {
    const read = (matcher: RecordMatcher) => readLines(text, matcher);
    const records = parseObjects(asked, 'lines', peeked, read);
    if (records) return records;
  }
  const known = new RequestTemplates(configOf);
  const { entries, problems } = readLines(text, known);
  return requests(text, 'lines', entries, known, placed(problems, entries));
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
    spanOf: (sought: Sought) => taskSpan(entries, known, sought),
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
  format !== 'requests' && (format === 'records' || areRecords(values, fieldNames));

/** Parses objects as records; undefined if they aren’t records or can’t be parsed to their end. */
function parseObjects(
  asked: Asked,
  as: 'list' | 'lines',
  peeked: readonly Json[],
  read: (matcher: RecordMatcher) => { entries: ReadEntries; problems: Problem[]; broken?: Problem[] },
): Parsed | undefined {
  const { text, settings } = asked;
  const objectsBy = (taskName: string | undefined) => {
    const matcher = new RecordMatcher(taskName);
    return { matcher, ...read(matcher) };
  };
  // The task column is guessed from the first objects; if that proves wrong, all are read again.
  const objects = objectsBy(taskNameIn(peeked, asked));
  const { entries, problems, broken = [] } = objects;
  if (broken.length > 0) return undefined;
  if (objects.matcher.hasTooManyColumns) {
    const message = `These records have more than ${count(limits.columns, 'different key')}; the limit is ${count(limits.columns, 'column')}. Delete the keys you don’t need.`;
    const problem = { code: 'too-many-columns', message, span: { from: 0, to: 0 } };
    return withoutEntries({ format: 'records' }, text, problem);
  }
  const partOf = (entry: number) => entries.partOf(entry);
  const records = recordsOfObjects(objects, layoutOfParts(text, partOf, entries), objectsBy);
  if (settings.format !== 'records' && !hasAnswers(records, asked)) return undefined;
  const source = { problems: placed(problems, entries), writing: { as, partOf } };
  return parseRecords('records', records, source, asked);
}

function taskNameIn(objects: readonly Json[], asked: Asked): string | undefined {
  const first = new RecordMatcher(undefined);
  for (const object of objects) first.read(object);
  const columns = first.columns();
  return columns[mapColumns(columns, configFor(asked), asked.settings).indexOf('task')]?.name;
}

/** True if a column maps to a control of the project. */
function hasAnswers({ columns }: Records, asked: Asked): boolean {
  return mapColumns(columns, configFor(asked), asked.settings).some((target) =>
    target.startsWith('control:'),
  );
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
  return problems.map((problem) => withSpanIn(entries.partOf(problem.entry!), problem));
}

function ofWhole(problem: Problem): Problem {
  const whole: Problem = { ...problem, path: [] };
  delete whole.entry;
  return whole;
}
