import { readJson } from '#wire/json/json.ts';
import type { Problem } from '#wire/problem.ts';
import { regionText } from './region-answers.ts';
import type { FormValues } from './form-values.ts';
import { formFields } from './entry-to-form.ts';
import { targetFields } from '#domain/requests/target.ts';
import { readTaskRanges } from '#domain/requests/task-ranges.ts';

/** Adds the field of the form that it is about. Its path is empty where the request doesn't hold that. */
export interface FieldProblem extends Problem {
  /**
   * A key of `FormValues`, with the place in a list where there is one (`taskIds`, `result.2.json`), or the input of a
   * control (`answers.sentiment`). Empty: the whole request.
   */
  field: string;
  /**
   * True where what was typed cannot be put into a request at all, so that the batch still holds what was there before.
   * The form must not be left until it is right.
   */
  unsaved?: boolean;
}

/** What the form says, member by member, as JSON texts. A name that is not there is left out of the request. */
export interface FormReading {
  members: Map<string, string>;
  /** The regions one by one, where `result` is a list; undefined where one's text is no JSON. */
  regions: (string | undefined)[] | undefined;
  /** Why some of it could not be read; all of them `unsaved`. */
  problems: FieldProblem[];
}

/**
 * Reads the form.
 *
 * A number input takes any JSON, and text without quotes: so `abc` as a project becomes "abc" in the request, where the
 * editor refuses it with the same words. Only two inputs can hold what no request could: a region that is no JSON, and
 * task ranges such as `12-5`. Written into the batch they would make all of it unreadable, and written as something
 * else they would be a lie; so they stay in the form as drafts, the batch keeps what it had, and the problem says
 * `unsaved`, so the screen asks before leaving the form.
 */
export function readForm(values: FormValues): FormReading {
  const members = new Map<string, string>();
  const problems: FieldProblem[] = [];
  // Fields that nobody knows stay what they are; the others give way to their input.
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
  // Nothing chosen here: what stands in the text instead (two targets at once, an empty list) is left as it is.
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

/** "Line 2, column 5: ", or nothing in a text of one line, where it is plain to see. */
function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  if (!text.includes('\n')) return '';
  return `Line ${lines.length}, column ${lines.at(-1)!.length + 1}: `;
}
