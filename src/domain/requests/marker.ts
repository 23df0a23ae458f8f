import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';

/** Keys that refer to other regions; the editor writes `parentID` for nested ones. */
const references = ['from_id', 'to_id', 'parentID'];

/**
 * Gives every region an ID that starts with `marker`, by which the annotation is found on its task. Label Studio stores
 * region IDs unchanged (seen on 1.23.2), and its editor accepts A-Za-z0-9_-.
 *
 * Regions with a shared ID (a shape and its labels) still share one, and references are updated. References to unknown
 * IDs stay unchanged; relations get no ID.
 */
export function markRegions(result: Json[], marker: string): Json[] {
  const ids = new Map<Json, string>();
  const fresh = (): string => `${marker}-${count++}`;
  let count = 0;
  for (const region of result) {
    if (isRegion(region) && region['id'] !== undefined && !ids.has(region['id']))
      ids.set(region['id'], fresh());
  }
  return result.map((item) => {
    if (!isJsonObject(item)) return item;
    const marked = { ...item };
    if (isRegion(item)) marked['id'] = item['id'] === undefined ? fresh() : ids.get(item['id'])!;
    for (const key of references) {
      const target = item[key] === undefined ? undefined : ids.get(item[key]);
      if (target !== undefined) marked[key] = target;
    }
    return marked;
  });
}

/** Whether any of these region IDs starts with `marker`. */
export function carriesMarker(regionIds: string[], marker: string): boolean {
  return regionIds.some((id) => id.startsWith(`${marker}-`));
}

/** Whether a result has a region that can carry a marker. */
export function canCarryMarker(result: Json | undefined): boolean {
  return Array.isArray(result) && result.some(isRegion);
}

function isRegion(item: Json): item is JsonObject {
  return isJsonObject(item) && item['type'] !== 'relation';
}
