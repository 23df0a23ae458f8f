import { expect, test } from 'vitest';
import { differenceOf } from './difference-of.ts';

test.each([
  ['', '[]', { from: 0, to: 0, insert: '[]' }],
  ['[]', '', { from: 0, to: 2, insert: '' }],
  ['[1, 2]', '[1, 3]', { from: 4, to: 5, insert: '3' }],
  ['[1]', '[1, 1]', { from: 2, to: 2, insert: ', 1' }],
  ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
])('from %j to %j', (before, after, change) => {
  expect(differenceOf(before, after)).toEqual(change);
  const { from, to, insert } = differenceOf(before, after)!;
  expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
});

test('is undefined without a difference', () => {
  expect(differenceOf('[1]', '[1]')).toBeUndefined();
});
