import { createAnnotations, idsOfCreated } from '#api/bulk-annotations.ts';
import { deleteAnnotations } from '#api/delete-annotations.ts';
import { bodyOf } from '#domain/plan/planned-groups.ts';
import { projectOf, tasksOf } from '#domain/plan/plan.ts';
import { bulkBody, selectionBody } from '#domain/requests/request-bodies.ts';
import { selectionOf } from '#run/calls.ts';
import type { Route } from './route.ts';

/**
 * `POST /api/annotations/bulk/` with explicit tasks. Its limits are not documented, so calls begin with a hundred tasks,
 * which is what the endpoint for bulk deletion accepts, and grow while answers come fast.
 */
export const bulkRoute: Route = {
  name: 'bulk',
  title: 'Bulk',
  maxTasksPerCall: 500,
  callsInFlight: 4,
  takesSelections: true,
  secondsPerCall: 0.3,
  unsupportedReason: () => undefined,
  proofOf: (_, isMarked) => (isMarked ? 'marker' : 'answer'),
  requestOf(plan, call) {
    const template = bodyOf(plan.groups, call.group);
    const selection = selectionOf(plan, call);
    const body =
      selection === undefined
        ? bulkBody(template, tasksOf(plan, call.rows))
        : selectionBody(template, selection, projectOf(plan, call.rows[0]!));
    return { path: '/api/annotations/bulk/', body };
  },
  send: (client, plan, call, nameCall) =>
    createAnnotations(client, bulkRoute.requestOf(plan, call).body, nameCall),
  deleteMany: deleteAnnotations,
  idsOf: idsOfCreated,
};
