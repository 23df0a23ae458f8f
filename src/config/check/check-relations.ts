import type { JsonObject } from '#wire/json.ts';
import { found, nearest, startWith } from '#wire/words.ts';
import type { Report } from '#wire/problem.ts';
import { acceptedOf, suggest } from '#config/check/values/accepted.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { readList } from '#config/check/values/values.ts';

const directions = acceptedOf(
  ['right', 'left', 'bi'].map((name) => ({ value: name, result: name, attributes: {}, children: [] })),
);

/**
 * Checks a relation between two regions of a result. The editor hides relations with unknown ends. Directions are those of
 * its `stores/RelationStore.js` and of `validate_relation` of the SDK's `label_interface/interface.py`.
 */
export function checkRelation(
  relation: JsonObject,
  ids: ReadonlySet<string>,
  config: LabelConfig,
  say: Report,
): void {
  for (const key of ['from_id', 'to_id']) checkEnd(relation, key, ids, say);
  if (relation['from_id'] !== undefined && relation['from_id'] === relation['to_id']) {
    say('warning', 'relation-to-itself', 'This relation connects a region to itself.', ['to_id']);
  }
  const { direction } = relation;
  if (direction === undefined) {
    const fix = { path: ['direction'], value: 'right', words: 'Use “right”' };
    say(
      'warning',
      'relation-direction-missing',
      'This relation has no direction. Use “right”, “left” or “bi”.',
      [],
      fix,
    );
  } else if (typeof direction !== 'string' || !directions.results.has(direction)) {
    const { words, fix } = suggest(direction, directions, ['direction']);
    say(
      'error',
      'relation-direction-unknown',
      `${startWith(direction)} isn’t a direction. ${words}`,
      ['direction'],
      fix,
    );
  }
  if ((relation['labels'] ?? null) !== null) checkRelationLabels(relation, config, say);
}

function checkEnd(relation: JsonObject, key: string, ids: ReadonlySet<string>, say: Report): void {
  const id = relation[key];
  if (id === undefined) {
    say(
      'error',
      'relation-end-missing',
      `“${key}” is missing from this relation. Use the ID of a region.`,
      [],
    );
  } else if (typeof id !== 'string' || !ids.has(id)) {
    const near = typeof id === 'string' ? nearest(id, [...ids]) : undefined;
    const way = near === undefined ? '' : ` Did you mean ${found(near)}?`;
    const fix = near === undefined ? undefined : { path: [key], value: near, words: `Use “${near}”` };
    say(
      'error',
      'relation-end-unknown',
      `${startWith(id)} isn’t the ID of a region in this result.${way}`,
      [key],
      fix,
    );
  }
}

function checkRelationLabels(relation: JsonObject, config: LabelConfig, say: Report): void {
  const labels = readList(relation, 'labels', '["same as"]', say);
  if (labels === undefined || labels.length === 0) return;
  if (config.relations === undefined) {
    say(
      'warning',
      'relation-label-unknown',
      'The config has no labels for relations, so none will be shown.',
      ['labels'],
    );
    return;
  }
  const accepted = acceptedOf(
    config.relations.map((name) => ({ value: name, result: name, attributes: {}, children: [] })),
  );
  labels.forEach((label, index) => {
    if (typeof label === 'string' && accepted.results.has(label)) return;
    const { words, fix } = suggest(label, accepted, ['labels', index]);
    say(
      'error',
      'relation-label-unknown',
      `${startWith(label)} isn’t a relation label. ${words}`,
      ['labels', index],
      fix,
    );
  });
}
