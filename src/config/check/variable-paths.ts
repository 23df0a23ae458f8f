import { isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import type { Path, Report } from '#wire/problem.ts';
import { checkNumbers } from './check-value.ts';
import { findControl } from '#config/find-control.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import type { Item } from './item.ts';
import { findTag, type Tag } from '#config/control-tags.ts';

/**
 * Paths of a valid result whose values may change without making it invalid, such as the numbers of a box or the text of
 * an answer. Checks across regions depend on none of them.
 */
export interface VariablePaths {
  /** Paths inside the result. */
  numbers: readonly Path[];
  /** May be any text that is not empty. */
  texts: readonly Path[];
  /** Region IDs: may be any distinct IDs of letters, digits, `-` and `_`. */
  ids: readonly Path[];
  /** Whether the result is still valid after other numbers were written into it. */
  isStillValid: () => boolean;
}

/** Numbers outside `value`. */
const regionNumbers = ['original_width', 'original_height', 'score'];

/** A region with more variable numbers has none, because masks have too many. */
const maxNumbers = 200;

/** Only for a result without problems other than `info`. */
export function findVariablePaths(config: LabelConfig, result: Json[]): VariablePaths {
  const items: Item[] = result.flatMap((region, index) => (isJsonObject(region) ? [{ region, index }] : []));
  const numbers: Path[] = [];
  const texts: Path[] = [];
  const varied: { value: JsonObject; control: Control; tag: Tag }[] = [];
  for (const item of items) {
    const { from_name: name, value, id } = item.region;
    const control = typeof name === 'string' ? findControl(config, name) : undefined;
    const tag = control?.isKnown ? findTag(control.tag) : undefined;
    // Items with the same ID are one region, so their positions must agree.
    const isAlone = id === undefined || items.every((other) => other === item || other.region['id'] !== id);
    if (control === undefined || tag === undefined || !isJsonObject(value) || !isAlone) continue;
    if (tag.tag === 'TextArea' || tag.makes === 'region') texts.push(...textsAt(item));
    const own = numbersOf(item);
    numbers.push(...own);
    if (own.length > 0) varied.push({ value, control, tag });
  }
  let isStillValid = true;
  const refuse: Report = (severity) => {
    if (severity !== 'info') isStillValid = false;
  };
  return {
    numbers,
    texts,
    ids: idsOf(items),
    isStillValid() {
      isStillValid = true;
      for (const { value, control, tag } of varied) {
        // 0 stars count as no answer, so `required` would have to be checked again.
        if (tag.tag === 'Rating' && value['rating'] === 0) return false;
        checkNumbers(value, control, tag, config, false, refuse);
      }
      return isStillValid;
    },
  };
}

function numbersOf({ index, region }: Item): Path[] {
  const found: Path[] = regionNumbers.flatMap((key) =>
    typeof region[key] === 'number' ? [[index, key]] : [],
  );
  collect(region['value']!, [index, 'value'], found);
  return found.length > maxNumbers ? [] : found;
}

function collect(value: Json, path: Path, found: Path[]): void {
  if (found.length > maxNumbers) return;
  if (typeof value === 'number') found.push(path);
  else if (Array.isArray(value)) value.forEach((item, index) => collect(item, [...path, index], found));
  else if (isJsonObject(value))
    for (const [key, item] of Object.entries(value)) collect(item, [...path, key], found);
}

/** The text of an answer, or of a marked span. */
function textsAt({ index, region }: Item): Path[] {
  const { text } = region['value'] as JsonObject;
  const path = [index, 'value', 'text'];
  if (typeof text === 'string') return text === '' ? [] : [path];
  if (!Array.isArray(text)) return [];
  return text.flatMap((one, place) => (typeof one === 'string' && one !== '' ? [[...path, place]] : []));
}

/** None if a relation or `parentID` refers to regions by ID. */
function idsOf(items: readonly Item[]): Path[] {
  const isNamed = items.some(({ region }) => region['type'] === 'relation' || 'parentID' in region);
  const ids = items.flatMap(({ region: { id }, index }) =>
    typeof id === 'string' && /^[\w-]+$/.test(id) ? [{ id, path: [index, 'id'] }] : [],
  );
  if (isNamed || new Set(ids.map(({ id }) => id)).size < ids.length) return [];
  return ids.map(({ path }) => path);
}
