import { idParam, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { timestamp } from '#sandbox/data/clock.ts';
import { withFaults } from '#sandbox/http/faults.ts';
import type { Json } from '#sandbox/http/json.ts';
import { str } from '#sandbox/http/python.ts';
import { refuseAnnotators, requireProject } from '#sandbox/projects/projects.ts';
import { bare, serverError } from '#sandbox/http/refusal.ts';
import type { AnnotationRow, PredictionRow, ProjectRow, TaskRow } from '#sandbox/data/rows.ts';
import { countRegionIds, newAnnotation, updateTaskAfterBulk } from '#sandbox/data/annotation-rules.ts';
import { listedActions } from './listed-actions.ts';
import { requestedTasks, requestedView } from './selection.ts';

type Action = (call: Call, project: ProjectRow, tasks: TaskRow[]) => Answer | Promise<Answer>;

const actions: Record<string, Action> = {
  predictions_to_annotations: predictionsToAnnotations,
  propagate_annotations: propagateAnnotations,
  delete_tasks_annotations: deleteAnnotations,
};

/** The actions that a default Community lists; some of them the sandbox can't perform. */
export function listActions(call: Call): Answer {
  requireProject(call.store, idParam(call.query, 'project'));
  return ok(listedActions);
}

/** Tasks come from `selectedItems`, filters and view; without any of them an action applies to **all** tasks. */
export async function performAction(call: Call): Promise<Answer> {
  refuseAnnotators(call);
  const project = requireProject(call.store, idParam(call.query, 'project'));
  const tasks = requestedTasks(call, project, requestedView(call));
  const id = call.query.get('id');
  if (id === null) throw bare(422, 'No action id "None", use ?id=<action-id>');
  const action = Object.hasOwn(actions, id) ? actions[id] : undefined;
  if (!action) throw serverError(`Can't find '${id}' in registered actions`);
  return action(call, project, tasks);
}

/** Each prediction is converted only once. Bulk inserts don't update the project's summary. */
function predictionsToAnnotations(call: Call, _project: ProjectRow, tasks: TaskRow[]): Promise<Answer> {
  const { store, body, settings } = call;
  const version = body.readObject()['model_version'] ?? null;
  const isRequested = (one: PredictionRow) =>
    version === null || (Array.isArray(version) ? version : [version]).includes(one.model_version);
  const waiting = () =>
    tasks
      .flatMap((task) => store.predictionsOf.of(task.id))
      .filter((one) => isRequested(one) && store.madeFromPrediction.of(one.id).length === 0);

  const concerned = new Set(waiting().map((one) => one.task));
  return withFaults(
    call,
    tasks.filter((task) => concerned.has(task.id)),
    () => {
      const now = timestamp(settings.now());
      const made = waiting().map(({ id, task, result }) =>
        bulkInsert(call, store.tasks.get(task)!, { result, parent_prediction: id }, now),
      );
      return ok({ detail: `Created ${made.length} annotations` });
    },
  );
}

/** Experimental and unlisted in Label Studio, but available on every server. */
function propagateAnnotations(call: Call, project: ProjectRow, tasks: TaskRow[]): Promise<Answer> {
  const { store, body, settings } = call;
  const wanted = body.readObject()['source_annotation_id'];
  const source = store.annotations.get(Number(wanted));
  if (source?.project !== project.id) {
    throw serverError(`Source annotation ${str(wanted)} not found in the current project`);
  }
  const others = tasks.filter((task) => task.id !== source.task);
  return withFaults(call, others, () => {
    const now = timestamp(settings.now());
    for (const task of others) {
      const row = bulkInsert(call, task, { result: source.result, parent_annotation: source.id }, now);
      row.result_count = countRegionIds(row.result);
    }
    return ok({ detail: `Created ${others.length} annotations` });
  });
}

function deleteAnnotations(call: Call, _project: ProjectRow, tasks: TaskRow[]): Answer {
  const { store, body, user, settings } = call;
  const annotator = body.readObject()['annotator'];
  const doomed = tasks
    .flatMap((task) => store.annotationsOf.of(task.id))
    .filter((one) => !annotator || one.completed_by === Number(annotator));
  const now = timestamp(settings.now());
  for (const row of doomed) store.removeAnnotation(row);
  for (const id of new Set(doomed.map((one) => one.task)))
    updateTaskAfterBulk(store, store.tasks.get(id)!, user, now);
  return ok({ processed_items: doomed.length, detail: `Deleted ${doomed.length} annotations` });
}

/** Inserts without `save()`: no `updated_by`, no `result_count`, no summary update. */
function bulkInsert(call: Call, task: TaskRow, values: Record<string, Json>, now: string): AnnotationRow {
  const { store, user } = call;
  const row = { ...newAnnotation(store, task, { values, user, prediction: {} }, now), updated_by: null };
  store.addAnnotation(row);
  updateTaskAfterBulk(store, task, user, now);
  return row;
}
