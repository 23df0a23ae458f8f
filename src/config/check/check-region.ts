import { isJsonObject, type JsonObject } from '#wire/json/json.ts';
import { type Report, within } from '#wire/problem.ts';
import { describeValue, describeValueAtStart } from '#wire/text/words.ts';
import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import { numberOf } from '#config/check/values/fields.ts';
import { allowedNames, suggestValue } from '#config/check/values/labels/allowed-values.ts';
import { findTag } from '#config/control-tags.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { checkTarget, checkType, namedControl } from './check-names.ts';
import { checkValue } from './check-value.ts';
import type { CheckOptions, Item } from './item.ts';

/** Checks the names, the type and the value of one region. `percent` is its value in percent, if it is in pixels. */
export function checkRegion(
  { region, index }: Item,
  percent: JsonObject | undefined,
  items: readonly Item[],
  config: LabelConfig,
  { isForBulk }: CheckOptions,
  report: Report,
): void {
  checkRegionFields(region, report);
  const { value } = region;
  const control = namedControl(region, config, report);
  checkRegionValue(region, report);
  if (control === undefined) return;

  checkTarget(region, control, config, report);
  const tag = control.isKnown ? findTag(control.tag) : undefined;
  if (tag === undefined) {
    const message = `<${control.tag}> regions can’t be checked: Sheaf doesn’t know this tag.`;
    report('info', 'tag-unknown', message, []);
    return;
  }
  checkType(region, control, tag, report);
  const why = isForBulk ? bulkUnsupportedReason(control) : undefined;
  if (why !== undefined) {
    const message = `“${control.name}” ${why}. Label Studio doesn’t document this for bulk labelling.`;
    report('warning', 'not-for-bulk', message, ['from_name']);
  }
  if (control.perItem && region['item_index'] === undefined) {
    const message = `“${control.name}” is answered for each item. Add "item_index": 0 for the first item.`;
    report('warning', 'item-index-missing', message, []);
  }
  if (percent !== undefined) reportPixels(region, percent, report);
  const checked = percent ?? value;
  if (isJsonObject(checked))
    checkValue(checked, region, index, control, tag, items, config, within(report, 'value'));
}

/** One problem for all numbers of a region: each of them is checked in percent. */
function reportPixels(
  { original_width: width, original_height: height }: JsonObject,
  percent: JsonObject,
  report: Report,
): void {
  const size = `${describeValue(width!)} × ${describeValue(height!)}`;
  const message = `These numbers seem to be pixels of an image of ${size}. Label Studio reads percent. Convert them.`;
  const alike = 'Convert pixels to percent';
  const fix = { path: ['value'], value: percent, words: 'Convert to percent', alike };
  report('error', 'numbers-are-pixels', message, ['value'], fix);
}

/** The editor fails on any other: `mixins/Regions.js`. */
const origins = allowedNames(['manual', 'prediction', 'prediction-changed']);

/** Fields that the editor's store expects of any region: `regions/Result.js`. */
function checkRegionFields(region: JsonObject, report: Report): void {
  const { id, score, origin, readonly: isReadOnly, item_index: itemIndex } = region;
  checkRegionId(region, report);
  if (typeof id === 'string' && /[#@]/.test(id)) {
    // `cleanUpId` of the editor's `core/Tree.tsx`.
    report(
      'warning',
      'region-id-cut',
      'The editor cuts region IDs off at # and @. Use letters, digits, - and _.',
      ['id'],
    );
  }
  if ((score ?? null) !== null && numberOf(score) === undefined) {
    report('error', 'score-not-a-number', `“score” must be a number, not ${describeValue(score!)}.`, [
      'score',
    ]);
  }
  if (isReadOnly !== undefined && typeof isReadOnly !== 'boolean') {
    report(
      'error',
      'value-not-true-or-false',
      `“readonly” must be true or false, not ${describeValue(isReadOnly)}.`,
      ['readonly'],
    );
  }
  if (origin !== undefined && !(typeof origin === 'string' && origins.results.has(origin))) {
    const { words, fix } = suggestValue(origin, origins, ['origin']);
    const message = `${describeValueAtStart(origin)} isn’t an origin, and the editor fails on it. ${words}`;
    report('error', 'origin-unknown', message, ['origin'], fix);
  }
  if ((itemIndex ?? null) !== null) {
    const number = numberOf(itemIndex);
    if (number === undefined || !Number.isInteger(number) || number < 0) {
      report(
        'error',
        'item-index-not-whole',
        `${describeValueAtStart(itemIndex!)} isn’t a valid “item_index”. Use a whole number; the first item is 0.`,
        ['item_index'],
      );
    }
  }
}

/** Checked with and without a config. */
export function checkRegionId({ id }: JsonObject, report: Report): void {
  if (id !== undefined && typeof id !== 'string') {
    const number = numberOf(id);
    const example = number === undefined ? '"region-1"' : `"${number}"`;
    const fix =
      number === undefined ? undefined : { path: ['id'], value: String(number), words: `Use “${number}”` };
    report(
      'error',
      'region-id-not-text',
      `The editor fails on a region ID that isn’t text. Use text such as ${example}, not ${describeValue(id)}.`,
      ['id'],
      fix,
    );
  }
}

/** Checked with and without a config. */
export function checkRegionValue({ value, values }: JsonObject, report: Report): void {
  if (value === undefined && values !== undefined) {
    // The server ignores other keys; an example in its API reference has this one.
    const message = 'This region has “values”, but Label Studio reads “value”. Rename it.';
    report('error', 'region-value-missing', message, ['values']);
  } else if (value === undefined) {
    // Seen on Label Studio 1.23.2: the annotation is stored, the answer is 500, the counters are wrong.
    report(
      'error',
      'region-value-missing',
      '“value” is missing. The server stores such a region and then fails on it. Add "value".',
      [],
    );
  } else if (!isJsonObject(value)) {
    report(
      'error',
      'region-value-not-an-object',
      `“value” must be an object such as {"choices": ["Positive"]}, not ${describeValue(value)}.`,
      ['value'],
    );
  }
}
