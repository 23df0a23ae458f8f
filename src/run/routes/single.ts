import { v5 as uuidV5, validate as isUuid } from 'uuid';
import { createTaskAnnotation } from '#api/task-annotation.ts';
import { singleBody, groupBody } from '#domain/requests/request-bodies.ts';
import type { Outcome } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json.ts';
import { baselineProof, type Proof, type Route } from './route.ts';

/**
 * `POST /api/tasks/{id}/annotations/`, one row per call, in every edition. Each carries a `unique_id` made from the run
 * and the row: a second copy is answered 409, and the export shows it on reading back. For SQLite the server recommends
 * at most four in flight, and more gain next to nothing (seen on 1.23.2).
 */
export const singleRoute: Route = {
  name: 'single',
  title: 'One by one',
  tasksPerCall: 1,
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
  async send(client, plan, call) {
    const { entry, marker } = plan.groups[call.group]!;
    const row = call.rows[0]!;
    const body = singleBody(
      groupBody(plan.entries.at(entry) as JsonObject, marker),
      uniqueIdOf(plan.id, row),
    );
    const outcome = await createTaskAnnotation(client, plan.rows.task[row]!, body);
    return outcome.ok ? ({ ok: true, value: [outcome.value] } satisfies Outcome<number[]>) : outcome;
  },
  proofOf(plan, row, group): Proof {
    const { entry, marker, marked } = plan.groups[group]!;
    const asked = plan.entries.at(entry) as JsonObject;
    if (!('unique_id' in asked)) return { by: 'unique-id', uniqueId: uniqueIdOf(plan.id, row) };
    // A unique_id from the source may have been on the server before, so it proves nothing.
    return marked ? { by: 'marker', marker } : baselineProof(plan, asked);
  },
};

/** Always the same for the same row of the same run. A run's ID is a UUID. */
function uniqueIdOf(run: string, row: number): string {
  return uuidV5(String(row), run);
}
