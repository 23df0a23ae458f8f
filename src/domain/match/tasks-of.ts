import type { JsonObject } from '#wire/json/json.ts';
import type { Problem } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { shorten } from '#wire/text/words.ts';
import { TaskIdWriter, type TaskIds } from '#domain/requests/task-ids.ts';
import type { TaskMatching } from './comparison.ts';
import { AMBIGUOUS, BLANK, indexOf, type TaskIndex } from './task-index.ts';
import type { TaskTable } from './task-table.ts';

/** Finds the known tasks of a request’s project. Synchronous, because tasks are read before. */
export type TasksOf = (request: JsonObject) => KnownTasks | UnknownTasks;

export interface KnownTasks {
  tasks: TaskTable;
  /** The title of the project. */
  title: string;
}

export interface UnknownTasks {
  tasks?: undefined;
  /** Why they are unknown: a sentence without its full stop. */
  why: string;
}

/** The tasks of entries that name their task by another value, such as a file name. */
export interface MatchedTasks {
  /** By entry: the ID of its task; 0 unless exactly one matches. */
  tasks: TaskIds;
  /** Why an entry has no task; undefined if it has one. The path is `task`. */
  problemOf(entry: number): Problem | undefined;
  /** Why no entry has a task: the tasks are unknown, or have no such field. */
  sourceProblem?: Problem;
}

/**
 * Finds the task of each entry by its value from `keyAt`, which is undefined or blank for an entry without one. With
 * `known` undefined, as for a submitted text that is parsed again, no entry has a task, without a problem.
 */
export function matchEntries(
  known: KnownTasks | UnknownTasks | undefined,
  matching: TaskMatching,
  length: number,
  keyAt: (entry: number) => string | undefined,
): MatchedTasks {
  const writer = new TaskIdWriter();
  writer.reserve(length);
  if (known === undefined) return { tasks: writer.finish(length), problemOf: () => undefined };
  const sourceProblem = known.tasks === undefined ? notRead(known) : missingField(known, matching);
  if (known.tasks === undefined || sourceProblem !== undefined)
    return {
      tasks: writer.finish(length),
      problemOf: () => undefined,
      ...(sourceProblem && { sourceProblem }),
    };
  const { tasks, title } = known;
  const index = indexOf(tasks, matching);
  for (let entry = 0; entry < length; entry += 1) {
    const found = index.find(keyAt(entry) ?? '');
    writer.write(entry, found < 0 ? 0 : tasks.ids[found]!);
  }
  return {
    tasks: writer.finish(length),
    problemOf: (entry) => problemOf({ tasks, title }, index, matching, keyAt(entry) ?? ''),
  };
}

/** The problem of an ID that isn’t a task of the project. */
export function unknownTask({ title }: KnownTasks, id: number): Problem {
  return {
    code: 'task-not-in-project',
    severity: 'error',
    message: `Task ${id} isn’t in ${shownTitle(title)}.`,
    path: ['task'],
  };
}

/** The problem of this many further IDs of one request. */
export function unknownTasks({ title }: KnownTasks, more: number): Problem {
  const message = `${count(more, 'more task')} of this request ${more === 1 ? 'isn’t' : 'aren’t'} in ${shownTitle(title)}.`;
  return { code: 'task-not-in-project', severity: 'error', message, path: [] };
}

/** The compared part in words. */
export const comparedWords = { value: 'value', 'file-name': 'file name', 'file-stem': 'file name' } as const;

/** Maximum number of tasks named in a message. */
const maxNamed = 3;

function problemOf(
  { tasks, title }: KnownTasks,
  index: TaskIndex,
  matching: TaskMatching,
  key: string,
): Problem | undefined {
  const found = index.find(key);
  if (found >= 0) return undefined;
  const word = comparedWords[matching.compare];
  const path = ['task'];
  if (found === BLANK)
    return {
      code: 'task-key-missing',
      severity: 'error',
      message: `This row has no ${word} to find its task by. Fill it in.`,
      path,
    };
  if (found === AMBIGUOUS) {
    const several = index.candidates(key, Infinity);
    const ids = several.slice(0, maxNamed).map((one) => tasks.ids[one]!);
    const more = several.length > ids.length ? ', …' : '';
    const message =
      `${count(several.length, 'task')} in ${shownTitle(title)} have this ${word}: ${ids.join(', ')}${more}. ` +
      'Match by another field, or add a column of task IDs.';
    return { code: 'task-ambiguous', severity: 'error', message, path };
  }
  const message = `No task in ${shownTitle(title)} has this ${word} in “${shorten(matching.field, 40)}”.`;
  return { code: 'task-not-found', severity: 'error', message, path };
}

function notRead({ why }: UnknownTasks): Problem {
  return sourceError('tasks-not-read', `${why}.`);
}

function missingField({ tasks, title }: KnownTasks, { field }: TaskMatching): Problem | undefined {
  if (tasks.fields.includes(field)) return undefined;
  const name = `“${shorten(field, 40)}”`;
  if (tasks.dropped.has(field))
    return sourceError(
      'task-field-too-large',
      `The tasks of ${shownTitle(title)} have too much text in ${name} to match by. Choose another field.`,
    );
  const message =
    tasks.count === 0
      ? `${shownTitle(title)} has no tasks, so no row can be matched.`
      : `No task in ${shownTitle(title)} has ${name} in its data. Choose another field.`;
  return sourceError('task-field-missing', message);
}

const sourceError = (code: string, message: string): Problem => ({
  code,
  severity: 'error',
  message,
  path: [],
  span: { from: 0, to: 0 },
});

const shownTitle = (title: string): string => shorten(title, 60);
