import { isId, lastActions } from '#wire/bulk-request.ts';
import { isJsonObject, readJson, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { emptyForm, type FormValues } from './form-values.ts';
import { writeTaskRanges } from '#domain/requests/task-ranges.ts';
import { targetOf } from '#domain/requests/target.ts';

/** Form fields by their wire name. Tasks and `result` are handled separately. */
export const formFields = {
  numbers: {
    project: 'project',
    completed_by: 'completedBy',
    lead_time: 'leadTime',
    import_id: 'importId',
    parent_prediction: 'parentPrediction',
    parent_annotation: 'parentAnnotation',
    last_created_by: 'lastCreatedBy',
    updated_by: 'updatedBy',
  },
  texts: { unique_id: 'uniqueId', draft_created_at: 'draftCreatedAt' },
  choices: {
    ground_truth: 'groundTruth',
    was_cancelled: 'wasCancelled',
    bulk_created: 'bulkCreated',
    last_action: 'lastAction',
  },
} as const;

/**
 * Converts a request to form values without losing anything: what no input can show, or is too long for one, goes into
 * `rawJson`. `regionText` gives the JSON text of a region.
 */
export function entryToForm(
  entry: JsonObject,
  regionText: (region: Json, index: number) => string = (region) => writeJson(region, 2),
): FormValues {
  const values: FormValues = { ...emptyForm, nulls: {}, rawJson: {} };
  const rest = new Map(Object.entries(entry));

  for (const [name, input] of Object.entries(formFields.numbers)) {
    const value = rest.get(name);
    if (value === undefined) continue;
    const words = value === null ? '' : numberInput(value);
    if (words.length > limits.inputUnits) continue;
    if (value === null) values.nulls[name] = true;
    else values[input] = words;
    rest.delete(name);
  }
  for (const [name, input] of Object.entries(formFields.texts)) {
    const value = rest.get(name);
    if (value === null) values.nulls[name] = true;
    else if (typeof value === 'string' && value !== '' && value.length <= limits.inputUnits)
      values[input] = value;
    else continue;
    rest.delete(name);
  }
  showChoices(values, rest);
  showTarget(values, entry, rest);
  const result = entry['result'];
  if (Array.isArray(result)) {
    values.hasResult = true;
    values.result = result.map((region, index) => ({ json: regionText(region, index) }));
    rest.delete('result');
  }
  for (const [name, value] of rest) {
    const json = writeJson(value);
    Object.defineProperty(values.rawJson, name, {
      value: json,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return values;
}

/**
 * The content of a number input. Text is shown without its quotes, as it was typed: `abc` as a project becomes "abc" in
 * the request, and is shown as `abc` again.
 */
function numberInput(value: Json): string {
  const bare = typeof value === 'string' && value !== '' && value.trim() === value;
  return bare && readJson(value).value === undefined ? value : writeJson(value);
}

function showChoices(values: FormValues, rest: Map<string, Json>): void {
  const truth = rest.get('ground_truth');
  if (typeof truth === 'boolean') {
    values.groundTruth = truth ? 'true' : 'false';
    rest.delete('ground_truth');
  }
  const skipped = rest.get('was_cancelled');
  if (typeof skipped === 'boolean') {
    values.wasCancelled = skipped ? 'true' : 'false';
    rest.delete('was_cancelled');
  }
  const bulk = rest.get('bulk_created');
  if (typeof bulk === 'boolean' || bulk === null) {
    values.bulkCreated = bulk === null ? 'null' : bulk ? 'true' : 'false';
    rest.delete('bulk_created');
  }
  const action = rest.get('last_action');
  const known = action === null ? 'null' : lastActions.find((name) => name === action);
  if (known !== undefined) {
    values.lastAction = known;
    rest.delete('last_action');
  }
}

function showTarget(values: FormValues, entry: JsonObject, rest: Map<string, Json>): void {
  const target = targetOf(entry);
  if (target.kind === 'tasks' && target.ids.length > 0 && target.ids.every(isId)) {
    const [field] = target.path;
    if (field === 'selected_items' && !isPlainSelection(entry[field]!, 'included')) return;
    const ids = writeTaskRanges(target.ids);
    if (ids.length > limits.inputUnits) return;
    values.target = field === 'tasks' ? 'tasks' : field === 'task' ? 'task' : 'selected-only';
    values.taskIds = ids;
    rest.delete(String(field));
  } else if (
    target.kind === 'all-except' &&
    target.excluded.every(isId) &&
    isPlainSelection(entry['selected_items']!, 'excluded')
  ) {
    const ids = writeTaskRanges(target.excluded);
    if (ids.length > limits.inputUnits) return;
    values.target = 'all-except';
    values.taskIds = ids;
    rest.delete('selected_items');
  }
}

/** True if a selection has only `all` and optionally a list under `key`. */
function isPlainSelection(selection: Json, key: string): boolean {
  return (
    isJsonObject(selection) &&
    Object.keys(selection).every((name) => name === 'all' || name === key) &&
    (selection[key] === undefined || Array.isArray(selection[key])) &&
    typeof selection['all'] === 'boolean'
  );
}
