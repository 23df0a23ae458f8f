import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import type { Problem } from '#wire/problem.ts';
import { closestName, describeValue, describeValueAtStart } from '#wire/text/words.ts';
import { findControl } from '#config/find-control.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import type { TaskTable } from '#domain/match/task-table.ts';
import { checkSpanInText } from './span-in-text.ts';

/** Finds a value in the data of one task; undefined if unknown. */
export type TaskValue = (field: string) => Json | undefined;

/** The data of a task of the project. A value that is too long to keep counts as unknown. */
export function valuesIn(tasks: TaskTable, id: number): TaskValue | undefined {
  const index = tasks.indexOf(id);
  if (index === undefined) return undefined;
  return (field) => (tasks.isCut(field, index) ? undefined : tasks.value(field, index));
}

/** True if a result has a region that depends on its task: a text span, or choices from the task. */
export function usesTask(config: LabelConfig | undefined, result: Json | undefined): boolean {
  if (config === undefined || !Array.isArray(result)) return false;
  return result.some((region) => {
    if (!isJsonObject(region)) return false;
    const control = controlOf(config, region);
    return control !== undefined && (fieldOfText(config, region) ?? fieldOfOptions(control)) !== undefined;
  });
}

/** Checks a result against its task: spans against the text, and choices against the task’s list. */
function checkWithTask(config: LabelConfig, result: Json | undefined, valueOf: TaskValue): Problem[] {
  if (!Array.isArray(result)) return [];
  return result.flatMap((region, index): Problem[] => {
    if (!isJsonObject(region)) return [];
    const { value } = region;
    const control = controlOf(config, region);
    if (control === undefined || !isJsonObject(value)) return [];
    return [...spanProblems(config, region, value, valueOf), ...choiceProblems(control, value, valueOf)].map(
      (problem) => inRegion(problem, index),
    );
  });
}

function inRegion(problem: Problem, index: number): Problem {
  const steps = ['result', index, 'value'];
  const { fix } = problem;
  return {
    ...problem,
    path: [...steps, ...problem.path],
    ...(fix && { fix: { ...fix, path: [...steps, ...fix.path] } }),
  };
}

function controlOf(config: LabelConfig, { from_name: name }: JsonObject): Control | undefined {
  return typeof name === 'string' ? findControl(config, name) : undefined;
}

/** The data field with the text of a region; undefined for regions on other objects. */
function fieldOfText(config: LabelConfig, { to_name: target, type, value }: JsonObject): string | undefined {
  // The text of a TextArea is an answer, not a marked text.
  if (typeof target !== 'string' || type === 'textarea') return undefined;
  if (!isJsonObject(value) || value['start'] === undefined) return undefined;
  const object = config.objects.get(target);
  if (object?.tag.toLowerCase() !== 'text') return undefined;
  const { value: field, valuetype: source = 'text', encoding = 'none' } = object.attributes;
  // Otherwise the text is elsewhere, or stored in another form.
  return source === 'text' && encoding === 'none' ? fieldIn(field) : undefined;
}

function spanProblems(
  config: LabelConfig,
  region: JsonObject,
  value: JsonObject,
  valueOf: TaskValue,
): Problem[] {
  const field = fieldOfText(config, region);
  const text = field === undefined ? undefined : valueOf(field);
  const problem = typeof text === 'string' ? checkSpanInText(value, text) : undefined;
  return problem === undefined ? [] : [problem];
}

function fieldOfOptions({ tag, optionsFromTask, isNested, attributes }: Control): string | undefined {
  return tag === 'Choices' && optionsFromTask && !isNested ? fieldIn(attributes['value']) : undefined;
}

function choiceProblems(control: Control, { choices }: JsonObject, valueOf: TaskValue): Problem[] {
  const field = fieldOfOptions(control);
  const listed = field === undefined ? undefined : valueOf(field);
  if (!Array.isArray(choices) || !Array.isArray(listed)) return [];
  const own = listed.map(optionOf);
  // A list in another form isn’t understood, so nothing is reported.
  if (!own.every((one) => one !== undefined)) return [];
  const names = [...own, ...control.options.map(({ result }) => result)];
  const accepted = new Set(names);
  return choices.flatMap((choice, index): Problem[] => {
    if (typeof choice !== 'string' || accepted.has(choice)) return [];
    const near = closestName(choice, names);
    const suggestion =
      near === undefined
        ? `Its “${field!}” has: ${shownNames(names)}.`
        : `Did you mean ${describeValue(near)}?`;
    const path = ['choices', index];
    return [
      {
        code: 'choice-not-in-task',
        severity: 'error',
        message: `${describeValueAtStart(choice)} isn’t a choice of this task. ${suggestion}`,
        path,
        ...(near !== undefined && { fix: { path, value: near, words: `Use ${describeValue(near)}` } }),
      },
    ];
  });
}

/** A choice as in results: the alias, if there is one. */
function optionOf(item: Json): string | undefined {
  if (typeof item === 'string') return item;
  if (!isJsonObject(item)) return undefined;
  const name = item['alias'] ?? item['value'];
  return typeof name === 'string' ? name : undefined;
}

const maxNamed = 5;

function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, maxNamed).map((name) => describeValue(name));
  return `${shown.join(', ')}${names.length > maxNamed ? ', …' : ''}`;
}

const fieldIn = (attribute: string | undefined): string | undefined => /^\$(.+)$/.exec(attribute ?? '')?.[1];

function withoutFix(problem: Problem): Problem {
  const { code, severity, message, path } = problem;
  return { code, severity, message, path };
}

/** The problems of a request with its tasks: those of the first task with any, if there are few tasks. */
export function checkWithTasks(
  config: LabelConfig,
  result: Json | undefined,
  tasks: readonly (TaskValue | undefined)[],
): Problem[] {
  for (const valueOf of tasks.slice(0, limits.rowProblems)) {
    const problems = valueOf === undefined ? [] : checkWithTask(config, result, valueOf);
    if (problems.length === 0) continue;
    // A fix for one task may be wrong for another.
    return tasks.length === 1 ? problems : problems.map(withoutFix);
  }
  return [];
}
