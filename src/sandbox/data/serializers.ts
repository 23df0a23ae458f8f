import { timestamp, timeSince } from './clock.ts';
import type { Json, JsonObject } from '#sandbox/http/json.ts';
import { dumps } from '#sandbox/http/python.ts';
import type { AnnotationRow, PredictionRow, TaskRow, UserRow, ViewRow } from './rows.ts';
import type { Store } from './store.ts';

/** JSON of the rows, with the field order of 1.23.2. */

export const serializeUserBrief = (user: UserRow): JsonObject => ({
  id: user.id,
  first_name: user.first_name,
  last_name: user.last_name,
  email: user.email,
  avatar: null,
});

const initials = ({ first_name: first, last_name: last, email }: UserRow) =>
  first === '' && last === '' ? email.slice(0, 2) : first.slice(0, 1) + last.slice(0, 1);

/** A user, as in the users list. */
export function serializeUser(user: UserRow, store: Store, now: Date): JsonObject {
  return {
    id: user.id,
    first_name: user.first_name,
    last_name: user.last_name,
    username: '',
    email: user.email,
    last_activity: timestamp(now),
    custom_hotkeys: {},
    avatar: null,
    initials: initials(user),
    phone: '',
    active_organization: 1,
    active_organization_meta: {
      title: store.organization.title,
      email: store.users.get(1)!.email,
    },
    allow_newsletters: null,
    date_joined: user.date_joined,
  };
}

/** An annotation in every answer except the export: without `unique_id`, which is write-only. */
export function serializeAnnotation(row: AnnotationRow, store: Store, now: Date): JsonObject {
  const { first_name: first, last_name: last, email, id } = store.users.get(row.completed_by)!;
  return {
    id: row.id,
    result: row.result,
    created_username: `${last === '' ? first : `${first} ${last}`} ${email}, ${id}`,
    created_ago: timeSince(row.created_at, now),
    completed_by: row.completed_by,
    ...statusFields(row),
    ...originFields(row),
  };
}

export const serializePrediction = (row: PredictionRow, now: Date): JsonObject => ({
  id: row.id,
  result: row.result,
  model_version: row.model_version,
  created_ago: timeSince(row.created_at, now),
  score: row.score,
  cluster: null,
  neighbors: null,
  mislabeling: 0,
  created_at: row.created_at,
  updated_at: row.updated_at,
  model: null,
  model_run: null,
  task: row.task,
  project: row.project,
});

/** A task and its annotations in the export: the only place that returns `unique_id`. */
export function serializeExportedTask(task: TaskRow, store: Store): JsonObject {
  return {
    id: task.id,
    annotations: store.annotationsOf.of(task.id).map(serializeExportedAnnotation),
    drafts: [],
    predictions: store.predictionsOf.of(task.id).map((one) => one.id),
    data: task.data,
    meta: task.meta,
    created_at: task.created_at,
    updated_at: task.updated_at,
    allow_skip: true,
    inner_id: task.inner_id,
    total_annotations: task.total_annotations,
    cancelled_annotations: task.cancelled_annotations,
    total_predictions: task.total_predictions,
    ...comments,
    project: task.project,
    updated_by: task.updated_by,
    comment_authors: [],
  };
}

const serializeExportedAnnotation = (row: AnnotationRow): JsonObject => ({
  id: row.id,
  completed_by: row.completed_by,
  result: row.result,
  ...statusFields(row),
  prediction: row.prediction,
  result_count: row.result_count,
  unique_id: row.unique_id,
  ...originFields(row),
});

const statusFields = (row: AnnotationRow) => ({
  was_cancelled: row.was_cancelled,
  ground_truth: row.ground_truth,
  created_at: row.created_at,
  updated_at: row.updated_at,
  draft_created_at: row.draft_created_at,
  lead_time: row.lead_time,
});

const originFields = (row: AnnotationRow) => ({
  import_id: row.import_id,
  last_action: row.last_action,
  bulk_created: row.bulk_created,
  task: row.task,
  project: row.project,
  updated_by: row.updated_by,
  parent_prediction: row.parent_prediction,
  parent_annotation: row.parent_annotation,
  last_created_by: row.last_created_by,
});

const comments = { comment_count: 0, unresolved_comment_count: 0, last_comment_updated_at: null };

/** A task as it is answered when it is created or changed: as its table has it. */
export const serializePlainTask = (task: TaskRow): JsonObject => ({
  id: task.id,
  data: task.data,
  meta: task.meta,
  created_at: task.created_at,
  updated_at: task.updated_at,
  is_labeled: task.is_labeled,
  overlap: task.overlap,
  inner_id: task.inner_id,
  total_annotations: task.total_annotations,
  cancelled_annotations: task.cancelled_annotations,
  total_predictions: task.total_predictions,
  ...comments,
  project: task.project,
  updated_by: task.updated_by,
  file_upload: null,
  comment_authors: [],
});

/** A task in the Data Manager's list without `fields=all`: only fields that don't need its annotations. */
export const serializeTaskBrief = (task: TaskRow): JsonObject => ({
  id: task.id,
  drafts: [],
  annotators: [],
  inner_id: task.inner_id,
  cancelled_annotations: task.cancelled_annotations,
  total_annotations: task.total_annotations,
  total_predictions: task.total_predictions,
  annotations_results: '',
  predictions_results: '',
  file_upload: null,
  storage_filename: null,
  annotations_ids: '',
  predictions_model_versions: '',
  ...commonTaskFields(task),
});

/** A task with all fields. `people` serializes each author as an object and omits the joined results. */
export function serializeTask(task: TaskRow, store: Store, now: Date, people: boolean): JsonObject {
  const annotations = store.annotationsOf.of(task.id);
  const predictions = store.predictionsOf.of(task.id);
  return {
    id: task.id,
    predictions: predictions.map((one) => serializePrediction(one, now)),
    annotations: annotations.map((one) => {
      const shape = serializeAnnotation(one, store, now);
      return people ? { ...shape, completed_by: serializeAuthor(one.completed_by, store) } : shape;
    }),
    drafts: [],
    annotators: [...new Set(annotations.map((one) => one.completed_by))],
    inner_id: task.inner_id,
    cancelled_annotations: task.cancelled_annotations,
    total_annotations: task.total_annotations,
    total_predictions: task.total_predictions,
    completed_at: task.is_labeled ? (annotations.at(-1)?.created_at ?? null) : null,
    annotations_results: people ? '' : joinedResults(annotations),
    predictions_results: people ? '' : joinedResults(predictions),
    predictions_score: average(predictions.map((one) => one.score)),
    file_upload: null,
    storage_filename: null,
    annotations_ids: pretty(annotations.map((one) => String(one.id))),
    predictions_model_versions: pretty([...new Set(predictions.map((one) => one.model_version))]),
    avg_lead_time: average(annotations.map((one) => one.lead_time)),
    draft_exists: false,
    ...commonTaskFields(task),
  };
}

const commonTaskFields = (task: TaskRow): JsonObject => ({
  updated_by: task.updated_by === null ? [] : [{ user_id: task.updated_by }],
  data: task.data,
  meta: task.meta,
  created_at: task.created_at,
  updated_at: task.updated_at,
  is_labeled: task.is_labeled,
  overlap: task.overlap,
  ...comments,
  project: task.project,
  comment_authors: [],
});

const serializeAuthor = (id: number, store: Store): JsonObject => {
  const user = store.users.get(id)!;
  const { avatar, email, ...name } = serializeUserBrief(user);
  return { ...name, avatar: avatar!, email: email!, initials: initials(user) };
};

/** `_pretty_results` of `data_manager/serializers.py`: at most 500 characters, without quotes. */
const pretty = (parts: string[]) =>
  parts.join(',').slice(0, 500).replaceAll(',"', ', "').replaceAll('],[', '] [').replaceAll('"', '');

export const joinedResults = (rows: readonly { result: Json }[]) =>
  pretty(rows.filter((one) => one.result !== null).map((one) => dumps(one.result)));

function average(values: (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

/** Filters, ordering and selection are separate columns in the database but serialized inside `data`. */
export const serializeView = (view: ViewRow): JsonObject => ({
  id: view.id,
  data: {
    ...view.data,
    ...(view.filters && { filters: view.filters }),
    ...(view.selected_items && { selectedItems: view.selected_items }),
    ...(Array.isArray(view.ordering) && view.ordering.length > 0 && { ordering: view.ordering }),
  },
  order: view.order,
  user: view.user,
  project: view.project,
});
