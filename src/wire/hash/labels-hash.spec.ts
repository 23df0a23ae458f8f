import { expect, it } from 'vitest';
import type { Json } from '#wire/json/json-value.ts';
import { labelsHash } from './labels-hash.ts';

const region = (choice: string, more: object = {}) => ({
  from_name: 'mood',
  to_name: 'text',
  type: 'choices',
  value: { choices: [choice] },
  ...more,
});
const one = labelsHash([region('Good'), region('Bad')], false);

it.each<[string, Json[], boolean]>([
  ['other IDs', [region('Good', { id: 'a' }), region('Bad', { id: 'b' })], true],
  ['another order', [region('Bad'), region('Good')], true],
  ['what an editor adds', [region('Good', { origin: 'manual' }), region('Bad')], true],
  ['a relation', [region('Good'), region('Bad'), { type: 'relation', from_id: 'a', to_id: 'b' }], true],
  ['another label', [region('Good'), region('Good')], false],
  ['a label less', [region('Good')], false],
])('with %s', (_, result, isSame) => {
  expect(labelsHash(result, false) === one).toBe(isSame);
});

it('distinguishes a skip from an empty annotation', () => {
  expect(labelsHash([], true)).not.toBe(labelsHash(undefined, false));
  expect(labelsHash([], false)).toBe(labelsHash(undefined, false));
});
