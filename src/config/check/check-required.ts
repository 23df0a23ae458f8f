import { isJsonObject, type JsonObject } from '#wire/json/json.ts';
import type { Report } from '#wire/problem.ts';
import { findControl } from '#config/find-control.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import type { CheckOptions, Item } from './item.ts';
import { chosenValues, visibilityOf } from '#config/visibility.ts';
import { findTag } from '#config/control-tags.ts';
import { numberOf } from '#config/check/values/fields.ts';

/** Reports missing required answers and answers of hidden controls. */
export function checkRequired(
  items: readonly Item[],
  config: LabelConfig,
  { isSkipped }: CheckOptions,
  report: Report,
): void {
  const regions = items.map(({ region }) => region);
  const chosen = chosenValues(regions, config);
  for (const { region, index } of items) {
    const control = controlOf(region, config);
    if (control === undefined || control.conditions.length === 0) continue;
    if (visibilityOf(control, chosen, config) !== 'no' && !isOfOtherLabels(control, region, regions))
      continue;
    // `canBeSubmitted` of the editor's `regions/Result.js`.
    const message = `“${control.name}” is hidden by these answers. The editor drops hidden answers when it saves.`;
    report('warning', 'control-hidden', message, [index]);
  }
  if (isSkipped) return;
  for (const control of config.controls.values()) {
    // How many answers are required depends on the task.
    if (!control.required || control.perItem || control.indexFlag !== undefined) continue;
    if (control.perRegion) askEachRegion(control, items, config, report);
    else if (
      visibilityOf(control, chosen, config) === 'yes' &&
      !regions.some((region) => answers(region, control))
    ) {
      const message = `“${control.name}” is required.`;
      report('error', 'required-missing', message, [], undefined, control.name);
    }
  }
}

/** An answer about a region without the labels of `whenLabelValue`. */
function isOfOtherLabels(control: Control, { id }: JsonObject, regions: readonly JsonObject[]): boolean {
  const { whenlabelvalue } = control.attributes;
  if (!control.perRegion || !whenlabelvalue || id === undefined) return false;
  const parts = regions.filter((region) => region['id'] === id);
  return parts.some((part) => labelsOf(part).length > 0) && !hasLabel(parts, whenlabelvalue.split(','));
}

/** A label may contain commas: `hasLabel` of the editor's `mixins/AreaMixin.js`. */
function hasLabel(parts: readonly JsonObject[], wanted: readonly string[]): boolean {
  return parts.some((part) =>
    labelsOf(part).some((label) => wanted.includes(label) || label === wanted.join(',')),
  );
}

/** Same rule as `validate` of the editor's `mixins/Required.js`. */
function askEachRegion(control: Control, items: readonly Item[], config: LabelConfig, report: Report): void {
  for (const { region, index } of items) {
    const drawing = controlOf(region, config);
    if (drawing === undefined || findTag(drawing.tag)?.makes !== 'region') continue;
    if (typeof region['to_name'] !== 'string' || !control.toName.includes(region['to_name'])) continue;
    if (!isRequiredFor(control, region, drawing, items)) continue;
    const id = region['id'];
    const isAnswered =
      id !== undefined && items.some((item) => item.region['id'] === id && answers(item.region, control));
    if (!isAnswered) {
      const message = `“${control.name}” is required for each region, and this one has none.`;
      report('error', 'required-missing', message, [index]);
    }
  }
}

/** Labels of a region may be on another item with the same ID, so only its first item is checked. */
function isRequiredFor(
  control: Control,
  region: JsonObject,
  drawing: Control,
  items: readonly Item[],
): boolean {
  const same = items.filter((item) => region['id'] !== undefined && item.region['id'] === region['id']);
  const parts = same.length === 0 ? [region] : same.map((item) => item.region);
  const first = parts.find((part) => part === region || part['from_name'] === drawing.name);
  if (first !== region || (drawing.tag === 'Labels' && parts.length > 1)) return false;
  return control.conditions.every(({ when, tag, labels }) => {
    if (when !== 'region-selected') return false;
    if (tag !== undefined && !parts.some((part) => part['from_name'] === tag)) return false;
    return labels === undefined || hasLabel(parts, labels);
  });
}

function labelsOf({ value }: JsonObject): string[] {
  if (!isJsonObject(value)) return [];
  const lists = Object.entries(value).flatMap(([key, one]) =>
    key.endsWith('labels') && Array.isArray(one) ? one : [],
  );
  return lists.filter((label) => typeof label === 'string');
}

function answers({ from_name: name, value }: JsonObject, control: Control): boolean {
  if (name !== control.name || !isJsonObject(value)) return false;
  const key = findTag(control.tag)?.keys[0];
  if (key === undefined) return true;
  const answer = value[key];
  // 0 stars aren’t a rating: `holdsState` of the editor's `tags/control/Rating.jsx`.
  if (control.tag === 'Rating' && numberOf(answer) === 0) return false;
  return (
    answer !== undefined &&
    answer !== null &&
    answer !== '' &&
    !(Array.isArray(answer) && answer.length === 0)
  );
}

function controlOf({ from_name: name }: JsonObject, config: LabelConfig): Control | undefined {
  return typeof name === 'string' ? findControl(config, name) : undefined;
}
