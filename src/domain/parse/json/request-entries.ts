import type { Span } from '#wire/json/json-scan.ts';
import { readJson, type Json } from '#wire/json/json.ts';
import type { ContentCodes } from '#domain/requests/content-codes.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { contentCodesOf, haveSameLabels, type MatchedEntries } from '#domain/templates/template-contents.ts';
import type { RequestTemplates } from '#domain/templates/request-templates.ts';
import type { ReadEntries } from './entry-reader.ts';
import type { EntryPath } from '#domain/parse/layout.ts';
import { skipValue } from './skip-bytes.ts';

/** The requests of a text as entries; `requestOf` gives the request that a value of the text means. */
export function requestsIn(
  read: ReadEntries,
  known: RequestTemplates,
  requestOf: (entry: number, value: Json) => Json = (_, value) => value,
): Entries {
  const at = (entry: number) => requestOf(entry, read.at(entry));
  const { length, text, starts, templates, hashes, regionHashes } = read;
  const entries: MatchedEntries = { length, text, starts, templates, hashes, regionHashes, at };
  let contents: ContentCodes | undefined;
  return {
    length,
    at,
    templates,
    firsts: read.firsts,
    namesOneTask: (template) => read.isOneTask[template]!,
    tasks: read.tasks,
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
function taskAt(entries: MatchedEntries, known: RequestTemplates, entry: number): Json {
  const span = taskSpan(entries, known, { entry, path: ['task'] });
  if (span === undefined) return (entries.at(entry) as { task: Json }).task;
  return readJson(entries.text.slice(span.from, span.to)).value ?? null;
}

/** The span of an entry’s task, if it is requested and the entry matches a template. */
export function taskSpan(
  entries: Pick<MatchedEntries, 'text' | 'starts' | 'templates'>,
  known: RequestTemplates,
  { entry, path, of }: EntryPath,
): Span | undefined {
  if (entry === undefined || path.length !== 1 || path[0] !== 'task' || of !== undefined) return undefined;
  const { text, starts, templates } = entries;
  if (!known.isMatchedTo(templates[entry]!, text.bytes, starts[entry]!)) return undefined;
  return { from: known.taskFrom, to: skipValue(text.bytes, known.taskFrom) };
}
