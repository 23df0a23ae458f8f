import { isId } from '#wire/bulk-request.ts';
import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { count } from '#wire/text/figures.ts';
import { describeValue, shorten } from '#wire/text/words.ts';
import type { Entries } from '#domain/requests/entries.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import { targetOf } from '#domain/requests/target.ts';
import { shortRanges, shortTaskRanges } from '#domain/requests/task-ranges.ts';

/** One request in the list beside the form. */
export interface EntrySummary {
  entry: number;
  /** A distinguishing title: `Negative`, `3 regions`, `No labels yet`. */
  title: string;
  /** Further labels, else the tasks: `topics: Quality, Safety · rating: 2`, `1–50, 60`. */
  details: string;
  /** Number of named tasks. */
  tasks: number;
  /** Ranges, shortened: `1–50, 60 (51 tasks)`, or words for other targets. */
  targets: string;
  rows: number;
  errors: number;
  warnings: number;
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
    const { title, details } = titleOf(value);
    return {
      entry,
      title,
      details: details || (ids.length > 0 ? shortRanges(ids) : ''),
      tasks: ids.length,
      targets: request === undefined ? describeValue(value) : targetsOf(request, ids),
      rows: errors > 0 ? 0 : ids.length,
      errors,
      warnings: problems.entryWarnings.at(entry),
    };
  });
}

function idsOf(request: JsonObject): number[] {
  const target = targetOf(request);
  return target.kind === 'tasks' ? target.ids.filter(isId) : [];
}

function targetsOf(request: JsonObject, ids: number[]): string {
  const target = targetOf(request);
  if (target.kind === 'several') return 'tasks given in two ways';
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

  const { answers, others } = readAnswers(result);
  const parts = answers.map(({ control, words }) => (control === '' ? words : `${control}: ${words}`));
  if (others > 0) parts.push(parts.length === 0 ? count(others, 'region') : `${others} more`);
  return parts.join(', ');
}

/** The title and the details of a request in the list. */
function titleOf(request: Json | undefined): Pick<EntrySummary, 'title' | 'details'> {
  if (!isJsonObject(request)) return { title: 'Not a set of labels', details: '' };
  const { result, was_cancelled: skipped } = request;
  if (skipped === true) return { title: 'Skipped', details: '' };
  if (result !== undefined && !Array.isArray(result)) return { title: 'No list of labels', details: '' };
  if (result === undefined || result.length === 0) return { title: 'No labels yet', details: '' };
  const { answers, others } = readAnswers(result);
  const [first, ...more] = answers;
  if (first === undefined) return { title: count(others, 'region'), details: '' };
  const details = more.map(({ control, words }) => (control === '' ? words : `${control}: ${words}`));
  if (others > 0) details.push(`${others} more`);
  return { title: first.words, details: details.join(' · ') };
}

interface AnswerWords {
  /** The control’s name; empty if there is none. */
  control: string;
  words: string;
}

/** The first answers about the whole task, and the number of other regions. */
function readAnswers(result: readonly Json[]): { answers: AnswerWords[]; others: number } {
  const answers: AnswerWords[] = [];
  let others = 0;
  for (const region of result) {
    const answer = answerOf(region);
    if (answer === undefined || answers.length === 3) others += 1;
    else answers.push(answer);
  }
  return { answers, others };
}

/** An answer about the whole task; undefined for a region of a part of it. */
function answerOf(region: Json): AnswerWords | undefined {
  if (!isJsonObject(region) || !isJsonObject(region['value'])) return undefined;
  const { type, from_name: name, value } = region;
  const words =
    typeof type === 'string' && wholeTask.has(type) ? valueWords(value[wholeTask.get(type)!]) : undefined;
  if (words === undefined) return undefined;
  return { control: typeof name === 'string' ? shorten(name, 30) : '', words: shorten(words, 40) };
}

/** Types that can be about a whole task, with the key of `value` that has the answer. */
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
