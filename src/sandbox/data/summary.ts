import { isObject, type JsonObject } from '#sandbox/http/json.ts';
import { str, typeName } from '#sandbox/http/python.ts';
import { serverError } from '#sandbox/http/refusal.ts';
import type { AnnotationRow, Summary } from './rows.ts';
import type { Store } from './store.ts';

/**
 * The project's summary: the data columns, controls and labels in use. Rules and failures are those of
 * `ProjectSummary` in `label_studio/projects/models.py`.
 */
export const emptySummary = (): Summary => ({
  all_data_columns: {},
  common_data_columns: [],
  created_annotations: {},
  created_labels: {},
});

export function countColumns(summary: Summary, rows: Iterable<JsonObject>): void {
  let common: string[] | undefined;
  for (const data of rows) {
    const columns = Object.keys(data);
    for (const column of columns) {
      summary.all_data_columns[column] = (summary.all_data_columns[column] ?? 0) + 1;
    }
    common = common?.filter((column) => Object.hasOwn(data, column)) ?? columns;
  }
  if (common === undefined) return;
  const before = summary.common_data_columns;
  summary.common_data_columns = (
    before.length === 0 ? common : before.filter((column) => common.includes(column))
  ).toSorted();
}

/**
 * Counts the regions of stored annotations; all or nothing.
 *
 * @throws {Refusal} 500 if a region's `value` is missing or not an object. The annotation is already stored by then.
 */
export function countRegions(summary: Summary, annotations: Iterable<AnnotationRow>): void {
  const created = { ...summary.created_annotations };
  const labels = { ...summary.created_labels };
  for (const { result } of annotations) {
    for (const region of result ?? []) {
      if (!isObject(region)) throw serverError(`'${typeName(region)}' object has no attribute 'get'`);
      const key = annotationKey(region);
      if (key === null) continue;
      created[key] = (created[key] ?? 0) + 1;
      const control = region['from_name'] as string;
      // Copied from the server: it checks the old counts, so a new control keeps only its last region's labels.
      const known = Object.hasOwn(summary.created_labels, control);
      const counts = known ? { ...labels[control] } : {};
      for (const label of labelsOf(region)) counts[label] = (counts[label] ?? 0) + 1;
      labels[control] = counts;
    }
  }
  summary.created_annotations = created;
  summary.created_labels = labels;
}

/** Removes an annotation's regions from the counts; removing the project's last annotation clears them. */
export function uncountRegions(summary: Summary, annotation: AnnotationRow, wasLast: boolean): void {
  if (wasLast) {
    summary.created_annotations = {};
    summary.created_labels = {};
    return;
  }
  for (const region of annotation.result ?? []) {
    if (!isObject(region)) throw serverError(`'${typeName(region)}' object has no attribute 'get'`);
    decrement(summary.created_annotations, annotationKey(region));
    const control = region['from_name'];
    const labels = typeof control === 'string' ? summary.created_labels[control] : undefined;
    if (!labels) continue;
    for (const label of labelsOf(region)) decrement(labels, label);
    if (Object.keys(labels).length === 0) delete summary.created_labels[control as string];
  }
}

/** `POST summary/reset/`: saves the columns before it counts the regions, so a failing count doesn't undo them. */
export function recountSummary(store: Store, project: number): void {
  const { summary } = store.projects.get(project)!;
  summary.all_data_columns = {};
  summary.common_data_columns = [];
  const tasks = store.tasksOf.of(project);
  countColumns(
    summary,
    tasks.map((task) => task.data),
  );
  const fresh = emptySummary();
  countRegions(
    fresh,
    tasks.flatMap((task) => store.annotationsOf.of(task.id)),
  );
  summary.created_annotations = fresh.created_annotations;
  summary.created_labels = fresh.created_labels;
}

function annotationKey(region: JsonObject): string | null {
  const { type = null, from_name: control, to_name: object } = region;
  if (type === 'relation' || type === 'pairwise' || type === null) return null;
  if (control === undefined || object === undefined) return null;
  if (typeof type !== 'string') throw serverError(`'${typeName(type)}' object has no attribute 'lower'`);
  const target = Array.isArray(object) ? object.map((one) => str(one)).join(',') : object;
  for (const [at, part] of [control, target].entries()) {
    if (typeof part === 'string') continue;
    throw serverError(
      wrapTypeError(`TypeError: sequence item ${at}: expected str instance, ${typeName(part)} found`),
    );
  }
  return `${str(control)}|${str(target)}|${type.toLowerCase()}`;
}

function labelsOf(region: JsonObject): string[] {
  const type = region['type'] === 'videorectangle' ? 'labels' : (region['type'] as string);
  const value = region['value'];
  if (value === undefined) throw serverError("'value'");
  if (!isObject(value)) throw serverError(`'${typeName(value)}' object has no attribute 'get'`);
  const labels = value[type];
  if (!Array.isArray(labels) || type === 'text') return [];
  return type === 'taxonomy'
    ? labels.flatMap((path) => (Array.isArray(path) ? path.map((one) => str(one)) : [str(path)]))
    : labels.map((one) => str(one));
}

function decrement(counts: Record<string, number>, key: string | null): void {
  if (key === null || counts[key] === undefined) return;
  counts[key] -= 1;
  if (counts[key] === 0) delete counts[key];
}

/** DRF wraps a TypeError inside `objects.create()` in advice and a traceback. */
export const wrapTypeError = (cause: string) =>
  'Got a `TypeError` when calling `Annotation.objects.create()`. This may be because you have a writable field on ' +
  'the serializer class that is not a valid argument to `Annotation.objects.create()`. You may need to make the ' +
  'field read-only, or override the AnnotationSerializer.create() method to handle this correctly.\n' +
  `Original exception was:\n Traceback (most recent call last):\n${cause}`;
