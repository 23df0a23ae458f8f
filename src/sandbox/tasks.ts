import { created, idParam, intParam, noContent, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { timestamp } from '#sandbox/data/clock.ts';
import { checkFields } from '#sandbox/http/fields.ts';
import { isObject, writeJson, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { readLabelConfig } from '#sandbox/label-config/label-config.ts';
import { refuseAnnotators, requireProject } from '#sandbox/projects/projects.ts';
import { bare, invalidBody, invalidPage, notFound, notSupported } from '#sandbox/http/refusal.ts';
import { newTask } from '#sandbox/data/new-rows.ts';
import type { TaskRow } from '#sandbox/data/rows.ts';
import {
  serializeAnnotation,
  serializePlainTask,
  serializePrediction,
  serializeTask,
  serializeTaskBrief,
} from '#sandbox/data/serializers.ts';
import { countColumns, uncountRegions } from '#sandbox/data/summary.ts';
import type { Store } from '#sandbox/data/store.ts';
import { requestedTasks, requestedView } from '#sandbox/data-manager/selection.ts';

/** @throws {Refusal} 404 */
export function requireTask(store: Store, id: number): TaskRow {
  const task = store.tasks.get(id);
  if (!task) throw notFound('Task');
  return task;
}

/** Tasks of a project or a view: `TaskListAPI` of `label_studio/data_manager/api.py`. `page_size` is unlimited. */
export function listTasks(call: Call): Answer {
  const { store, query, settings } = call;
  const projectId = idParam(query, 'project');
  const named = projectId === 0 ? undefined : requireProject(store, projectId);
  const view = requestedView(call);
  if (!named && !view) throw bare(404, 'Neither project nor view id specified');
  const tasks = requestedTasks(call, named ?? requireProject(store, view!.project), view);

  const size = intParam(query, 'page_size') > 0 ? intParam(query, 'page_size') : 100;
  const pages = Math.max(1, Math.ceil(tasks.length / size));
  const page = query.get('page') === 'last' ? pages : intParam(query, 'page', query.has('page') ? 0 : 1);
  if (page < 1 || page > pages) throw invalidPage();

  const now = settings.now();
  const all = query.get('fields') === 'all';
  const include = query.get('include')?.split(',');
  return ok({
    total_annotations: sum(tasks, (task) => task.total_annotations),
    total_predictions: sum(tasks, (task) => task.total_predictions),
    total: tasks.length,
    tasks: tasks
      .slice((page - 1) * size, page * size)
      .map((task) =>
        pickFields(all ? serializeTask(task, store, now, false) : serializeTaskBrief(task), include),
      ),
  });
}

export function getTask({ store, settings, ids }: Call): Answer {
  return ok(serializeTask(requireTask(store, ids[0]!), store, settings.now(), true));
}

/** `TaskListAPI.post`: one task, with a project that exists. */
export function createTask(call: Call): Answer {
  refuseAnnotators(call);
  const { store, body, settings } = call;
  const values = checkFields(body.read(), {
    data: { kind: 'json', required: true },
    meta: { kind: 'json', nullable: true },
    project: { kind: 'pk', required: true, exists: () => true },
  });
  const project = requireProject(store, Number(values['project']));
  const data = requireObject(values['data']!);
  const missing = readLabelConfig(project.label_config).dataKeys.find((key) => !(key in data));
  if (missing !== undefined)
    throw invalidBody(
      `"${missing}" key is expected in task data [assume: item["data"] = task root with values]`,
    );
  const task = newTask(store, project, data, timestamp(settings.now()));
  // Copied from the server: the first task of a project that is created alone is number 2.
  if (task.inner_id === 1) task.inner_id = 2;
  if (values['meta'] !== undefined) task.meta = values['meta'];
  store.addTask(task);
  countColumns(project.summary, [data]);
  return created(serializePlainTask(task));
}

/** `TaskAPI.patch`: any data are taken, even those that the project's config can't show. */
export function changeTask(call: Call): Answer {
  refuseAnnotators(call);
  const { store, ids, body, settings } = call;
  const task = requireTask(store, ids[0]!);
  const values = checkFields(body.read(), {
    data: { kind: 'json' },
    meta: { kind: 'json', nullable: true },
  });
  if (values['data'] !== undefined) task.data = requireObject(values['data']);
  if (values['meta'] !== undefined) task.meta = values['meta'];
  task.updated_at = timestamp(settings.now());
  return ok({
    ...serializePlainTask(task),
    annotations: store.annotationsOf
      .of(task.id)
      .map((one) => serializeAnnotation(one, store, settings.now())),
    predictions: store.predictionsOf.of(task.id).map((one) => serializePrediction(one, settings.now())),
  });
}

export function deleteTask(call: Call): Answer {
  refuseAnnotators(call);
  const { store, ids } = call;
  const task = requireTask(store, ids[0]!);
  for (const annotation of store.annotationsOf.of(task.id))
    uncountRegions(store.projects.get(task.project)!.summary, annotation, false);
  store.removeTask(task);
  return noContent();
}

/** Other data are stored by the server, and break its reads of the task. */
function requireObject(data: Json): JsonObject {
  if (isObject(data)) return data;
  throw notSupported('task whose data aren’t an object');
}

/** Where Label Studio shows its editor the sandbox shows the stored data, so that links into it work. */
export function showTask({ store, settings, query }: Call): Answer {
  const task = requireTask(store, Number(query.get('task')));
  const annotation = store.annotations.get(Number(query.get('annotation')));
  const lines = [
    'The sandbox has no labelling editor. Label Studio would open it here; this is what the sandbox has stored.',
    `Task ${task.id}: ${writeJson(task.data)}`,
  ];
  if (annotation?.task === task.id)
    lines.push(
      `Annotation ${annotation.id}: ${writeJson(serializeAnnotation(annotation, store, settings.now()))}`,
    );
  return { status: 200, body: `${lines.join('\n\n')}\n`, contentType: 'text/plain; charset=utf-8' };
}

/** Seen on 1.23.2: `include` selects the fields of the task and, by the same names, of its annotations. */
function pickFields(task: JsonObject, include: string[] | undefined): JsonObject {
  if (!include) return task;
  const pick = (from: JsonObject) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => include.includes(name)));
  const picked: JsonObject = pick(task);
  const annotations = picked['annotations'] as Json[] | undefined;
  if (annotations) picked['annotations'] = annotations.map((one) => pick(one as JsonObject));
  return picked;
}

const sum = (tasks: TaskRow[], of: (task: TaskRow) => number) =>
  tasks.reduce((total, task) => total + of(task), 0);
