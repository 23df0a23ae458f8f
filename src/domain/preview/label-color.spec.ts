import { expect, it } from 'vitest';
import { inkOn } from './label-color.ts';

it.each([
  ['#ffff00', 'black'],
  ['#FFE08A', 'black'],
  ['#ff0', 'black'],
  ['#2f6fd0', 'white'],
  ['#00f', 'white'],
  ['#1d6b4fcc', 'white'],
  // 0.179 is where black and white have the same contrast.
  ['#757575', 'white'],
  ['#767676', 'black'],
  ['yellow', 'black'],
  ['Orange', 'black'],
  ['navy', 'white'],
  ['Purple', 'white'],
  ['green', 'white'],
])('writes on %s in %s', (color, ink) => {
  expect(inkOn(color)).toBe(ink);
});
