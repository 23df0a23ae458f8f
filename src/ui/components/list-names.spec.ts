import { expect, it } from 'vitest';
import { listNames } from './list-names.ts';

it.each<[string[], number, string]>([
  [[], 2, ''],
  [['a'], 2, 'a'],
  [['a', 'b'], 2, 'a, b'],
  [Array.from({ length: 1002 }, (_, index) => String(index)), 2, '0, 1 and 1,000 more'],
])('lists %j, at most %i by name', (names, most, words) => {
  expect(listNames(names, most)).toBe(words);
});
