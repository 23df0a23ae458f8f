import { isJsonObject } from '#wire/json.ts';
import { count, startWith } from '#wire/words.ts';
import type { Report } from '#wire/problem.ts';
import { findControl } from '#config/find-control.ts';
import type { Attributes, LabelConfig } from '#config/label-config.ts';
import type { Item } from './item.ts';
import { tagNamed } from '#config/tags.ts';

/**
 * Checks `maxUsages`. The editor stops people from drawing more regions but submits existing ones: `canBeUsed` of its
 * `tags/control/Label.jsx`.
 */
export function checkUsages(items: readonly Item[], config: LabelConfig, say: Report): void {
  const used = new Map<string, number>();
  for (const { region, index } of items) {
    const { from_name: name, value } = region;
    const control = typeof name === 'string' ? findControl(config, name) : undefined;
    const key = control && tagNamed(control.tag)?.labels;
    if (control === undefined || key === undefined || !isJsonObject(value)) continue;
    const labels = value[key];
    if (!Array.isArray(labels)) continue;
    for (const label of new Set(labels)) {
      const option = control.options.find(({ result }) => result === label);
      const most = option && maxUsages(option.attributes, control.attributes);
      if (option === undefined || most === undefined) continue;
      const times = (used.get(JSON.stringify([name!, label])) ?? 0) + 1;
      used.set(JSON.stringify([name!, label]), times);
      if (times !== most + 1) continue;
      const message = `${startWith(label)} is used too often. Use it at most ${count(most, 'time')} per annotation.`;
      say('warning', 'label-used-too-often', message, [index, 'value', key, labels.indexOf(label)]);
    }
  }
}

/** The limit of the label, else of the control; 0 means no limit. */
function maxUsages(own: Attributes, all: Attributes): number | undefined {
  const most = Number(own['maxusages'] || all['maxusages']);
  return most > 0 ? most : undefined;
}
