import { isJsonObject, type Json } from '#wire/json/json.ts';
import { type Problem, type Report, reportTo, within } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { describeValue, describeValueAtStart } from '#wire/text/words.ts';
import { findTag } from '#config/control-tags.ts';
import { findControl } from '#config/find-control.ts';
import type { Attributes, LabelConfig } from '#config/label-config.ts';
import { percentOfPixels } from '#config/check/values/image-units.ts';
import { checkIds } from './check-ids.ts';
import { checkRegion } from './check-region.ts';
import { checkRelations } from './check-relations.ts';
import { checkRequired } from './check-required.ts';
import type { CheckOptions, Item } from './item.ts';

/**
 * Checks one annotation's `result` against the labelling config of its project. The server stores anything, and the
 * editor reports almost nothing.
 */
export function checkResult(config: LabelConfig, result: Json, options: CheckOptions = {}): Problem[] {
  const problems: Problem[] = [];
  reportResult(config, result, options, reportTo(problems));
  return problems;
}

/** The same with a reporter. */
export function reportResult(config: LabelConfig, result: Json, options: CheckOptions, report: Report): void {
  if (!Array.isArray(result)) {
    report(
      'error',
      'result-not-a-list',
      `“result” must be a list of regions in [ ], not ${describeValue(result)}.`,
      [],
    );
    return;
  }
  const { first = 0 } = options;
  const items: Item[] = [];
  const relations: Item[] = [];
  result.forEach((region, at) => {
    const index = first + at;
    if (!isJsonObject(region)) {
      // Seen on Label Studio 1.23.2: the editor throws.
      report(
        'error',
        'region-not-an-object',
        `A region must be an object in { }, not ${describeValue(region)}.`,
        [index],
      );
    } else {
      (region['type'] === 'relation' ? relations : items).push({ index, region });
    }
  });

  const percents = percentOfPixels(items, config);
  for (const item of items)
    checkRegion(item, percents.get(item.index), items, config, options, within(report, item.index));
  checkIds(items, config, report);
  checkUsages(items, config, report);
  if (relations.length > 0) {
    const ids = new Set(items.flatMap(({ region: { id } }) => (typeof id === 'string' ? [id] : [])));
    checkRelations(relations, ids, config, report);
  }
  checkRequired(items, config, options, report);
}

/**
 * Checks `maxUsages`. The editor stops people from drawing more regions but submits existing ones: `canBeUsed` of its
 * `tags/control/Label.jsx`.
 */
function checkUsages(items: readonly Item[], config: LabelConfig, report: Report): void {
  const used = new Map<string, number>();
  for (const { region, index } of items) {
    const { from_name: name, value } = region;
    const control = typeof name === 'string' ? findControl(config, name) : undefined;
    const key = control && findTag(control.tag)?.labels;
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
      const message = `${describeValueAtStart(label)} is used too often. Use it at most ${count(most, 'time')} per annotation.`;
      report('warning', 'label-used-too-often', message, [index, 'value', key, labels.indexOf(label)]);
    }
  }
}

/** The limit of the label, else of the control; 0 means no limit. */
function maxUsages(own: Attributes, all: Attributes): number | undefined {
  const most = Number(own['maxusages'] || all['maxusages']);
  return most > 0 ? most : undefined;
}
