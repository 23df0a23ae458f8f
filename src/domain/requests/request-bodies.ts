import type { Json, JsonObject } from '#wire/json.ts';
import { markRegions } from './marker.ts';

/** The fields that say which tasks a request is for. */
export const targets = ['tasks', 'task', 'selected_items'];

/** What a request says about its tasks: the entry as typed, without its targets, its regions under `marker`. */
export function groupBody(entry: JsonObject, marker: string): JsonObject {
  const template: JsonObject = {};
  for (const [field, value] of Object.entries(entry)) {
    if (targets.includes(field)) continue;
    template[field] = field === 'result' && Array.isArray(value) ? markRegions(value, marker) : value;
  }
  return template;
}

/** The body of `POST /api/annotations/bulk/` for these tasks, named one by one. */
export function bulkBody(template: JsonObject, tasks: number[]): JsonObject {
  return { tasks, ...template };
}

/** The same for a selection that is sent as it stands. It needs its project: only that tells which tasks are "all". */
export function selectionBody(template: JsonObject, selection: Json, project: number): JsonObject {
  return { selected_items: selection, ...template, project };
}

/** The body of `POST /api/tasks/{id}/annotations/`; a `unique_id` of the manager's own goes before ours. */
export function singleBody(template: JsonObject, uniqueId: string): JsonObject {
  return { unique_id: uniqueId, ...template };
}
