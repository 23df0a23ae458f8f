import { createAnnotations } from '#api/bulk-annotations.ts';
import { selectionOf, tasksOf } from '#domain/plan/plan.ts';
import { bulkBody, selectionBody, groupBody } from '#domain/requests/request-bodies.ts';
import type { JsonObject } from '#wire/json.ts';
import { baselineProof, type Proof, type Route } from './route.ts';

/**
 * `POST /api/annotations/bulk/` with explicit tasks. Its limits are not documented; a hundred per call is what the
 * endpoint for bulk deletion accepts, and larger calls gain little and put more at stake at once.
 */
export const bulkRoute: Route = {
  name: 'bulk',
  title: 'Bulk',
  tasksPerCall: 100,
  callsInFlight: 4,
  takesSelections: true,
  secondsPerCall: 0.3,
  unsupportedReason: () => undefined,
  send(client, plan, call) {
    const { entry, marker } = plan.groups[call.group]!;
    const selection = selectionOf(plan, call);
    const template = groupBody(plan.entries.at(entry) as JsonObject, marker);
    const body =
      selection === undefined
        ? bulkBody(template, tasksOf(plan, call))
        : selectionBody(template, selection, plan.projects[entry]!);
    return createAnnotations(client, body);
  },
  proofOf(plan, _row, group): Proof {
    const { entry, marker, marked } = plan.groups[group]!;
    return marked ? { by: 'marker', marker } : baselineProof(plan, plan.entries.at(entry) as JsonObject);
  },
};
