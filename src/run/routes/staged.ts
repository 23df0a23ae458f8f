import { refreshSummary } from '#api/project-summary.ts';
import {
  countPredictions,
  createdIn,
  deletePredictions,
  importPredictions,
  liveModels,
  tasksWithPredictions,
  turnIntoAnnotations,
} from '#api/annotations/predictions.ts';
import { bodyOf, groupOfRows } from '#domain/plan/planned-groups.ts';
import { projectOf, tasksOf, type Plan } from '#domain/plan/plan.ts';
import { canCarryMarker } from '#domain/requests/marker.ts';
import { targetFields } from '#domain/requests/target.ts';
import type { Json, JsonObject } from '#wire/json/json.ts';
import type { Route } from './route.ts';
import { requestOfRow, singleRoute } from './single.ts';

/**
 * Imports predictions, and lets the Data Manager turn them into annotations: on Community about ten times as fast as
 * one call per task, for rows with only a `result`. A prediction becomes one annotation, so this can be repeated. Seen
 * on 1.23.2; the endpoints are documented for all editions.
 */
export const stagedRoute: Route = {
  name: 'staged',
  title: 'As predictions',
  // Deleting a thousand predictions takes 7 to 17 seconds, in one transaction.
  maxTasksPerCall: 1000,
  // The server processes one call at a time: more in flight gain nothing.
  callsInFlight: 1,
  takesSelections: false,
  secondsPerCall: 0.5,
  secondsPerRow: 0.011,
  reason:
    'Label Studio Community has no bulk endpoint. Rows are imported as predictions, turned into annotations, verified, and their predictions are deleted.',
  sideEffects: [
    'Webhooks get one message for up to 1,000 annotations (ANNOTATIONS_CREATED).',
    'Annotations refer to their prediction (parent_prediction) until it is deleted.',
    'Connected models don’t start training.',
    'The project’s summary is refreshed at the end.',
    // Seen on 1.23.2 with two others saving: up to 17 s, and a thousand of 2,000 tasks weren’t counted as labelled.
    'With SQLite, others who save meanwhile wait for some seconds, and Label Studio’s count of labelled tasks may stay behind.',
  ],
  // Each import counts all tasks of the project, and the summary all annotations: about 1 ms each.
  minRows: (tasks) => 50 + Math.ceil(tasks / 80),
  async unsuitedReason(client, { id, model_version: version }) {
    if (!version) return undefined;
    const models = await liveModels(client, id);
    if (models.ok && !models.value.includes(version)) return undefined;
    // Seen in `Project.delete_predictions` of 1.23.2: deleting any version then ends it.
    return `The project shows what the model “${version}” predicts, and deleting other predictions would end that.`;
  },
  unsupportedReason(request, me) {
    const others = Object.entries(request).filter(([field, value]) => !isCarried(field, value, me));
    if (others.length > 0) return `They set ${others.map(([field]) => field).join(', ')}.`;
    const { result } = request;
    if (!canCarryMarker(result)) return 'They have no labels.';
    if ((result as Json[]).some(isRefusedRegion))
      return 'Label Studio doesn’t take these labels as predictions.';
    return undefined;
  },
  proofOf: () => 'marker',
  requestsOf(plan, { rows }) {
    const groupOf = groupOfRows(plan);
    return rows.map((row) => requestOfRow(plan, groupOf[row]!, row));
  },
  async send(client, plan, { rows, staging }, nameCall) {
    const chunk = { version: versionOf(plan, staging!), tasks: tasksOf(plan, rows) };
    const outcome = await turnIntoAnnotations(client, projectOf(plan, rows[0]!), chunk, nameCall);
    return outcome.ok ? { ok: true, value: { ids: [], count: outcome.value } } : outcome;
  },
  readAnswer(status, body) {
    const count = status === 200 ? createdIn(body) : undefined;
    return count === undefined ? undefined : { ids: [], count };
  },
  deleteMany: singleRoute.deleteMany,
  staging: {
    stage(client, { plan, groupOf }, { id, project, rows }, nameCall) {
      const version = versionOf(plan, id);
      const predictions = rows.map((row) => ({
        task: plan.rows.task[row]!,
        result: bodyOf(plan.groups, groupOf[row]!)['result']!,
        version,
      }));
      return importPredictions(client, project, predictions, nameCall);
    },
    async count(client, plan, { id, project }) {
      const counts = await countPredictions(client, project);
      return counts.ok ? { ok: true, value: counts.value.get(versionOf(plan, id)) ?? 0 } : counts;
    },
    async missing(client, plan, { id, project, rows }) {
      const there = await tasksWithPredictions(client, project, versionOf(plan, id));
      if (!there.ok) return there;
      const tasks = new Set(there.value);
      return { ok: true, value: rows.filter((row) => !tasks.has(plan.rows.task[row]!)) };
    },
    sweep: (client, plan, { id, project }) => deletePredictions(client, project, versionOf(plan, id)),
    async list(client, plan, project) {
      const counts = await countPredictions(client, project);
      if (!counts.ok) return counts;
      const ids = [...counts.value.keys()].map((version) => idOf(plan, version));
      return { ok: true, value: ids.filter((id) => id !== undefined) };
    },
    refresh: refreshSummary,
  },
};

/** Named after run and chunk. No name is a substring of another, because the Data Manager searches for substrings. */
const versionOf = ({ tag }: Plan, id: number): string => `${tag} (chunk ${id})`;

function idOf(plan: Plan, version: string): number | undefined {
  const id = Number(/\(chunk (\d+)\)$/.exec(version)?.[1]);
  return versionOf(plan, id) === version ? id : undefined;
}

/** Whether a staged annotation gets this value too: from its labels, its target or as a default. */
function isCarried(field: string, value: Json, me: number): boolean {
  if (field === 'result' || field === 'project' || targetFields.includes(field) || value === null)
    return true;
  if (field === 'completed_by') return value === me;
  return (
    (field === 'was_cancelled' || field === 'ground_truth' || field === 'bulk_created') && value === false
  );
}

/** Seen on 1.23.2: the server’s check of predictions drops these regions, which the editor makes. */
function isRefusedRegion(region: Json): boolean {
  const { type, value } = (region ?? {}) as JsonObject;
  if (type === 'pairwise') return true;
  const choices = type === 'choices' ? (value as JsonObject | undefined)?.['choices'] : undefined;
  return Array.isArray(choices) && choices.some((choice) => Array.isArray(choice));
}
