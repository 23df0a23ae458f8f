import { created, noContent, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { timestamp } from '#sandbox/data/clock.ts';
import { checkFields } from '#sandbox/http/fields.ts';
import { invalid, notFound } from '#sandbox/http/refusal.ts';
import { newPrediction } from '#sandbox/data/new-rows.ts';
import type { PredictionRow } from '#sandbox/data/rows.ts';
import { serializePrediction } from '#sandbox/data/serializers.ts';
import type { Store } from '#sandbox/data/store.ts';

/** `PredictionAPI` of `label_studio/tasks/api.py`: all predictions, or those of a task or a project. */
export function listPredictions({ store, settings, query }: Call): Answer {
  const task = chosen(query, 'task', (id) => store.tasks.get(id) !== undefined);
  const project = chosen(query, 'project', (id) => store.projects.get(id) !== undefined);
  const now = settings.now();
  const found = [...store.predictions.all()].filter(
    (one) => (task === undefined || one.task === task) && (project === undefined || one.project === project),
  );
  return ok(found.map((one) => serializePrediction(one, now)));
}

/** Unlike an import, it checks no labels (seen on 1.23.2). The sandbox takes lists of regions only. */
export function createPrediction({ store, settings, body }: Call): Answer {
  const values = checkFields(body.read(), {
    result: { kind: 'json', required: true },
    score: { kind: 'float', nullable: true },
    model_version: { kind: 'json', nullable: true },
    task: { kind: 'pk', required: true, exists: (id) => store.tasks.has(id) },
  });
  const now = settings.now();
  const task = store.tasks.get(Number(values['task']))!;
  const row = newPrediction(store, task, { model_version: '', ...values }, timestamp(now));
  store.addPrediction(row);
  task.total_predictions = store.predictionsOf.of(task.id).length;
  return created(serializePrediction(row, now));
}

export function getPrediction({ store, settings, ids }: Call): Answer {
  return ok(serializePrediction(requirePrediction(store, ids[0]!), settings.now()));
}

export function removePrediction({ store, ids }: Call): Answer {
  const row = requirePrediction(store, ids[0]!);
  store.removePrediction(row);
  store.tasks.get(row.task)!.total_predictions -= 1;
  return noContent();
}

function requirePrediction(store: Store, id: number): PredictionRow {
  const row = store.predictions.get(id);
  if (!row) throw notFound('Prediction');
  return row;
}

function chosen(query: URLSearchParams, name: string, exists: (id: number) => boolean): number | undefined {
  const value = query.get(name) ?? '';
  if (value === '') return undefined;
  if (exists(Number(value))) return Number(value);
  throw invalid({ [name]: ['Select a valid choice. That choice is not one of the available choices.'] });
}
