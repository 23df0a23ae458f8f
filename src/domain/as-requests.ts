import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json.ts';
import { Contents } from './content.ts';
import { formatJson } from './format.ts';
import { targets } from './request.ts';

/**
 * The same batch as a list of requests: entries for single tasks that say the same become one request for all of them, in
 * the order in which each was first said. Entries without errors only.
 */
export function asRequests(entries: readonly Json[]): string {
  const contents = new Contents(entries);
  const tasks = new Map<number, { request: JsonObject; ids: Json[] }>();
  entries.forEach((entry, index) => {
    if (!isJsonObject(entry)) return;
    const key = contents.codeOf(index);
    const same = tasks.get(key);
    const ids = Array.isArray(entry['tasks']) ? entry['tasks'] : [entry['task'] ?? null];
    if (same === undefined) tasks.set(key, { request: entry, ids: [...ids] });
    else same.ids.push(...ids);
  });
  const requests = [...tasks.values()].map(({ request, ids }) => {
    if ((request['selected_items'] ?? null) !== null) return request;
    const rest = Object.entries(request).filter(([name]) => !targets.includes(name));
    return { tasks: ids, ...Object.fromEntries(rest) };
  });
  return formatJson(writeJson(requests));
}
