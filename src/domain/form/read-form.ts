import { readJson } from '#wire/json/json.ts';
import type { Problem } from '#wire/problem.ts';
import { regionText } from './region-answers.ts';
import type { FormValues } from './form-values.ts';
import { formFields } from './entry-to-form.ts';
import { targetFields } from '#domain/requests/target.ts';
import { readTaskRanges } from '#domain/requests/task-ranges.ts';

/** A problem with its form field. The path is empty if the request doesn’t contain the value. */
export interface FieldProblem extends Problem {
  /**
   * A key of `FormValues`, with an index in a list (`taskIds`, `result.2.json`), or the input of a control
   * (`answers.sentiment`). Empty for the whole request.
   */
  field: string;
  /**
   * True if a request can’t contain the typed value, so the batch keeps the old one. Leaving the form asks first.
   */
  unsaved?: boolean;
}

/** The form’s request as JSON text by member. Missing names are omitted from the request. */
export interface FormReading {
  members: Map<string, string>;
  /** The JSON of each region, if `result` is a list; undefined for one with invalid JSON. */
  regions: (string | undefined)[] | undefined;
  /** Values that could not be read; all of them are `unsaved`. */
  problems: FieldProblem[];
}

/**
 * Reads the form as a request.
 *
 * A number input accepts any JSON, and text without quotes: `abc` as a project becomes "abc" in the request, which the
 * check refuses. Only invalid JSON of a region and task ranges such as `12-5` can’t be part of a request. They stay in
 * the form, the batch keeps the old value, and the problem is `unsaved`, so that leaving the form asks first.
 */
export function readForm(values: FormValues): FormReading {
  const members = new Map<string, string>();
  const problems: FieldProblem[] = [];
  // Unknown fields stay unchanged; others are overwritten by their input.
  for (const [name, json] of Object.entries(values.rawJson)) members.set(name, json);

  for (const [name, input] of Object.entries(formFields.numbers)) {
    const typed = values[input].trim();
    if (typed !== '') members.set(name, readJson(typed).value === undefined ? JSON.stringify(typed) : typed);
    else if (values.nulls[name] === true) members.set(name, 'null');
  }
  for (const [name, input] of Object.entries(formFields.texts)) {
    if (values[input] !== '') members.set(name, JSON.stringify(values[input]));
    else if (values.nulls[name] === true) members.set(name, 'null');
  }
  for (const [name, input] of Object.entries(formFields.choices)) {
    const chosen = values[input];
    if (chosen === 'not-set') continue;
    members.set(name, ['null', 'true', 'false'].includes(chosen) ? chosen : JSON.stringify(chosen));
  }
  readTarget(values, members, problems);
  const regions = values.hasResult ? readRegions(values, problems) : undefined;
  if (regions !== undefined) members.set('result', `[${regions.map((region) => region ?? '{}').join(', ')}]`);
  return { members, regions, problems };
}

function readTarget(values: FormValues, members: Map<string, string>, problems: FieldProblem[]): void {
  const typed = values.taskIds.trim();
  const byIds = values.target === 'tasks' || values.target === 'task';
  // Nothing is chosen: an unusual target in the text (two at once, an empty list) stays unchanged.
  if (typed === '' && byIds) return;

  const { ids, problems: mistakes } = readTaskRanges(typed);
  for (const { code, message } of mistakes) {
    problems.push({ code, severity: 'error', message, field: 'taskIds', path: [], unsaved: true });
  }
  if (values.target === 'task' && ids.length > 1) {
    const message = 'This field takes one task. Choose tasks by id for several.';
    problems.push({
      code: 'one-task-only',
      severity: 'error',
      message,
      field: 'taskIds',
      path: [],
      unsaved: true,
    });
  }
  for (const name of targetFields) if (members.get(name) !== 'null') members.delete(name);
  const list = `[${ids.join(', ')}]`;
  switch (values.target) {
    case 'tasks':
      members.set('tasks', list);
      break;
    case 'task':
      members.set('task', String(ids[0] ?? null));
      break;
    case 'selected-only':
      members.set('selected_items', `{"all": false, "included": ${list}}`);
      break;
    case 'all-except':
      members.set(
        'selected_items',
        ids.length === 0 ? '{"all": true}' : `{"all": true, "excluded": ${list}}`,
      );
      break;
  }
}

function readRegions(values: FormValues, problems: FieldProblem[]): (string | undefined)[] {
  return values.result.map((region, index) => {
    const json = regionText(region);
    const { value, problems: found } = readJson(json);
    if (value !== undefined) return json.trim();
    const { code, message, span } = found[0]!;
    problems.push({
      code,
      severity: 'error',
      message:
        code === 'json-empty'
          ? 'This region is empty. Fill it in, or remove it.'
          : `${placeIn(json, span!.from)}${message}`,
      field: `result.${index}.json`,
      path: [],
      unsaved: true,
    });
    return undefined;
  });
}

/** “Line 2, column 5: ”, or nothing for a text of one line. */
function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  if (!text.includes('\n')) return '';
  return `Line ${lines.length}, column ${lines.at(-1)!.length + 1}: `;
}
