import { createAnnotations, idsOfCreated } from '#api/annotations/bulk-annotations.ts';
import { deleteAnnotations } from '#api/annotations/delete-annotations.ts';
import { bodyOf } from '#domain/plan/planned-groups.ts';
import { projectOf, tasksOf } from '#domain/plan/plan.ts';
import { bulkBody, selectionBody } from '#domain/requests/request-bodies.ts';
import { selectionOf } from '#run/calls.ts';
import type { Created, Route } from './route.ts';

/**
 * `POST /api/annotations/bulk/` with explicit tasks. Its limits aren’t documented, so calls start with 100 tasks, which
 * bulk deletion accepts, and grow while answers are fast.
 */
export const bulkRoute: Route = {
  name: 'bulk',
  title: 'Bulk',
  maxTasksPerCall: 500,
  callsInFlight: 4,
  takesSelections: true,
  secondsPerCall: 0,
  // As fast as a bulk insert of Community, with what the engine does to read a row back; no Enterprise server was at hand.
  secondsPerRow: 0.0004,
  reason: 'Label Studio Enterprise creates annotations in bulk.',
  sideEffects: [],
  minRows: () => 0,
  unsupportedReason: () => undefined,
  proofOf: (_, isMarked) => (isMarked ? 'marker' : 'answer'),
  requestsOf(plan, call) {
    const template = bodyOf(plan.groups, call.group);
    const selection = selectionOf(plan, call);
    const body =
      selection === undefined
        ? bulkBody(template, tasksOf(plan, call.rows))
        : selectionBody(template, selection, projectOf(plan, call.rows[0]!));
    return [{ path: '/api/annotations/bulk/', body }];
  },
  async send(client, plan, call, nameCall) {
    const [request] = bulkRoute.requestsOf(plan, call);
    const outcome = await createAnnotations(client, request!.body, nameCall);
    return outcome.ok ? { ok: true, value: createdOf(outcome.value) } : outcome;
  },
  async deleteMany(client, project, ids) {
    const outcome = await deleteAnnotations(client, project, ids);
    return outcome.ok ? undefined : { ids, failure: outcome.failure };
  },
  readAnswer(status, body) {
    const ids = status === 201 ? idsOfCreated(body) : undefined;
    return ids && createdOf(ids);
  },
};

const createdOf = (ids: number[]): Created => ({ ids, count: new Set(ids).size });
