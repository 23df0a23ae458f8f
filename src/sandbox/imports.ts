import { created, isTruthyParam, type Answer, type Call } from '#sandbox/http/call.ts';
import { timestamp } from '#sandbox/data/clock.ts';
import { withFaults } from '#sandbox/http/faults.ts';
import { isObject, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { readLabelConfig } from '#sandbox/label-config/label-config.ts';
import { isValidPrediction } from '#sandbox/label-config/prediction-check.ts';
import { refuseAnnotators } from '#sandbox/projects/projects.ts';
import { repr, str, typeName } from '#sandbox/http/python.ts';
import { serverError, invalidBody, pageNotFound } from '#sandbox/http/refusal.ts';
import type { ProjectRow, TaskRow } from '#sandbox/data/rows.ts';
import { newAnnotation, recountAnnotations } from '#sandbox/data/annotation-rules.ts';
import { newPrediction, newTask } from '#sandbox/data/new-rows.ts';
import type { Store } from '#sandbox/data/store.ts';
import { countColumns } from '#sandbox/data/summary.ts';

/** `ImportAPI` of `label_studio/data_import/api.py`, for a JSON body: a task or a list of them. All or nothing. */
export function importTasks(call: Call): Answer {
  refuseAnnotators(call);
  const { store, ids, query, body, settings } = call;
  const project = store.projects.get(ids[0]!);
  if (!project) throw pageNotFound();
  const sent = body.read();
  const items = Array.isArray(sent) ? sent : [sent];
  if (items.length === 0) throw invalidBody('load_tasks: No tasks added');

  const { dataKeys } = readLabelConfig(project.label_config);
  const errors = items.flatMap((item, at) => importError(item, at, dataKeys) ?? []);
  if (errors.length > 0) throw invalidBody(errors.join(', '));

  const now = timestamp(settings.now());
  const roots = items.map((item) => ('data' in (item as JsonObject) ? (item as JsonObject) : { data: item }));
  const tasks = roots.map((root) => importTask(call, project, root, now));
  countColumns(
    project.summary,
    tasks.map((task) => task.data),
  );
  const count = (of: (task: TaskRow) => number) => tasks.reduce((sum, task) => sum + of(task), 0);
  return created({
    task_count: tasks.length,
    annotation_count: count(({ id }) => store.annotationsOf.of(id).length),
    prediction_count: count(({ id }) => store.predictionsOf.of(id).length),
    duration: 0.02,
    file_upload_ids: [],
    could_be_tasks_list: false,
    found_formats: [],
    data_columns: [],
    ...(isTruthyParam(query.get('return_task_ids')) && { task_ids: tasks.map((task) => task.id) }),
  });
}

/**
 * `ImportPredictionsAPI._create_legacy`. One unknown task refuses everything; predictions that don't match the config are
 * skipped silently, visible only in the count.
 */
export async function importPredictions(call: Call): Promise<Answer> {
  refuseAnnotators(call);
  const { store, ids, body, settings } = call;
  const project = store.projects.get(ids[0]!);
  if (!project) throw pageNotFound();
  const sent = body.read();
  if (!Array.isArray(sent)) throw serverError("'str' object has no attribute 'get'");
  const config = readLabelConfig(project.label_config);
  const now = timestamp(settings.now());

  const staged = sent.map((item) => ({
    item: requireObject(item),
    task: taskOfPrediction(store, project, item),
  }));
  return withFaults(
    call,
    staged.map(({ task }) => task),
    () => {
      const kept = staged.filter(({ item }) => isValidPrediction(item, config));
      for (const { item, task } of kept) store.addPrediction(newPrediction(store, task, item, now));
      for (const { task } of kept) task.total_predictions = store.predictionsOf.of(task.id).length;
      return created({ created: kept.length });
    },
  );
}

function requireObject(item: Json): JsonObject {
  if (isObject(item)) return item;
  throw serverError(`'${typeName(item)}' object has no attribute 'get'`);
}

/** An id sent as text isn't found. */
function taskOfPrediction(store: Store, project: ProjectRow, item: Json): TaskRow {
  const { task: id } = requireObject(item);
  const task = typeof id === 'number' ? store.tasks.get(id) : undefined;
  if (task?.project === project.id) return task;
  throw invalidBody(
    `${repr(item)} contains invalid "task" field: corresponding task ID couldn't be retrieved ` +
      `from project ${project.title} (id=${project.id}) tasks`,
  );
}

function importError(item: Json, at: number, dataKeys: string[]): string | undefined {
  const say = (message: string) => `Error at item ${at}: ${message} :: ${str(item)}`;
  if (!isObject(item)) {
    return say('Task root must be dict with "data", "meta", "annotations", "predictions" fields');
  }
  const inside = 'data' in item;
  const data = inside ? item['data']! : item;
  if (!isObject(data)) return say('task["data"] must be dict or list');
  const missing = dataKeys.find((key) => !(key in data));
  if (missing === undefined) return undefined;
  const assumed = inside ? '' : ' [assume: item as is = task root with values] ';
  return say(`"${missing}" key is expected in task data${assumed}`);
}

/** Imported annotations are ground truths by default, and their id becomes `import_id`. */
function importTask(call: Call, project: ProjectRow, root: JsonObject, now: string): TaskRow {
  const { store, user } = call;
  const task = newTask(store, project, root['data'] as JsonObject, now);
  if (root['meta'] !== undefined) task.meta = root['meta'];
  store.addTask(task);
  for (const one of objectsIn(root['annotations'])) {
    const {
      id: importId = null,
      ground_truth = true,
      was_cancelled = false,
      lead_time = null,
      result = null,
    } = one;
    const values = { ground_truth, was_cancelled, lead_time, result, import_id: importId };
    store.addAnnotation({
      ...newAnnotation(store, task, { values, user, prediction: {} }, now),
      updated_by: null,
    });
  }
  for (const one of objectsIn(root['predictions'])) {
    const prediction = newPrediction(store, task, one, now);
    store.addPrediction(prediction);
    task.total_predictions += 1;
    if (!project.model_version) project.model_version = prediction.model_version;
  }
  recountAnnotations(store, task, true);
  recountAnnotations(store, task, false);
  return task;
}

const objectsIn = (value: Json | undefined) =>
  Array.isArray(value) ? value.filter((one) => isObject(one)) : [];
