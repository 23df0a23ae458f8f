import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, writeJson, type Json } from '#wire/json.ts';
import { CodeWriter, Dictionary, type Codes } from './dictionary.ts';
import { contentCodesByTemplate, type ContentCodes } from './content-codes.ts';
import { TaskIdWriter, type TaskIds } from './task-ids.ts';

/**
 * The requests of a source, in columns: there may be a million, and most of a large batch say one of a few things about one
 * task each. What stands there as JSON is made when it is asked for.
 */
export interface Entries {
  readonly length: number;
  /** What stands there; never to be changed. It may be anything that JSON can hold. */
  at(entry: number): Json;
  /**
   * The template of each. Entries of one template are made alike: whatever there is to be said about one of them by itself is to be
   * said about each, and they use the same labels. They may differ in their task, and in what no rule minds.
   */
  readonly templates: Codes;
  /** The first entry of each template. */
  readonly firsts: ArrayLike<number>;
  /** Whether the entries of a template are about one task each, which the field `task` names: then its id is in `tasks`. */
  namesOneTask(template: number): boolean;
  /** Ids of these tasks. One that is no id is 0, or beyond 2^53; `taskAt` gives what stands there. */
  readonly tasks: TaskIds;
  taskAt(entry: number): Json;
  /** Which entries say the same. Found when it is asked for first. */
  contentCodes(): ContentCodes;
  /** Whether a request says nothing at all, where that is hardly meant; only of records. */
  isSilent?(request: Json): boolean;
}

/** Requests that are there as JSON. */
export function entriesOf(values: readonly Json[]): Entries {
  const keys = new Dictionary();
  const templates = new CodeWriter();
  const tasks = new TaskIdWriter();
  const firsts: number[] = [];
  const isOneTask: boolean[] = [];
  values.forEach((value, entry) => {
    const isOne = namesOneTask(value);
    const task = isOne ? (value as { task: Json }).task : 0;
    // Whether a number is an id is for a rule to say; which number it is, is not a part of the template.
    const template = keys.codeOf(isOne ? writeJson({ ...(value as object), task: 0 }) : `${entry}`);
    templates.write(entry, template);
    tasks.write(entry, isId(task) ? task : 0);
    if (template === firsts.length) {
      firsts.push(entry);
      isOneTask.push(isOne);
    }
  });
  const at = (entry: number): Json => values[entry] ?? null;
  let contentCodes: ContentCodes | undefined;
  const entries: Entries = {
    length: values.length,
    at,
    templates: templates.finish(values.length),
    firsts,
    namesOneTask: (template) => isOneTask[template]!,
    tasks: tasks.finish(values.length),
    taskAt: (entry) => (at(entry) as { task: Json }).task,
    contentCodes: () => (contentCodes ??= contentCodesByTemplate(entries)),
  };
  return entries;
}

/** Whether a request is about the one task that its `task` names. */
export function namesOneTask(request: Json): boolean {
  return (
    isJsonObject(request) &&
    (request['task'] ?? null) !== null &&
    (request['tasks'] ?? null) === null &&
    (request['selected_items'] ?? null) === null
  );
}

/** Remembers what was found out of an entry that is the same for all entries of its template. */
export function byTemplate<T>(entries: Entries, find: (request: Json) => T): (entry: number) => T {
  const known = new Map<number, T>();
  return (entry) => {
    const template = entries.templates[entry]!;
    if (!known.has(template)) known.set(template, find(entries.at(entries.firsts[template]!)));
    return known.get(template)!;
  };
}
