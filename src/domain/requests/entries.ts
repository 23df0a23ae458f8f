import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { EntryCounts } from '#domain/problems/entry-counts.ts';
import type { Problem } from '#wire/problem.ts';
import type { Target } from './target.ts';
import { CodeWriter, Dictionary, type Codes } from './dictionary.ts';
import { contentCodesByTemplate, type ContentCodes } from './content-codes.ts';
import { TaskIdWriter, type TaskIds } from './task-ids.ts';

/** The check of one request on its own. */
export interface RequestCheck {
  problems: Problem[];
  /** Problems of a control instead of a region, so they are reported once per batch. */
  once: Problem[];
  /** Undefined if the request isn’t an object. */
  target: Target | undefined;
  /** Why its regions weren’t checked against a labelling config; undefined if they were, or it has none. */
  whyNotChecked: string | undefined;
}

/** A label, the number of regions that use it, and the first entry among them. */
export interface LabelUse {
  control: string;
  label: string;
  uses: number;
  entry: number;
}

/** The requests of a source, in columns, because there may be a million. JSON values are created on demand. */
export interface Entries {
  readonly length: number;
  /** The entry as JSON of any type. Never mutated. */
  at(entry: number): Json;
  /**
   * The template of each entry. Entries of one template have the same problems and use the same labels; they differ
   * only in their slots.
   */
  readonly templates: Codes;
  /** The first entry of each template. */
  readonly firsts: ArrayLike<number>;
  /** Whether each entry of the template names one task in `task`; its ID is then in `tasks`. */
  namesOneTask(template: number): boolean;
  /** Their task IDs; an invalid one is 0 or above 2^53, and `taskAt` returns its JSON. */
  readonly tasks: TaskIds;
  taskAt(entry: number): Json;
  /** Why an entry that names its task by another value has none; only with task matching. */
  taskProblem?(entry: number): Problem | undefined;
  /** The data of an entry’s task, if the source contains it. */
  taskData?(entry: number): JsonObject | undefined;
  /** Which entries have the same content. Computed on first use. */
  contentCodes(): ContentCodes;
  /** Whether two entries have the same labels and the same skip state; undefined if that needs parsing. */
  haveSameLabels?(one: number, other: number): boolean | undefined;
  /** The check of a template’s first entry with a valid task ID, if it was made while reading. */
  checkOf?(template: number): RequestCheck | undefined;
  /** True if problems of a template’s entries have the same codes but quote different values. */
  varies?(template: number): boolean;
  /**
   * Composes the problems of a varying template’s entries from those of the first one, if that is cheaper than checking each
   * of them.
   */
  problemsOf?(template: number, ofFirst: readonly Problem[]): ((entry: number) => Problem[]) | undefined;
  /** True if the labels of a template’s entries are counted in `labelUses`. */
  countsLabels?(template: number): boolean;
  /** The label uses of all entries but the `refused` ones. */
  labelUses?(refused: EntryCounts): readonly LabelUse[];
  /** Errors of cells that a request can’t show; the same ones for all entries of a template. */
  cellProblems?(entry: number): readonly Problem[];
  /** Whether a request would create an empty annotation unintentionally; only for records and tables. */
  isSilent?(request: Json): boolean;
}

/** Entries from parsed JSON values. */
export function entriesOf(values: readonly Json[]): Entries {
  const keys = new Dictionary();
  const templates = new CodeWriter();
  const tasks = new TaskIdWriter();
  const firsts: number[] = [];
  const isOneTask: boolean[] = [];
  values.forEach((value, entry) => {
    const isOne = namesOneTask(value);
    const task = isOne ? (value as { task: Json }).task : 0;
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

/** Whether a request has exactly one target, its `task`. */
export function namesOneTask(request: Json): boolean {
  return (
    isJsonObject(request) &&
    (request['task'] ?? null) !== null &&
    (request['tasks'] ?? null) === null &&
    (request['selected_items'] ?? null) === null
  );
}

/** Memoizes `find` per template. */
export function byTemplate<T>(entries: Entries, find: (request: Json) => T): (entry: number) => T {
  const known = new Map<number, T>();
  return (entry) => {
    const template = entries.templates[entry]!;
    if (!known.has(template)) known.set(template, find(entries.at(entries.firsts[template]!)));
    return known.get(template)!;
  };
}
