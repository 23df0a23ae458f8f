import type { Json, JsonObject } from '#wire/json/json.ts';
import { markRegions } from './marker.ts';
import { targetFields } from './target.ts';

/** The body shared by a group: the entry without its target fields, its region ids marked. */
export function groupBody(entry: JsonObject, marker: string): JsonObject {
  const body: JsonObject = {};
  for (const [field, value] of Object.entries(entry)) {
    if (targetFields.includes(field)) continue;
    body[field] = field === 'result' && Array.isArray(value) ? markRegions(value, marker) : value;
  }
  return body;
}

/** The body of `POST /api/annotations/bulk/` for explicit tasks. */
export function bulkBody(body: JsonObject, tasks: number[]): JsonObject {
  return { tasks, ...body };
}

/** The same body for a selection that the server resolves; `project` defines which tasks are “all”. */
export function selectionBody(body: JsonObject, selection: Json, project: number): JsonObject {
  return { selected_items: selection, ...body, project };
}

/** The body of `POST /api/tasks/{id}/annotations/`; a `unique_id` from the source takes precedence. */
export function singleBody(body: JsonObject, uniqueId: string): JsonObject {
  return { unique_id: uniqueId, ...body };
}
