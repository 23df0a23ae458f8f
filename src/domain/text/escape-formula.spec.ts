import { expect, it } from 'vitest';
import { escapeFormula, escapeFormulaInJson, mayBeFormula } from './escape-formula.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  ['＝1', "'＝1"],
  [' =1', "' =1"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ['\nx', "'\nx"],
  ['a;=1;-2', "a;'=1;'-2"],
  ['a; b', 'a; b'],
  ['a=b-c', 'a=b-c'],
  ['', ''],
])('%j is written as %j', (words, cell) => {
  expect(escapeFormula(words)).toBe(cell);
  expect(mayBeFormula(words)).toBe(words !== cell);
});

it.each([
  ['["=1"]', '["=1"]'],
  ['["a;=1","b; @c"]', String.raw`["a;\u003d1","b; \u0040c"]`],
  ['["a;＝"]', String.raw`["a;\uff1d"]`],
])('the list %s is written as %s and means the same', (list, cell) => {
  expect(escapeFormulaInJson(list)).toBe(cell);
  expect(mayBeFormula(cell)).toBe(false);
  expect(JSON.parse(cell)).toEqual(JSON.parse(list));
});
