import { isJsonObject, readJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Problem } from '#wire/problem.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import type { RequestTemplates } from '#domain/templates/request-templates.ts';
import { linesOf } from '#domain/parse/json/json-lines.ts';
import { requestsIn, taskSpan } from '#domain/parse/json/request-entries.ts';
import { skipValue } from '#domain/parse/json/skip-bytes.ts';
import { matchEntries } from '#domain/match/tasks-of.ts';
import type { KeyColumn } from '#domain/match/try-matching.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { keyIn } from '#domain/parse/records/record-entries.ts';
import { jsonLayout, type JsonPart, type Layout } from '#domain/parse/layout.ts';
import {
  configFor,
  readingOf,
  unreadable,
  withSpanIn,
  type ParseInput,
  type Parsed,
} from '#domain/parse/parsed.ts';
import { AnnotationMatcher, ownTask } from './annotation-matcher.ts';
import { ExportMapping } from './export-mapping.ts';
import type { ExportCounts } from './export-counts.ts';
import { partNames, type ItemKind } from './export-kind.ts';
import { readExport, type ExportEntries, type ExportItems } from './export-reader.ts';
import { itemsIn, ItemReader, pathOfOwnTask } from './item-reader.ts';

/** Parses exports, answers and storage files of Label Studio: tasks with their annotations, or only annotations. */
export function parseExport(input: ParseInput, items: ExportItems, kind: ItemKind): Parsed {
  const isMatched = keyOfSettings(input.settings) !== undefined;
  const { text, settings, configOf } = input;
  const mapping = new ExportMapping(settings, configFor(input));
  const matcher = new AnnotationMatcher(text, mapping, kind !== 'task', configOf);
  const found = isMatched ? undefined : readExport(text, items, kind, matcher, settings.parts);
  return found === undefined
    ? parseWhole(input, items, kind, mapping)
    : parseEntries(input, found, kind, mapping, matcher.templates);
}

/** The key of the task data by which tasks are matched, if one was chosen. */
function keyOfSettings({ columns = {}, matching }: ImportSettings): string | undefined {
  if (matching === undefined) return undefined;
  return Object.keys(columns).find((name) => columns[name] === 'task-key');
}

/** Most annotations weren’t parsed; they are parsed on demand. */
function parseEntries(
  { text, settings }: ParseInput,
  { entries, counts, itemOf, partOf, nthOf, itemStarts, idStarts }: ExportEntries,
  kind: ItemKind,
  mapping: ExportMapping,
  known: RequestTemplates,
): Parsed {
  const areAlone = kind !== 'task';
  const jsonAt = (from: number): Json =>
    readJson(text.slice(from, skipValue(text.bytes, from))).value ?? null;
  /** The ID of the task around an annotation. */
  const idAt = (entry: number): Json => {
    const from = idStarts[itemOf[entry]!]!;
    return from === 0 ? null : jsonAt(from);
  };
  const requestOf = (entry: number, annotation: Json): Json => {
    if (!isJsonObject(annotation)) return annotation;
    const task = areAlone ? ownTask(annotation) : idAt(entry);
    return mapping.requestOf(annotation, task, partNames[partOf[entry]!]!);
  };
  const requests = requestsIn(entries, known, requestOf);
  const layout = jsonLayout(
    (entry) => {
      if (entry === undefined) return { from: 0, text };
      const from = itemStarts[itemOf[entry]!]!;
      return { from, text: text.part(from, skipValue(text.bytes, from)) };
    },
    (entry, path) => {
      if (entry === undefined) return path;
      if (path[0] !== 'task') return areAlone ? path : [partNames[partOf[entry]!]!, nthOf[entry]!, ...path];
      // An annotation’s task is named by the object around it.
      return areAlone ? pathOfOwnTask(entries.at(entry)) : ['id'];
    },
    {
      markBefore: entries.markBefore,
      spanOf(sought) {
        const { entry, path, of } = sought;
        if (areAlone) return taskSpan(entries, known, sought);
        const from = entry === undefined ? 0 : idStarts[itemOf[entry]!]!;
        const isTask = path.length === 1 && path[0] === 'task' && of === undefined;
        return isTask && from > 0 ? { from, to: skipValue(text.bytes, from) } : undefined;
      },
    },
  );
  const itemAt = (entry: number): Json => jsonAt(itemStarts[itemOf[entry]!]!);
  return {
    ...asExport(
      { ...requests, ...(!areAlone && { taskAt: idAt }), taskData: taskDataIn(itemAt) },
      layout,
      counts,
      kind,
      settings,
    ),
    keyColumns: () => keyColumnsIn(entries.length, itemAt),
  };
}

/** Entries sampled for the keys of task data. */
const maxSampled = 20;

/** The keys of the entries’ task data with their values. */
function keyColumnsIn(count: number, itemAt: (entry: number) => Json): KeyColumn[] {
  const dataAt = taskDataIn(itemAt);
  const names = new Set(
    Array.from({ length: Math.min(count, maxSampled) }, (_, entry) => Object.keys(dataAt(entry))).flat(),
  );
  return Array.from(names, (name) => ({
    name,
    count,
    keyAt: (entry) => keyIn(dataAt(entry)[name]),
  }));
}

/** The task data of an entry. The last one is cached, because its fields are read one after the other. */
function taskDataIn(itemAt: (entry: number) => Json): (entry: number) => JsonObject {
  let last: { entry: number; data: JsonObject } | undefined;
  return (entry) => {
    if (last?.entry !== entry) last = { entry, data: dataOf(itemAt(entry)) };
    return last.data;
  };
}

/** The data of a task, or of the task in an annotation from a target storage. */
function dataOf(item: Json): JsonObject {
  if (!isJsonObject(item)) return {};
  const task = isJsonObject(item['task'] ?? null) ? (item['task'] as JsonObject) : item;
  return isJsonObject(task['data'] ?? null) ? (task['data'] as JsonObject) : {};
}

function asExport(
  entries: Parsed['entries'],
  layout: Layout,
  counts: ExportCounts,
  kind: ItemKind,
  settings: ImportSettings,
  problems: Problem[] = [],
): Parsed {
  const areUnknown = kind === 'task' && counts.tasks > 0 && counts.withoutId === counts.tasks;
  return {
    format: 'export',
    entries: areUnknown ? entriesOf([]) : entries,
    problems: [
      ...(areUnknown && entries.length > 0 ? [withoutIds] : counts.problems(kind, settings, entries.length)),
      ...problems,
    ],
    refused: [],
    layout,
    writing: { as: 'export' },
    reading: { ...readingOf('export'), export: counts.summary() },
  };
}

const withoutIds: Problem = {
  code: 'tasks-without-id',
  severity: 'error',
  message:
    'These tasks have no ID, so they aren’t an export of Label Studio. Match them to tasks of the project by a field of their data.',
  path: [],
  span: { from: 0, to: 1 },
};

/** Parses a whole export with something wrong or unusual. */
function parseWhole(input: ParseInput, items: ExportItems, kind: ItemKind, mapping: ExportMapping): Parsed {
  const { text, settings } = input;
  const key = keyOfSettings(settings);
  const whole = { from: 0, text };
  const parts: JsonPart[] = items.as === 'lines' ? linesOf(text) : [whole];
  const found = new ItemReader(kind, mapping, settings.parts ?? {});
  const problems: Problem[] = [];
  for (const part of parts) {
    const first = found.entries.length;
    const { value, problems: ofPart } = readJson(part.text.toString());
    if (value === undefined && items.as !== 'lines') return unreadable(text, ofPart);
    if (value === undefined) found.addBroken(part);
    else for (const { item, path } of itemsIn(value, items)) found.readItem(item, part, path);
    for (const one of ofPart) {
      const problem = withSpanIn(part, one);
      const entry = value === undefined ? first : found.entryAt(first, problem.path);
      if (entry === undefined) problems.push({ ...problem, path: [] });
      else problems.push({ ...problem, entry, path: problem.path.slice(found.places[entry]!.path.length) });
    }
  }
  const { places } = found;
  const layout = jsonLayout(
    (entry) => (entry === undefined ? whole : places[entry]!.part),
    (entry, path) => {
      if (entry === undefined) return path;
      const place = places[entry]!;
      if (path[0] !== 'task') return [...place.path, ...path];
      return key === undefined ? place.taskPath : [...place.taskPath.slice(0, -1), 'data', key];
    },
  );
  const itemAt = (entry: number) => found.items[entry] ?? null;
  const taskData = taskDataIn(itemAt);
  const keyColumns = () => keyColumnsIn(found.entries.length, itemAt);
  if (key === undefined)
    return {
      ...asExport({ ...entriesOf(found.entries), taskData }, layout, found.counts, kind, settings, problems),
      keyColumns,
    };
  const keyAt = keyColumns().find(({ name }) => name === key)?.keyAt ?? (() => '');
  const matched = matchEntries(input.tasksOf?.({}), settings.matching!, found.entries.length, keyAt);
  const entries = found.entries.map((entry, index) =>
    isJsonObject(entry) ? { ...entry, task: matched.tasks[index]! } : entry,
  );
  // Matching makes the tasks’ IDs in the export irrelevant.
  found.counts.withoutId = 0;
  const { sourceProblem } = matched;
  const isKnown = sourceProblem === undefined;
  return {
    ...asExport(
      { ...entriesOf(isKnown ? entries : []), taskProblem: matched.problemOf, taskData },
      layout,
      found.counts,
      kind,
      settings,
      isKnown ? problems : [sourceProblem, ...problems.filter(({ entry }) => entry === undefined)],
    ),
    writing: { as: 'export', key },
    keyColumns,
  };
}
