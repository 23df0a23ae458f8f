import { isId } from '#wire/bulk-request.ts';
import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import { count, describeValue, shorten } from '#wire/words.ts';
import type { Entries } from '#domain/requests/entries.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import { targetOf } from '#domain/requests/target.ts';
import { shortTaskRanges } from '#domain/requests/task-ranges.ts';

/** One request in the list beside the form. */
export interface EntrySummary {
  entry: number;
  /** Ranges, shortened: `1–50, 60 (51 tasks)`, or words for other targets. */
  targets: string;
  rows: number;
  /** What is said about the tasks: `sentiment: Positive`, `3 regions`, `skip`, `no result`. */
  summary: string;
  errors: number;
  warnings: number;
  /** Why the form cannot show it: its value is no object. */
  unreadable: boolean;
}

/** The requests `from` ≤ entry < `to`, for the list beside the form. */
export function summariseEntries(
  entries: Entries,
  problems: ProblemList,
  from: number,
  to: number,
): EntrySummary[] {
  const length = Math.max(0, Math.min(to, entries.length) - from);
  return Array.from({ length }, (_, index) => {
    const entry = from + index;
    const value = entries.at(entry);
    const errors = problems.entryErrors.at(entry);
    const request = isJsonObject(value) ? value : undefined;
    const ids = request === undefined ? [] : idsOf(request);
    return {
      entry,
      targets: request === undefined ? describeValue(value) : targetsOf(request, ids),
      rows: errors > 0 ? 0 : ids.length,
      summary: summariseResult(value),
      errors,
      warnings: problems.entryWarnings.at(entry),
      unreadable: request === undefined,
    };
  });
}

function idsOf(request: JsonObject): number[] {
  const target = targetOf(request);
  return target.kind === 'tasks' ? target.ids.filter(isId) : [];
}

function targetsOf(request: JsonObject, ids: number[]): string {
  const target = targetOf(request);
  if (target.kind === 'several') return `both ${target.fields.join(' and ')}`;
  if (target.kind !== 'all-except') return shortTaskRanges(ids);
  const excluded = target.excluded.filter(isId);
  return excluded.length === 0 ? 'all tasks' : `all tasks except ${shortTaskRanges(excluded)}`;
}

/** The labels of a request in a few words: `sentiment: Positive`, `3 regions`, `skip`, `no result`. */
export function summariseResult(request: Json | undefined): string {
  if (!isJsonObject(request)) return 'no request';
  const { result, was_cancelled: skipped } = request;
  if (skipped === true) return 'skip';
  if (result === undefined) return 'no result';
  if (!Array.isArray(result)) return 'no list of regions';
  if (result.length === 0) return 'empty result';

  const parts: string[] = [];
  let others = 0;
  for (const region of result) {
    const words = answerOf(region);
    if (words === undefined || parts.length === 3) others += 1;
    else parts.push(words);
  }
  if (others > 0) parts.push(parts.length === 0 ? count(others, 'region') : `${others} more`);
  return parts.join(', ');
}

/** `sentiment: Positive` for an answer about the whole task; undefined for a region of a part of it. */
function answerOf(region: Json): string | undefined {
  if (!isJsonObject(region) || !isJsonObject(region['value'])) return undefined;
  const { type, from_name: name, value } = region;
  const words =
    typeof type === 'string' && wholeTask.has(type) ? valueWords(value[wholeTask.get(type)!]) : undefined;
  if (words === undefined) return undefined;
  return `${typeof name === 'string' ? `${shorten(name, 30)}: ` : ''}${shorten(words, 40)}`;
}

/** The types that can be about a whole task, each with the key of `value` that holds the answer. */
const wholeTask = new Map([
  ['choices', 'choices'],
  ['taxonomy', 'taxonomy'],
  ['rating', 'rating'],
  ['number', 'number'],
  ['datetime', 'datetime'],
  ['textarea', 'text'],
  ['pairwise', 'selected'],
]);

function valueWords(value: Json | undefined): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (value instanceof ExactNumber) return value.text;
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => (Array.isArray(item) ? item.map(word).join(' › ') : word(item))).join(', ');
}

function word(value: Json): string {
  return typeof value === 'string' ? value : describeValue(value);
}
