import { isJsonObject, readJson, type Json, type JsonObject } from '#wire/json.ts';
import type { Path } from '#wire/problem.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { RequestTemplates } from '#domain/templates/request-templates.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { readList } from '#domain/parse/json/json-list.ts';
import { requestsIn } from '#domain/parse/json/request-entries.ts';
import { skipValue } from '#domain/parse/json/skip-bytes.ts';
import { jsonLayout } from '#domain/parse/layout.ts';
import { readingOf, unreadable, withSpanIn, type Asked, type Parsed } from '#domain/parse/parsed.ts';
import { requestsOfExport, taken, type ExportRequests } from './requests-of-export.ts';

/** Parses tasks with their annotations, as Label Studio exports them, from the list at `start`. */
export function parseExport(asked: Asked, start: number): Parsed {
  const requests = requestsOfExport(asked.text, start);
  return requests === undefined ? parseWhole(asked) : parseRequests(asked, requests);
}

/** Few of the requests that an export was rewritten to are parsed; problems are placed in the export itself. */
function parseRequests(
  { text, configOf }: Asked,
  { bytes, taskOf, nthOf, taskStarts }: ExportRequests,
): Parsed {
  const known = new RequestTemplates(configOf);
  const { entries, problems } = readList(SourceText.ofUtf8(bytes), 0, known);
  if (problems.length > 0)
    throw new Error('The requests of an export have a problem that the export doesn’t have.');
  const layout = jsonLayout(
    (entry) => {
      if (entry === undefined) return { from: 0, text };
      const from = taskStarts[taskOf[entry]!]!;
      return { from, text: text.part(from, skipValue(text.bytes, from)) };
    },
    (entry, path) =>
      entry === undefined
        ? path
        : pathInExport([taskOf[entry]!, 'annotations', nthOf[entry]!], path).slice(1),
  );
  return {
    format: 'export',
    entries: requestsIn(entries, known),
    problems: [],
    refused: [],
    layout,
    writing: { as: 'export', pathOf: (entry) => [taskOf[entry]!, 'annotations', nthOf[entry]!] },
    reading: readingOf('export'),
  };
}

/** Parses all of an export in which something is wrong or unusual. */
function parseWhole({ text }: Asked): Parsed {
  const whole = { from: 0, text };
  const { value, problems } = readJson(text.toString());
  if (!Array.isArray(value)) return unreadable(text, problems);
  const { entries, paths } = annotationsIn(value);
  const layout = jsonLayout(
    () => whole,
    (entry, path) => (entry === undefined ? path : pathInExport(paths[entry]!, path)),
  );
  return {
    format: 'export',
    entries: entriesOf(entries),
    problems: problems.map((found) => {
      const problem = withSpanIn(whole, found);
      const entry = entryAt(paths, problem.path);
      if (entry === undefined) return { ...problem, path: [] };
      return { ...problem, entry, path: problem.path.slice(paths[entry]!.length) };
    }),
    refused: [],
    layout,
    writing: { as: 'export', pathOf: (entry) => paths[entry]! },
    reading: readingOf('export'),
  };
}

/** A request for each annotation, and the paths to them. */
function annotationsIn(tasks: readonly Json[]): { entries: Json[]; paths: Path[] } {
  const entries: Json[] = [];
  const paths: Path[] = [];
  tasks.forEach((task, index) => {
    if (!isJsonObject(task) || !Array.isArray(task['annotations'])) return;
    task['annotations'].forEach((annotation, nth) => {
      entries.push(isJsonObject(annotation) ? requestOf(task['id'] ?? null, annotation) : annotation);
      paths.push([index, 'annotations', nth]);
    });
  });
  return { entries, paths };
}

function requestOf(task: Json, annotation: JsonObject): JsonObject {
  const request: JsonObject = { task };
  for (const field of taken) {
    const value = annotation[field] ?? null;
    if (value !== null) request[field] = value;
  }
  return request;
}

/** An annotation’s task is named by the object around it. */
function pathInExport(annotation: Path, path: Path): Path {
  return path[0] === 'task' ? [annotation[0]!, 'id'] : [...annotation, ...path];
}

function entryAt(paths: readonly Path[], path: Path): number | undefined {
  const entry = paths.findIndex((annotation) => annotation.every((step, depth) => step === path[depth]));
  return entry < 0 ? undefined : entry;
}
