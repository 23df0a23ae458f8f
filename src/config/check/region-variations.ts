import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path, Problem, Report } from '#wire/problem.ts';
import { findControl, objectTagOf } from '#config/find-control.ts';
import { findTag, type Tag } from '#config/control-tags.ts';
import { isTrue, numberAttribute, type Control, type LabelConfig } from '#config/label-config.ts';
import { allowedValuesOf } from '#config/check/values/labels/allowed-values.ts';
import { contentCheck } from './check-value.ts';

/** What may change in one region without changing the problems of the result. Paths start at the region. */
export interface RegionVariation {
  /** Other numbers are allowed if `isStillValid` holds. */
  numbers: readonly Path[];
  /** Any non-empty text is allowed. */
  texts: readonly Path[];
  /** Other lists of distinct labels are allowed. */
  lists: readonly VariableList[];
  /** True if it has an ID; any other unique one of letters, digits, `-` and `_` is allowed. */
  hasId: boolean;
  /** Keys with the ID of another region. */
  references: readonly string[];
  /** What the rest of the result depends on; undefined if that is everything that can’t change. */
  trait: Trait | undefined;
  /** Whether a copy of its `value` with other numbers is still valid; undefined if no number matters. */
  isStillValid: ((value: JsonObject) => boolean) | undefined;
}

/** Results are alike if their regions have the same traits, counted up to `most` times. */
export interface Trait {
  name: string;
  most: number;
}

export interface VariableList {
  path: Path;
  /** Identifies the list of labels in the config. */
  key: string;
  /** The control of the labels. */
  control: string;
  mayHaveSeveral: boolean;
  /** Undefined if labels are paths, or every text is one. */
  labels: ReadonlySet<string> | undefined;
}

/** Problems of one region that quote no variable part, and don’t depend on other regions. */
const ofOneRegion = new Set(['not-for-bulk', 'item-index-missing', 'region-key-missing']);

/** Unknown labels: the message quotes the label, which is variable. */
export const ofLabel = new Set(['label-unknown', 'choice-unknown']);

/**
 * The variation of each region; undefined if the problems of the result depend on more than its regions’ traits.
 * `problems` are those of the whole request.
 */
export function regionVariations(
  config: LabelConfig | undefined,
  result: readonly Json[],
  problems: readonly Problem[],
): RegionVariation[] | undefined {
  if (!problems.every(dependsOnTraits)) return undefined;
  const regions = result.filter(isJsonObject);
  const ids = idsOf(regions);
  if (regions.length < result.length || ids === undefined) return undefined;
  const variations: RegionVariation[] = [];
  for (const region of regions) {
    const references = referencesIn(region, ids);
    if (references === undefined) return undefined;
    const base = { ...nothing, hasId: !isRelation(region) && region['id'] !== undefined, references };
    if (isRelation(region)) variations.push({ ...base, trait: none });
    else if (config === undefined) variations.push({ ...base, ...withoutConfig(region) });
    else {
      const one = withConfig(config, region);
      if (one === undefined) return undefined;
      variations.push({ ...base, ...one });
    }
  }
  return variations;
}

function dependsOnTraits({ code, path, severity }: Problem): boolean {
  if (severity === 'info') return true;
  if (path[0] !== 'result') return code !== 'skip-with-regions' && code !== 'result-left-out';
  if (path.length === 1) return code === 'required-missing';
  return ofOneRegion.has(code) || ofLabel.has(code);
}

const nothing = { numbers: [], texts: [], lists: [], isStillValid: undefined } as const;
const none: Trait = { name: '', most: 0 };

const isRelation = (region: JsonObject): boolean => region['type'] === 'relation';

/** The IDs of a result; undefined if two regions share one, or one is unusual. */
function idsOf(regions: readonly JsonObject[]): ReadonlySet<Json> | undefined {
  const ids = new Set<Json>();
  for (const region of regions) {
    const { id } = region;
    if (isRelation(region) || id === undefined) continue;
    if (typeof id !== 'string' || !/^[\w-]+$/.test(id) || ids.has(id)) return undefined;
    ids.add(id);
  }
  return ids;
}

/** Keys with the ID of another region; undefined if one is unknown or its own. */
function referencesIn(region: JsonObject, ids: ReadonlySet<Json>): string[] | undefined {
  const keys = isRelation(region) ? ['from_id', 'to_id'] : ['parentID'];
  const given = keys.filter((key) => (region[key] ?? '') !== '');
  if (isRelation(region) && (given.length < 2 || region['from_id'] === region['to_id'])) return undefined;
  return given.every((key) => ids.has(region[key]!)) ? given : undefined;
}

/** Without a config, numbers and texts have no meaning, and any label is accepted. */
function withoutConfig({
  from_name: name,
  value,
  type,
}: JsonObject): Pick<RegionVariation, 'numbers' | 'texts' | 'lists' | 'trait'> {
  const numbers: Path[] = [];
  const texts: Path[] = [];
  if (!isJsonObject(value)) return { numbers, texts, lists: [], trait: undefined };
  for (const [key, one] of Object.entries(value)) {
    if (key === type) continue;
    if (typeof one === 'number') numbers.push(['value', key]);
    else texts.push(...textsIn(one, ['value', key]));
  }
  const lists: VariableList[] = [];
  if (typeof name === 'string' && typeof type === 'string' && isListOfTexts(value[type]))
    lists.push({
      path: ['value', type],
      key: `${name} ${type}`,
      control: name,
      mayHaveSeveral: true,
      labels: undefined,
    });
  return { numbers, texts, lists, trait: none };
}

function withConfig(
  config: LabelConfig,
  region: JsonObject,
): Pick<RegionVariation, 'numbers' | 'texts' | 'lists' | 'trait' | 'isStillValid'> | undefined {
  const { from_name: name, to_name: target, value } = region;
  const control = typeof name === 'string' ? findControl(config, name) : undefined;
  const tag = control?.isKnown ? findTag(control.tag) : undefined;
  if (control === undefined || control.perRegion || !isJsonObject(value)) return undefined;
  if (tag === undefined) return { ...nothing, trait: undefined };
  const numbers = numbersOf(region);
  const isExact = dependsOnLabels(config);
  const texts =
    tag.tag === 'TextArea' || tag.makes === 'region' ? textsIn(value['text'], ['value', 'text']) : [];
  const isAnswer = tag.makes === 'answer';
  const object = isAnswer && typeof target === 'string' ? target : '';
  const trait = { name: `${control.name} ${object}`, most: isAnswer ? 2 : 1 };
  return {
    numbers,
    texts,
    lists: isExact ? [] : listsIn(value, control, tag),
    trait: isExact ? undefined : trait,
    isStillValid: numbers.some(([key]) => key === 'value')
      ? validityWith(control, tag, objectTagOf(control, target, config))
      : undefined,
  };
}

/** True if the labels in use, or their number, affect other regions. */
function dependsOnLabels(config: LabelConfig): boolean {
  return [...config.controls.values()].some(
    (control) =>
      control.conditions.length > 0 ||
      control.perRegion ||
      control.attributes['maxusages'] !== undefined ||
      control.options.some(({ attributes }) => attributes['maxusages'] !== undefined),
  );
}

function validityWith(control: Control, tag: Tag, object: string): (value: JsonObject) => boolean {
  const check = contentCheck(control, tag, object);
  let isValid = true;
  const refuse: Report = (severity, code) => {
    if (severity !== 'info' && !ofLabel.has(code)) isValid = false;
  };
  return (value) => {
    // 0 stars count as no answer, so `required` would have to be checked again.
    if (tag.tag === 'Rating' && value['rating'] === 0) return false;
    isValid = true;
    check(value, control, refuse);
    return isValid;
  };
}

/** Numbers outside `value`. */
const regionNumbers = ['original_width', 'original_height', 'score'];

/** A region with more numbers has no variable ones: masks have too many. */
const maxNumbers = 200;

function numbersOf(region: JsonObject): Path[] {
  const found: Path[] = regionNumbers.flatMap((key) => (typeof region[key] === 'number' ? [[key]] : []));
  collect(region['value']!, ['value'], found);
  return found.length > maxNumbers ? [] : found;
}

function collect(value: Json, path: Path, found: Path[]): void {
  if (found.length > maxNumbers) return;
  if (typeof value === 'number') found.push(path);
  else if (Array.isArray(value)) value.forEach((item, index) => collect(item, [...path, index], found));
  else if (isJsonObject(value))
    for (const [key, item] of Object.entries(value)) collect(item, [...path, key], found);
}

/** A text, or the texts of a list. */
function textsIn(text: Json | undefined, path: Path): Path[] {
  if (typeof text === 'string') return text === '' ? [] : [path];
  if (!Array.isArray(text)) return [];
  return text.flatMap((one, place) => (typeof one === 'string' && one !== '' ? [[...path, place]] : []));
}

/** The list of labels or choices, if each of them is checked separately. */
function listsIn(value: JsonObject, control: Control, tag: Tag): VariableList[] {
  const key = tag.labels ?? (tag.makes === 'answer' ? tag.keys[0] : undefined);
  const list = key === undefined ? undefined : value[key];
  const isOpen = control.optionsFromTask || control.options.length === 0;
  const isOfLabels = tag.labels !== undefined || tag.tag === 'Choices' || tag.tag === 'Taxonomy';
  if (key === undefined || !isOfLabels || isOpen || numberAttribute(control, 'maxusages') !== undefined)
    return [];
  if (isTrue(control.attributes, 'allowempty')) return [];
  const path = ['value', key];
  const name = { key: `${control.name} ${key}`, control: control.name };
  const mayHaveSeveral = control.tag === 'Taxonomy' || control.choice !== 'single';
  if (control.isNested)
    return isListOfPaths(list) ? [{ ...name, path, mayHaveSeveral, labels: undefined }] : [];
  const labels = allowedValuesOf(control).results;
  return isListOfTexts(list) ? [{ ...name, path, mayHaveSeveral, labels }] : [];
}

function isListOfTexts(list: Json | undefined): boolean {
  return Array.isArray(list) && list.length > 0 && list.every((item) => typeof item === 'string');
}

function isListOfPaths(list: Json | undefined): boolean {
  return (
    Array.isArray(list) &&
    list.length > 0 &&
    list.every(
      (path) => Array.isArray(path) && path.length > 0 && path.every((step) => typeof step === 'string'),
    )
  );
}
