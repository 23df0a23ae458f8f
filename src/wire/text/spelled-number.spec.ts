import { expect, it } from 'vitest';
import { spelledNumber } from './spelled-number.ts';

it.each([
  ['4,5', [4.5]],
  ['-4,25', [-4.25]],
  [',5', [0.5]],
  ['1.234,5', [1234.5]],
  ['1,234.5', [1234.5]],
  ['1 234', [1234]],
  ['1 234 567,8', [1_234_567.8]],
  ['1’234.50', [1234.5]],
  ['1.234.567', [1_234_567]],
  ['−3,5', [-3.5]],
  ['１２', [12]],
  ['12\u200B', [12]],
  ['1,234', [1234, 1.234]],
  ['12,345', [12_345, 12.345]],
])('reads %s as %j', (text, meanings) => {
  expect(spelledNumber(text)).toEqual(meanings);
});

it.each(['12 pcs', '1.234.5', '1,23,456', '', '-', 'NaN', '4,5,6', '50%'])('doesn’t guess %j', (text) => {
  expect(spelledNumber(text)).toEqual([]);
});
