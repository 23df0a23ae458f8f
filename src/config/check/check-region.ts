import { isJsonObject } from '#wire/json.ts';
import { found } from '#wire/words.ts';
import { within, type Report } from '#wire/problem.ts';
import { bulkUnsupportedReason } from '#config/bulk.ts';
import { checkRegionFields } from './check-region-fields.ts';
import { checkTarget, checkType, namedControl } from './check-names.ts';
import { checkValue } from './check-value.ts';
import type { LabelConfig } from '#config/label-config.ts';
import type { CheckOptions, Item } from './item.ts';
import { tagNamed } from '#config/tags.ts';

/** Checks the names, the type and the value of one region. */
export function checkRegion(
  { region, index }: Item,
  items: readonly Item[],
  config: LabelConfig,
  { isForBulk }: CheckOptions,
  say: Report,
): void {
  checkRegionFields(region, say);
  const { value } = region;
  const control = namedControl(region, config, say);
  if (value === undefined) {
    // Seen on Label Studio 1.23.2: the annotation is stored, the answer is 500, the counters are wrong.
    say(
      'error',
      'region-value-missing',
      '“value” is missing. The server stores such a region and then fails on it. Add "value".',
      [],
    );
  } else if (!isJsonObject(value)) {
    say(
      'error',
      'region-value-not-an-object',
      `“value” must be an object such as {"choices": ["Positive"]}, not ${found(value)}.`,
      ['value'],
    );
  }
  if (control === undefined) return;

  checkTarget(region, control, config, say);
  const tag = control.isKnown ? tagNamed(control.tag) : undefined;
  if (tag === undefined) {
    const message = `<${control.tag}> regions can’t be checked: Sheaf doesn’t know this tag.`;
    say('info', 'tag-unknown', message, []);
    return;
  }
  checkType(region, control, tag, say);
  const why = isForBulk ? bulkUnsupportedReason(control) : undefined;
  if (why !== undefined) {
    const message = `“${control.name}” ${why}. Label Studio doesn’t document this for bulk labelling.`;
    say('warning', 'not-for-bulk', message, ['from_name']);
  }
  if (control.perItem && region['item_index'] === undefined) {
    const message = `“${control.name}” is answered for each item. Add "item_index": 0 for the first item.`;
    say('warning', 'item-index-missing', message, []);
  }
  if (isJsonObject(value))
    checkValue(value, region, index, control, tag, items, config, within(say, 'value'));
}
