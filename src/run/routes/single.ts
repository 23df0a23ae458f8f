import { validate as isUuid } from 'uuid';
import { createTaskAnnotation, idOfCreated } from '#api/annotations/task-annotation.ts';
import { deleteAnnotation } from '#api/annotations/delete-annotations.ts';
import { bodyOf } from '#domain/plan/planned-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { singleBody } from '#domain/requests/request-bodies.ts';
import { inParallel } from '#run/in-parallel.ts';
import { uniqueIdOf } from '#run/unique-id.ts';
import type { NotDeleted, Route } from './route.ts';

const deletesInFlight = 4;

/**
 * `POST /api/tasks/{id}/annotations/`, one row per call, in every edition. Each has a `unique_id` made from run and
 * row: a second copy gets 409, and the export shows the ID. For SQLite the server recommends at most four calls in
 * flight; more gain next to nothing (seen on 1.23.2).
 */
export const singleRoute: Route = {
  name: 'single',
  title: 'One by one',
  maxTasksPerCall: 1,
  callsInFlight: 4,
  takesSelections: false,
  secondsPerCall: 0.3,
  secondsPerRow: 0,
  reason: 'Label Studio Community has no bulk endpoint, so each task gets its own call.',
  sideEffects: [],
  minRows: () => 0,
  unsupportedReason(entry) {
    const uniqueId = entry['unique_id'];
    // Seen on 1.23.2: any other text causes a 500.
    if (typeof uniqueId === 'string' && !isUuid(uniqueId))
      return `unique_id must be a UUID on this server; “${uniqueId}” isn’t one.`;
    return undefined;
  },
  // A unique_id from the source may have existed on the server, so it proves nothing.
  proofOf(request, isMarked) {
    if (!('unique_id' in request)) return 'unique-id';
    return isMarked ? 'marker' : 'answer';
  },
  requestsOf: (plan, { group, rows }) => rows.map((row) => requestOfRow(plan, group, row)),
  async send(client, plan, call, nameCall) {
    const { task, body } = requestOfRow(plan, call.group, call.rows[0]!);
    const outcome = await createTaskAnnotation(client, task, body, nameCall);
    return outcome.ok ? { ok: true, value: { ids: [outcome.value], count: 1 } } : outcome;
  },
  async deleteMany(client, _, ids) {
    let notDeleted: NotDeleted | undefined;
    const left = [...ids];
    await inParallel(
      () => left.pop(),
      deletesInFlight,
      async (id) => {
        const outcome = await deleteAnnotation(client, id);
        if (outcome.ok || outcome.failure.status === 404) return;
        notDeleted = { ids: [...(notDeleted?.ids ?? []), id], failure: outcome.failure };
      },
    );
    return notDeleted;
  },
  readAnswer(status, body) {
    const id = status === 201 ? idOfCreated(body) : undefined;
    return id === undefined ? undefined : { ids: [id], count: 1 };
  },
};

/** The request that creates one row’s annotation on any route. */
export function requestOfRow(plan: Plan, group: number, row: number) {
  const task = plan.rows.task[row]!;
  const body = singleBody(bodyOf(plan.groups, group), uniqueIdOf(plan.id, row));
  return { path: `/api/tasks/${task}/annotations/`, task, body };
}
