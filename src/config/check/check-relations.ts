import type { JsonObject } from '#wire/json/json.ts';
import { within, type Report } from '#wire/problem.ts';
import { closestName, describeValue, describeValueAtStart } from '#wire/text/words.ts';
import { allowedNames, suggestValue } from '#config/check/values/labels/allowed-values.ts';
import { readList } from '#config/check/values/fields.ts';
import type { LabelConfig } from '#config/label-config.ts';
import type { Item } from './item.ts';

const directions = allowedNames(['right', 'left', 'bi']);

/** Checks the relations of a result, whose regions have these `ids`. */
export function checkRelations(
  relations: readonly Item[],
  ids: ReadonlySet<string>,
  config: LabelConfig,
  report: Report,
): void {
  const connected = new Set<string>();
  for (const { index, region } of relations) {
    checkRelation(region, ids, config, within(report, index));
    const ends = [region['from_id'] ?? null, region['to_id'] ?? null];
    if (!ends.every((id) => typeof id === 'string' && ids.has(id))) continue;
    const pair = JSON.stringify(ends);
    // Seen in `deserializeRelation` of the editor's `stores/RelationStore.js`, whatever their directions and labels.
    if (connected.has(pair))
      report(
        'warning',
        'relation-again',
        'These two regions are already connected. The editor keeps only the first relation. Remove this one.',
        [index],
      );
    connected.add(pair);
  }
}

/**
 * Checks a relation between two regions of a result. The editor hides relations with unknown ends. Directions are those of
 * its `stores/RelationStore.js` and of `validate_relation` of the SDK's `label_interface/interface.py`.
 */
function checkRelation(
  relation: JsonObject,
  ids: ReadonlySet<string>,
  config: LabelConfig,
  report: Report,
): void {
  for (const key of ['from_id', 'to_id']) checkEnd(relation, key, ids, report);
  if (relation['from_id'] !== undefined && relation['from_id'] === relation['to_id']) {
    report('warning', 'relation-to-itself', 'This relation connects a region to itself.', ['to_id']);
  }
  const { direction } = relation;
  if (direction === undefined) {
    const fix = { path: ['direction'], value: 'right', words: 'Use “right”' };
    report(
      'warning',
      'relation-direction-missing',
      'This relation has no direction. Use “right”, “left” or “bi”.',
      [],
      fix,
    );
  } else if (typeof direction !== 'string' || !directions.results.has(direction)) {
    const { words, fix } = suggestValue(direction, directions, ['direction']);
    report(
      'error',
      'relation-direction-unknown',
      `${describeValueAtStart(direction)} isn’t a direction. ${words}`,
      ['direction'],
      fix,
    );
  }
  if ((relation['labels'] ?? null) !== null) checkRelationLabels(relation, config, report);
}

function checkEnd(relation: JsonObject, key: string, ids: ReadonlySet<string>, report: Report): void {
  const id = relation[key];
  if (id === undefined) {
    report(
      'error',
      'relation-end-missing',
      `“${key}” is missing from this relation. Use the ID of a region.`,
      [],
    );
  } else if (typeof id !== 'string' || !ids.has(id)) {
    const near = typeof id === 'string' ? closestName(id, [...ids]) : undefined;
    const suggestion = near === undefined ? '' : ` Did you mean ${describeValue(near)}?`;
    const fix = near === undefined ? undefined : { path: [key], value: near, words: `Use “${near}”` };
    report(
      'error',
      'relation-end-unknown',
      `${describeValueAtStart(id)} isn’t the ID of a region in this result.${suggestion}`,
      [key],
      fix,
    );
  }
}

function checkRelationLabels(relation: JsonObject, config: LabelConfig, report: Report): void {
  const labels = readList(relation, 'labels', '["same as"]', report);
  if (labels === undefined || labels.length === 0) return;
  if (config.relations === undefined) {
    report(
      'warning',
      'relation-label-unknown',
      'The config has no labels for relations, so none will be shown.',
      ['labels'],
    );
    return;
  }
  const accepted = allowedNames(config.relations);
  labels.forEach((label, index) => {
    if (typeof label === 'string' && accepted.results.has(label)) return;
    const { words, fix } = suggestValue(label, accepted, ['labels', index]);
    report(
      'error',
      'relation-label-unknown',
      `${describeValueAtStart(label)} isn’t a relation label. ${words}`,
      ['labels', index],
      fix,
    );
  });
}
