import { validate as isUuid } from 'uuid';
import { createTaskAnnotation, idOfCreated } from '#api/task-annotation.ts';
import { deleteAnnotation } from '#api/delete-annotations.ts';
import { bodyOf } from '#domain/plan/planned-groups.ts';
import type { Outcome } from '#wire/failure.ts';
import { singleBody } from '#domain/requests/request-bodies.ts';
import { inParallel } from '#run/in-parallel.ts';
import { uniqueIdOf } from '#run/unique-id.ts';
import type { Route } from './route.ts';

const deletesInFlight = 4;

/**
 * `POST /api/tasks/{id}/annotations/`, one row per call, in every edition. Each carries a `unique_id` made from the run
 * and the row: a second copy is answered 409, and the export shows it on reading back. For SQLite the server recommends
 * at most four in flight, and more gain next to nothing (seen on 1.23.2).
 */
export const singleRoute: Route = {
  name: 'single',
  title: 'One by one',
  maxTasksPerCall: 1,
  callsInFlight: 4,
  takesSelections: false,
  secondsPerCall: 0.35,
  unsupportedReason(entry) {
    const uniqueId = entry['unique_id'];
    // Seen on 1.23.2: any other text is answered with 500.
    if (typeof uniqueId === 'string' && !isUuid(uniqueId))
      return `unique_id must be a UUID on this server; “${uniqueId}” isn’t one.`;
    return undefined;
  },
  // A unique_id from the source may have been on the server before, so it proves nothing.
  proofOf(request, isMarked) {
    if (!('unique_id' in request)) return 'unique-id';
    return isMarked ? 'marker' : 'answer';
  },
  requestOf(plan, call) {
    const row = call.rows[0]!;
    const task = plan.rows.task[row]!;
    const body = singleBody(bodyOf(plan.groups, call.group), uniqueIdOf(plan.id, row));
    return { path: `/api/tasks/${task}/annotations/`, task, body };
  },
  async send(client, plan, call, nameCall) {
    const { body } = singleRoute.requestOf(plan, call);
    const outcome = await createTaskAnnotation(client, plan.rows.task[call.rows[0]!]!, body, nameCall);
    return outcome.ok ? { ok: true, value: [outcome.value] } : outcome;
  },
  async deleteMany(client, _, ids) {
    let last: Outcome<unknown> = { ok: true, value: undefined };
    const left = [...ids];
    await inParallel(
      () => left.pop(),
      deletesInFlight,
      async (id) => {
        const outcome = await deleteAnnotation(client, id);
        if (!outcome.ok && outcome.failure.status !== 404) last = outcome;
      },
    );
    return last;
  },
  idsOf(answer) {
    const id = idOfCreated(answer);
    return id === undefined ? undefined : [id];
  },
};
