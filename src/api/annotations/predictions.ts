import type { Outcome } from '#wire/failure.ts';
import type { Json } from '#wire/json/json.ts';
import { z } from '#wire/zod.ts';
import { unreadableFailure } from '#api/http/failure-of.ts';
import type { HttpClient, NameCall } from '#api/http/http-client.ts';
import { listTaskIds } from '#api/tasks/tasks.ts';

/** A prediction that can become an annotation. */
export interface Prediction {
  task: number;
  result: Json;
  version: string;
}

const importedSchema = z.looseObject({ created: z.int().check(z.nonnegative()) });

/**
 * `POST /api/projects/{id}/import/predictions`, in every edition. Gives how many were stored: the server silently drops
 * what fails its check (seen on 1.23.2). 400 if a task isn’t in the project; nothing is stored then.
 */
export async function importPredictions(
  client: HttpClient,
  project: number,
  predictions: Prediction[],
  nameCall: NameCall,
): Promise<Outcome<number>> {
  const outcome = await client.call({
    method: 'POST',
    path: `/api/projects/${project}/import/predictions`,
    body: predictions.map(({ task, result, version }) => ({ task, result, model_version: version })),
    nameCall,
    status: 201,
    schema: importedSchema,
  });
  return outcome.ok ? { ok: true, value: outcome.value.created } : outcome;
}

/** `GET /api/projects/{id}/model-versions/`: the number of predictions of each version. */
export function countPredictions(client: HttpClient, project: number): Promise<Outcome<Map<string, number>>> {
  return client.call({
    method: 'GET',
    path: `/api/projects/${project}/model-versions/`,
    schema: z.pipe(
      z.record(z.string(), z.number()),
      z.transform((counts) => new Map(Object.entries(counts))),
    ),
  });
}

const liveSchema = z.looseObject({
  live: z.nullish(z.array(z.looseObject({ title: z.nullish(z.string()) }))),
});

/** The names of the models connected to a project. */
export async function liveModels(client: HttpClient, project: number): Promise<Outcome<string[]>> {
  const outcome = await client.call({
    method: 'GET',
    path: `/api/projects/${project}/model-versions/?extended=true&include_live_models=true`,
    schema: liveSchema,
  });
  if (!outcome.ok) return outcome;
  return { ok: true, value: (outcome.value.live ?? []).map(({ title }) => title ?? '') };
}

/** The tasks with a prediction whose version contains this text, by the Data Manager’s filter. */
export function tasksWithPredictions(
  client: HttpClient,
  project: number,
  version: string,
): Promise<Outcome<number[]>> {
  const filter = {
    filter: 'filter:tasks:predictions_model_versions',
    operator: 'contains',
    type: 'List',
    value: [version],
  };
  const query = JSON.stringify({ filters: { conjunction: 'and', items: [filter] } });
  return listTaskIds(client, project, { query });
}

const detailSchema = z.looseObject({ detail: z.string() });

/**
 * The Data Manager’s action `predictions_to_annotations`, for the predictions of one version on these tasks. Gives how
 * many annotations were created. Repeating it creates no second ones (seen on 1.23.2).
 *
 * @param tasks never empty: an empty selection means all tasks
 */
export async function turnIntoAnnotations(
  client: HttpClient,
  project: number,
  { version, tasks }: { version: string; tasks: number[] },
  nameCall: NameCall,
): Promise<Outcome<number>> {
  const outcome = await client.call({
    method: 'POST',
    path: `/api/dm/actions/?id=predictions_to_annotations&project=${project}`,
    body: { selectedItems: { all: false, included: tasks }, model_version: version },
    nameCall,
    schema: detailSchema,
  });
  if (!outcome.ok) return outcome;
  const created = createdIn(outcome.value);
  return created === undefined
    ? { ok: false, failure: unreadableFailure(200, `it says “${outcome.value.detail}”`, true) }
    : { ok: true, value: created };
}

/** How many annotations the action says it has created; undefined for another answer. */
export function createdIn(answer: unknown): number | undefined {
  const parsed = detailSchema.safeParse(answer);
  const [, created] = (parsed.success && /^Created (\d+) annotations?$/.exec(parsed.data.detail)) || [];
  return created === undefined ? undefined : Number(created);
}

const deletedSchema = z.looseObject({ deleted_predictions: z.int().check(z.nonnegative()) });

/**
 * `DELETE /api/projects/{id}/model-versions/`: deletes a version’s predictions; gives how many there were. Annotations
 * made from them stay, and lose their `parent_prediction`. About 6 to 17 ms each on 1.23.2.
 */
export async function deletePredictions(
  client: HttpClient,
  project: number,
  version: string,
): Promise<Outcome<number>> {
  const outcome = await client.call({
    method: 'DELETE',
    path: `/api/projects/${project}/model-versions/`,
    body: { model_version: version },
    schema: deletedSchema,
  });
  return outcome.ok ? { ok: true, value: outcome.value.deleted_predictions } : outcome;
}
