import { annotationFields } from '#sandbox/data/annotation-fields.ts';
import { created, noContent, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { timestamp } from '#sandbox/data/clock.ts';
import { withFaults } from '#sandbox/http/faults.ts';
import { checkFields } from '#sandbox/http/fields.ts';
import type { JsonObject } from '#sandbox/http/json.ts';
import { isObject } from '#sandbox/http/json.ts';
import { notFound } from '#sandbox/http/refusal.ts';
import type { AnnotationRow, TaskRow } from '#sandbox/data/rows.ts';
import { changeAnnotation, createAnnotation, deleteAnnotation } from '#sandbox/data/annotation-rules.ts';
import { serializeAnnotation, serializePrediction } from '#sandbox/data/serializers.ts';
import type { Store } from '#sandbox/data/store.ts';
import { requireTask } from './tasks.ts';

/** In id order. Only this list hides cancelled annotations. */
export function listAnnotations({ store, settings, ids }: Call): Answer {
  const task = requireTask(store, ids[0]!);
  const kept = store.annotationsOf.of(task.id).filter((one) => !one.was_cancelled);
  return ok(kept.map((one) => serializeAnnotation(one, store, settings.now())));
}

/** `AnnotationsListAPI` of `label_studio/tasks/api.py`. It parses the body before it looks up the task. */
export async function postAnnotation(call: Call): Promise<Answer> {
  const { store, settings, ids, body, user } = call;
  const data = body.read();
  const task = requireTask(store, ids[0]!);
  return withFaults(call, [task], () => {
    const values = checkFields(data, annotationFields(store), { form: body.isForm });
    const skipped = call.query.get('was_cancelled');
    if (skipped !== null) values['was_cancelled'] = ['1', 'true'].includes(skipped.toLowerCase());
    const now = settings.now();
    const prediction =
      isObject(data) && values['result'] !== undefined ? predictionSeen(store, task, now) : {};
    const row = createAnnotation(store, task, { values, user, prediction }, timestamp(now));
    return created(serializeAnnotation(row, store, now));
  });
}

export function getAnnotation({ store, settings, ids }: Call): Answer {
  return ok(serializeAnnotation(requireAnnotation(store, ids[0]!), store, settings.now()));
}

/** Handles PATCH and PUT: no field is required. */
export function patchAnnotation({ store, settings, ids, body, user }: Call): Answer {
  const row = requireAnnotation(store, ids[0]!);
  const values = checkFields(body.read(), annotationFields(store));
  const now = settings.now();
  changeAnnotation(store, row, { values, user }, timestamp(now));
  return ok(serializeAnnotation(row, store, now));
}

export function removeAnnotation({ store, settings, ids, user }: Call): Answer {
  deleteAnnotation(store, requireAnnotation(store, ids[0]!), user, timestamp(settings.now()));
  return noContent();
}

function requireAnnotation(store: Store, id: number): AnnotationRow {
  const row = store.annotations.get(id);
  if (!row) throw notFound('Annotation');
  return row;
}

/** The prediction the annotator is assumed to have seen: the task's first one of the project's model version. */
function predictionSeen(store: Store, task: TaskRow, now: Date): JsonObject {
  const version = store.projects.get(task.project)!.model_version;
  const seen = store.predictionsOf.of(task.id).find((one) => one.model_version === version);
  return seen ? serializePrediction(seen, now) : {};
}
