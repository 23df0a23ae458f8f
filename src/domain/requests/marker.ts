import { ExactNumber, type Json, type JsonObject } from '#wire/json.ts';

/** The keys by which a region refers to others. `parentID` is written by the editor for nested regions. */
const references = ['from_id', 'to_id', 'parentID'];

/**
 * Gives every region an id that starts with `marker`, so that the annotation is found again on its task. Label Studio
 * stores region ids as they are (seen on 1.23.2), and its editor takes any of A-Za-z0-9_-.
 *
 * Regions that share an id share one afterwards (a geometry and its labels), and references follow; a reference to an
 * id that no region has stays as it is. Relations have no id and get none. Nothing else of a region changes.
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
    if (!isObject(item)) return item;
    const marked = { ...item };
    if (isRegion(item)) marked['id'] = item['id'] === undefined ? fresh() : ids.get(item['id'])!;
    for (const key of references) {
      const target = item[key] === undefined ? undefined : ids.get(item[key]);
      if (target !== undefined) marked[key] = target;
    }
    return marked;
  });
}

/** Whether an annotation with these region ids was made under `marker`. */
export function carriesMarker(regionIds: string[], marker: string): boolean {
  return regionIds.some((id) => id.startsWith(`${marker}-`));
}

/** Whether markers can be put into this result at all: at least one region that may have an id. */
export function canCarryMarker(result: Json | undefined): boolean {
  return Array.isArray(result) && result.some(isRegion);
}

function isRegion(item: Json): item is JsonObject {
  return isObject(item) && item['type'] !== 'relation';
}

function isObject(item: Json): item is JsonObject {
  return typeof item === 'object' && item !== null && !Array.isArray(item) && !(item instanceof ExactNumber);
}
