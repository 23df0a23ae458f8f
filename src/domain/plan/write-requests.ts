import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { targets } from '#domain/requests/request-bodies.ts';

/**
 * The same batch as a list of requests: entries for single tasks that say the same become one request for all of them, in
 * the order in which each was first said. Entries without errors only.
 */
export function asRequests(entries: Entries): string {
  const { codes } = entries.contentCodes();
  const tasks = new Map<number, { request: JsonObject; ids: Json[] }>();
  for (let index = 0; index < entries.length; index += 1) {
    const same = tasks.get(codes[index]!);
    if (same !== undefined && entries.namesOneTask(entries.templates[index]!)) {
      same.ids.push(entries.tasks[index]!);
      continue;
    }
    const entry = entries.at(index);
    if (!isJsonObject(entry)) continue;
    const ids = Array.isArray(entry['tasks']) ? entry['tasks'] : [entry['task'] ?? null];
    if (same === undefined) tasks.set(codes[index]!, { request: entry, ids: [...ids] });
    else for (const id of ids) same.ids.push(id);
  }
  const requests = [...tasks.values()].map(({ request, ids }) => {
    if ((request['selected_items'] ?? null) !== null) return request;
    const rest = Object.entries(request).filter(([name]) => !targets.includes(name));
    return { tasks: ids, ...Object.fromEntries(rest) };
  });
  return formatJson(writeJson(requests));
}
