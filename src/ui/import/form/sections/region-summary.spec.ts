import { expect, test } from 'vitest';
import { regionSummary } from './region-summary.ts';

const region = (type: string, value: object) =>
  JSON.stringify({ from_name: 'name', to_name: 'text', type, value });

test.each([
  [region('choices', { choices: ['Positive', 'Neutral'] }), 'name: Positive, Neutral'],
  [region('rating', { rating: 4 }), 'name: 4'],
  [region('textarea', { text: ['well said'] }), 'name: well said'],
  [region('taxonomy', { taxonomy: [['Animal', 'Dog']] }), 'name: Animal, Dog'],
  [region('labels', { start: 1, end: 5, labels: ['Person'] }), 'name: Person'],
  [region('brush', { format: 'rle', rle: [1, 2] }), 'name: rle'],
  ['{"from_name": "count", "type": "number", "value": {"number": 9007199254740993}}', 'count: …'],
  ['{"type": "relation"}', 'relation'],
  ['{}', undefined],
  ['[]', undefined],
  ['{"broken": ', undefined],
])('%s', (json, summary) => {
  expect(regionSummary(json)).toBe(summary);
});
