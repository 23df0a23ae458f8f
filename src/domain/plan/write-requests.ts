import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { targetFields } from '#domain/requests/target.ts';

/**
 * Rewrites a batch as a list of requests: entries for single tasks with the same labels become one request for all of
 * them, in the order of their first entry. The entries must have no errors.
 */
export function asRequests(entries: Entries): string {
  const { codes } = entries.contentCodes();
  const byContent = new Map<number, { request: JsonObject; ids: Json[] }>();
  for (let index = 0; index < entries.length; index += 1) {
    const merged = byContent.get(codes[index]!);
    if (merged !== undefined && entries.namesOneTask(entries.templates[index]!)) {
      merged.ids.push(entries.tasks[index]!);
      continue;
    }
    const entry = entries.at(index);
    if (!isJsonObject(entry)) continue;
    const ids = Array.isArray(entry['tasks']) ? entry['tasks'] : [entry['task'] ?? null];
    if (merged === undefined) byContent.set(codes[index]!, { request: entry, ids: [...ids] });
    else for (const id of ids) merged.ids.push(id);
  }
  const requests = [...byContent.values()].map(({ request, ids }) => {
    if ((request['selected_items'] ?? null) !== null) return request;
    const otherFields = Object.entries(request).filter(([name]) => !targetFields.includes(name));
    return { tasks: ids, ...Object.fromEntries(otherFields) };
  });
  return formatJson(writeJson(requests));
}
