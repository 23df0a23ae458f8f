import { isTruthyParam, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { invalidBody } from '#sandbox/http/refusal.ts';
import { refuseAnnotators, requireProject } from './projects.ts';

/** The number of predictions per version, the most frequent first; with `extended` the latest first. */
export function listModelVersions({ store, ids, query }: Call): Answer {
  const project = requireProject(store, ids[0]!);
  const counts = new Map<string, { count: number; latest: string }>();
  for (const { model_version: version, created_at: at } of store.predictionsOfProject(project.id)) {
    const { count, latest } = counts.get(version) ?? { count: 0, latest: at };
    counts.set(version, { count: count + 1, latest: at > latest ? at : latest });
  }
  const sorted = [...counts].toSorted(([, a], [, b]) => b.count - a.count);
  if (isTruthyParam(query.get('extended'))) {
    const byDate = sorted.toSorted(([, a], [, b]) => b.latest.localeCompare(a.latest));
    const versions = byDate.map(([version, { count, latest }]) => ({
      model_version: version,
      count,
      latest,
    }));
    // No model can be connected to a project of the sandbox.
    return ok({ static: versions, live: isTruthyParam(query.get('include_live_models')) ? [] : null });
  }
  return ok(Object.fromEntries(sorted.map(([version, { count }]) => [version, count])));
}

/** Deletes the predictions of one version; annotations made from them stay, but lose their `parent_prediction`. */
export function deleteModelVersion(call: Call): Answer {
  refuseAnnotators(call);
  const { store, ids, body } = call;
  const project = requireProject(store, ids[0]!);
  const version = body.readObject()['model_version'];
  if (!version) throw invalidBody('model_version param is required');
  const swept = store.predictionsOfProject(project.id).filter((one) => one.model_version === version);
  for (const prediction of swept) {
    store.removePrediction(prediction);
    store.tasks.get(prediction.task)!.total_predictions -= 1;
  }
  if (project.model_version === version) project.model_version = null;
  return ok({ deleted_predictions: swept.length });
}
