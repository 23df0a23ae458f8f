import type { Span } from '#wire/json/json-scan.ts';
import { readJson, type Json } from '#wire/json/json.ts';
import type { ContentCodes } from '#domain/requests/content-codes.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { contentCodesOf, haveSameLabels } from '#domain/templates/template-contents.ts';
import type { RequestTemplates } from '#domain/templates/request-templates.ts';
import type { ReadEntries } from './entry-reader.ts';
import type { Sought } from '#domain/parse/layout.ts';
import { skipValue } from './skip-bytes.ts';

/** The requests of a text as entries. */
export function requestsIn(entries: ReadEntries, known: RequestTemplates): Entries {
  const at = (entry: number) => entries.at(entry);
  let contents: ContentCodes | undefined;
  return {
    length: entries.length,
    at,
    templates: entries.templates,
    firsts: entries.firsts,
    namesOneTask: (template) => entries.isOneTask[template]!,
    tasks: entries.tasks,
    taskAt: (entry) => taskAt(entries, known, entry),
    contentCodes: () => (contents ??= contentCodesOf(entries, known)),
    haveSameLabels: (one, other) => haveSameLabels(entries, known, one, other),
    checkOf: (template) => known.checkOf(template),
    varies: (template) => known.varies(template),
    countsLabels: (template) => known.countsLabels(template),
    labelUses: () => known.labelUses(),
  };
}

/** Reads no more than the task of an entry that matches a template. */
function taskAt(entries: ReadEntries, known: RequestTemplates, entry: number): Json {
  const span = taskSpan(entries, known, { entry, path: ['task'] });
  if (span === undefined) return (entries.at(entry) as { task: Json }).task;
  return readJson(entries.text.slice(span.from, span.to)).value ?? null;
}

/** The span of an entry’s task, if that is what is sought and the entry matches a template. */
export function taskSpan(
  entries: ReadEntries,
  known: RequestTemplates,
  { entry, path, of }: Sought,
): Span | undefined {
  if (entry === undefined || path.length !== 1 || path[0] !== 'task' || of !== undefined) return undefined;
  const { text, starts, templates } = entries;
  const template = templates[entry]!;
  if (known.match(text.bytes, starts[entry]!) !== template) return undefined;
  return { from: known.taskFrom, to: skipValue(text.bytes, known.taskFrom) };
}
