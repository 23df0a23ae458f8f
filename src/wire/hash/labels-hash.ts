import { isJsonObject, type Json } from '#wire/json/json-value.ts';
import { canonicalJson, stableHash } from './stable-hash.ts';

/**
 * Hashes the labels of an annotation’s regions in any order, without their IDs, their author and what editors add.
 * Relations don’t count.
 */
export function labelsHash(result: Json | undefined, wasCancelled: boolean): number {
  const regions = Array.isArray(result) ? result : [];
  const labels = regions.flatMap((region) => {
    if (!isJsonObject(region) || region['type'] === 'relation') return [];
    const { from_name = null, to_name = null, type = null, value = null } = region;
    return [canonicalJson({ from_name, to_name, type, value })];
  });
  return stableHash([...labels.toSorted(), wasCancelled]);
}
