import { isJsonObject, type Json } from '#wire/json.ts';
import { found } from '#wire/words.ts';
import { reportTo, within, type Problem } from '#wire/problem.ts';
import { checkIds } from './check-ids.ts';
import { checkRegion } from './check-region.ts';
import { checkRelation } from './check-relations.ts';
import { checkRequired } from './check-required.ts';
import { checkUsages } from './check-usages.ts';
import type { LabelConfig } from '#config/label-config.ts';
import type { CheckOptions, Item } from './item.ts';

/**
 * Checks one annotation's `result` against the labelling config of its project. The server stores anything, and the
 * editor reports almost nothing.
 */
export function checkResult(config: LabelConfig, result: Json, options: CheckOptions = {}): Problem[] {
  const problems: Problem[] = [];
  const say = reportTo(problems);
  if (!Array.isArray(result)) {
    say('error', 'result-not-a-list', `“result” must be a list of regions in [ ], not ${found(result)}.`, []);
    return problems;
  }
  const items: Item[] = [];
  const relations: Item[] = [];
  result.forEach((region, index) => {
    if (!isJsonObject(region)) {
      // Seen on Label Studio 1.23.2: the editor throws.
      say('error', 'region-not-an-object', `A region must be an object in { }, not ${found(region)}.`, [
        index,
      ]);
    } else {
      (region['type'] === 'relation' ? relations : items).push({ index, region });
    }
  });

  for (const item of items) checkRegion(item, items, config, options, within(say, item.index));
  checkIds(items, config, say);
  checkUsages(items, config, say);
  const ids = new Set(items.flatMap(({ region: { id } }) => (typeof id === 'string' ? [id] : [])));
  for (const { index, region } of relations) checkRelation(region, ids, config, within(say, index));
  checkRequired(items, config, options, say);
  return problems;
}
