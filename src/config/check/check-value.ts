import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { describeValue, closestName } from '#wire/text/words.ts';
import type { Report } from '#wire/problem.ts';
import { toAllowedValues, listValues } from '#config/check/values/labels/allowed-values.ts';
import { findControl, objectTagOf } from '#config/find-control.ts';
import type { Control, LabelConfig, Option } from '#config/label-config.ts';
import { checkLabels, checkOtherLabels } from '#config/check/values/choices-and-labels.ts';
import type { Item } from './item.ts';
import { checkMarkedText, spanOn } from '#config/check/values/span-regions.ts';
import { positionKeys, findTag, type Tag } from '#config/control-tags.ts';

/** Checks the value of one region. */
export function checkValue(
  value: JsonObject,
  region: JsonObject,
  index: number,
  control: Control,
  tag: Tag,
  items: readonly Item[],
  config: LabelConfig,
  report: Report,
): void {
  const nested = value[control.name];
  if (isJsonObject(nested) && !tag.keys.includes(control.name)) {
    // The SDK reads it, but the editor drops it: seen on Label Studio 1.23.2.
    const fix = { path: [], value: nested, words: 'Move it to “value”' };
    report(
      'error',
      'value-nested',
      `The value is nested inside ${describeValue(control.name)}. Put it directly in "value".`,
      [control.name],
      fix,
    );
    return;
  }
  const partners = partnersOf(region, index, items);
  const isCompanion = control.tag === 'Labels' && partners.some((partner) => drawsFor(partner, config));
  checkKeys(value, tag, tag.makes === 'answer' || isCompanion, report);
  const object = objectTagOf(control, region['to_name'], config);
  if (!isCompanion) contentCheck(control, tag, object)(value, control, report);
  // The answer of a TextArea has the same key.
  if (tag.tag !== 'TextArea') checkMarkedText(value, isRichSpan(tag, object), report);
  if (tag.labels !== undefined) checkLabels(value, tag.labels, control, report);
  else if (tag.keys.includes('labels') && value['labels'] !== undefined)
    checkOwnLabels(value, control, config, report);
}

/** True for labels of characters, which the editor reads more strictly than those of an image. */
function isRichSpan({ labels }: Tag, object: string): boolean {
  return labels !== undefined && (object === 'text' || object === 'hypertext');
}

/** Tags whose regions are those of their object: `regions/Area.js` of the editor. */
const spanTags = new Set(['Labels', 'HyperTextLabels', 'ParagraphLabels']);

/** The check of a value without its labels, in regions of this control on an object with this lower-case tag. */
export function contentCheck(control: Control, tag: Tag, object: string): Tag['check'] {
  const check = (spanTags.has(control.tag) ? spanOn(object) : undefined) ?? tag.check;
  if (control.tag !== 'Labels' || (object !== 'image' && object !== 'video')) return check;
  return (value, _, report) => {
    check(value, control, report);
    // `Labels` mark a span of text or audio; on an image or video they need a drawn region with the same ID.
    const message = `“${control.name}” labels a region that another control draws. Add that region with the same ID.`;
    report('error', 'labels-without-region', message, []);
  };
}

/** A keyframe region has the labels of the `<Labels>` for the same video. */
function checkOwnLabels(value: JsonObject, control: Control, config: LabelConfig, report: Report): void {
  const labelling = [...config.controls.values()].filter(
    ({ tag, toName }) => tag === 'Labels' && toName.some((name) => control.toName.includes(name)),
  );
  if (labelling.length === 0 || labelling.some(({ optionsFromTask }) => optionsFromTask)) return;
  const options: Option[] = labelling.flatMap((labels) => labels.options);
  const first = labelling[0]!;
  checkOtherLabels(value, 'labels', first, toAllowedValues(options), report);
}

function checkKeys(value: JsonObject, tag: Tag, mayRepeatPlace: boolean, report: Report): void {
  const known = (key: string) =>
    tag.keys.includes(key) || key === 'text' || (mayRepeatPlace && positionKeys.has(key));
  const main = tag.labels ?? (tag.makes === 'answer' ? tag.keys[0] : undefined);
  for (const key of Object.keys(value)) {
    const isMain = main !== undefined && value[main] === undefined && isLikeMainKey(key, tag);
    if (known(key) && !isMain) continue;
    const missing = tag.keys.filter((name) => value[name] === undefined);
    const near = isMain ? main : closestName(key, missing);
    const fix =
      near === undefined
        ? undefined
        : { path: [], value: renamed(value, key, near), words: `Rename to “${near}”` };
    const suggestion =
      near === undefined ? `Accepted: ${listValues(tag.keys)}.` : `Did you mean ${describeValue(near)}?`;
    report(
      'warning',
      'value-key-unknown',
      `<${tag.tag}> doesn’t use ${describeValue(key)}. ${suggestion}`,
      [key],
      fix,
    );
  }
}

/** Keys under which people and programs put labels, such as `labels` for `rectanglelabels`. */
function isLikeMainKey(key: string, { keys, type, labels }: Tag): boolean {
  if (keys.includes(key)) return false;
  const isOfLabels = labels !== undefined || type === 'choices' || type === 'taxonomy';
  return key === type || (isOfLabels && /label|choice|class|category/i.test(key));
}

function renamed(value: JsonObject, from: string, to: string): Json {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key === from ? to : key, one]));
}

/** The other items with the same ID. */
function partnersOf({ id }: JsonObject, index: number, items: readonly Item[]): JsonObject[] {
  if (typeof id !== 'string') return [];
  return items.filter((item) => item.index !== index && item.region['id'] === id).map(({ region }) => region);
}

function drawsFor({ from_name: name }: JsonObject, config: LabelConfig): boolean {
  const control = typeof name === 'string' ? findControl(config, name) : undefined;
  return (
    control !== undefined &&
    control.tag !== 'Labels' &&
    (findTag(control.tag)?.makes ?? 'region') === 'region'
  );
}
