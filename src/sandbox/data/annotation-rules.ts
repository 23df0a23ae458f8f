import { isObject, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { typeName } from '#sandbox/http/python.ts';
import { serverError, Refusal } from '#sandbox/http/refusal.ts';
import type { AnnotationRow, TaskRow, UserRow } from './rows.ts';
import type { Store } from './store.ts';
import { countRegions, wrapTypeError, uncountRegions } from './summary.ts';

/** The checked fields of a new annotation and its author. */
export interface AnnotationInput {
  values: JsonObject;
  user: UserRow;
  prediction: JsonObject;
}

/**
 * Stores one annotation like `Annotation.save()` and its signals (`label_studio/tasks/models.py`).
 *
 * @throws {Refusal} 500 before anything is stored, for a `unique_id` that isn't a UUID, a region that isn't an object or an
 * unhashable region id; 409 for a `unique_id` that exists anywhere on the server; 500 **after** the row is stored but
 * before the task's counters are, for a region without `value`
 */
export function createAnnotation(
  store: Store,
  task: TaskRow,
  draft: AnnotationInput,
  now: string,
): AnnotationRow {
  const row = newAnnotation(store, task, draft, now);
  row.result_count = countRegionIds(row.result);
  if (store.hasUniqueId(row.unique_id)) throw duplicateUniqueId();
  store.addAnnotation(row);
  if (row.ground_truth) clearOtherGroundTruths(store, row);
  countRegions(store.projects.get(task.project)!.summary, [row]);
  recountAnnotations(store, task, row.was_cancelled);
  touch(task, draft.user, now);
  return row;
}

export const duplicateUniqueId = () =>
  new Refusal(409, { detail: 'Annotation with this unique id already exists' });

/** A row with defaults. Like the endpoint it overrides the body's task, project and `updated_by`. */
export function newAnnotation(
  store: Store,
  task: TaskRow,
  draft: AnnotationInput,
  now: string,
): AnnotationRow {
  const { values, user, prediction } = draft;
  const row: AnnotationRow = {
    id: store.annotations.nextId,
    result: null,
    completed_by: user.id,
    was_cancelled: false,
    ground_truth: false,
    created_at: now,
    updated_at: now,
    draft_created_at: null,
    lead_time: null,
    prediction,
    result_count: 0,
    unique_id: crypto.randomUUID(),
    import_id: null,
    last_action: null,
    bulk_created: false,
    task: task.id,
    project: task.project,
    updated_by: user.id,
    parent_prediction: null,
    parent_annotation: null,
    last_created_by: null,
  };
  const { task: _task, project: _project, updated_by: _user, unique_id: uniqueId, ...rest } = values;
  Object.assign(row, rest);
  if (uniqueId !== undefined) row.unique_id = normalizeUuid(uniqueId as string);
  return row;
}

/** @throws {Refusal} 500 as {@link createAnnotation} does */
export function changeAnnotation(
  store: Store,
  row: AnnotationRow,
  { values, user }: Pick<AnnotationInput, 'values' | 'user'>,
  now: string,
): void {
  const { updated_by: _ignored, unique_id: uniqueId, ...rest } = values;
  const changes: Partial<AnnotationRow> = { ...rest, updated_by: user.id, updated_at: now };
  if (uniqueId !== undefined) changes.unique_id = normalizeUuid(uniqueId as string);
  if (changes.result !== undefined) changes.result_count = countRegionIds(changes.result);
  const taken = changes.unique_id !== undefined && changes.unique_id !== row.unique_id;
  const { summary } = store.projects.get(row.project)!;
  uncountRegions(summary, row, hasAtMostAnnotations(store, row, 1));
  // Only creating checks for duplicates first; a change fails in the database, when its regions are uncounted already.
  if (taken && store.hasUniqueId(changes.unique_id!))
    throw serverError('UNIQUE constraint failed: task_completion.unique_id');
  store.changeAnnotation(row, changes);
  if (values['ground_truth'] === true) clearOtherGroundTruths(store, row);
  countRegions(summary, [row]);
  const task = store.tasks.get(row.task)!;
  recountAnnotations(store, task, true);
  recountAnnotations(store, task, false);
  touch(task, user, now);
}

/** Afterwards the `unique_id` can be used again (seen on 1.23.2). */
export function deleteAnnotation(store: Store, row: AnnotationRow, user: UserRow, now: string): void {
  store.removeAnnotation(row);
  const task = store.tasks.get(row.task)!;
  recountAnnotations(store, task, row.was_cancelled);
  touch(task, user, now);
  uncountRegions(store.projects.get(row.project)!.summary, row, hasAtMostAnnotations(store, row, 0));
}

/** Task updates of bulk inserts: both counters, `is_labeled` and `updated_by`. */
export function updateTaskAfterBulk(store: Store, task: TaskRow, user: UserRow, now: string): void {
  recountAnnotations(store, task, true);
  recountAnnotations(store, task, false);
  task.total_predictions = store.predictionsOf.of(task.id).length;
  touch(task, user, now);
}

/** A task has at most one ground truth: a new one clears the others. */
export function clearOtherGroundTruths(store: Store, row: AnnotationRow): void {
  for (const other of store.annotationsOf.of(row.task)) {
    if (other !== row) other.ground_truth = false;
  }
}

/** A task is labeled when as many different users have annotated it as its overlap requires. */
export function recountAnnotations(store: Store, task: TaskRow, cancelledOnes: boolean): void {
  const annotations = store.annotationsOf.of(task.id);
  const count = annotations.filter((one) => one.was_cancelled === cancelledOnes).length;
  if (cancelledOnes) task.cancelled_annotations = count;
  else task.total_annotations = count;
  const finished = annotations.filter((one) => !one.was_cancelled && one.result !== null);
  task.is_labeled = new Set(finished.map((one) => one.completed_by)).size >= task.overlap;
}

function touch(task: TaskRow, user: UserRow, now: string): void {
  task.updated_at = now;
  task.updated_by = user.id;
}

/** The number of distinct region ids; all missing ids count as one. */
export function countRegionIds(result: Json[] | null): number {
  const ids = new Set<Json | undefined>();
  for (const region of result ?? []) {
    if (!isObject(region)) throw serverError(`'${typeName(region)}' object has no attribute 'get'`);
    const id = region['id'] ?? null;
    if (typeof id === 'object' && id !== null) {
      throw serverError(wrapTypeError(`TypeError: unhashable type: '${typeName(id)}'`));
    }
    ids.add(id);
  }
  return ids.size;
}

/** Normalizes any spelling that Python's `uuid.UUID` accepts. */
export function normalizeUuid(text: string): string {
  const digits = text
    .replace('urn:', '')
    .replace('uuid:', '')
    .replaceAll(/^[{}]+|[{}]+$|-/g, '')
    .toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(digits)) throw serverError(`['“${text}” is not a valid UUID.']`);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** True if the row's project has at most `count` annotations. */
function hasAtMostAnnotations(store: Store, row: AnnotationRow, count: number): boolean {
  let found = 0;
  for (const task of store.tasksOf.of(row.project)) {
    found += store.annotationsOf.of(task.id).length;
    if (found > count) return false;
  }
  return true;
}
