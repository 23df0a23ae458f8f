import { describe, expect, it } from 'vitest';
import { ExactNumber } from '#wire/json/json.ts';
import { count } from './figures.ts';
import {
  describeValue,
  closestName,
  shorten,
  sizeInWords,
  describeValueAtStart,
  excerpt,
  isoDay,
} from './words.ts';

describe('found', () => {
  it.each([
    [null, 'null'],
    [true, 'true'],
    [1.5, '1.5'],
    [new ExactNumber('9007199254740993'), '9007199254740993'],
    ['abc', '“abc”'],
    ['', 'empty text'],
    ['a\n  b', '“a b”'],
    [[], 'an empty list'],
    [[1], 'a list'],
    [{}, 'an object'],
  ])('%j is called %s', (value, words) => {
    expect(describeValue(value)).toBe(words);
  });
});

it.each([
  [[], 'An empty list'],
  [[1], 'A list'],
  [{}, 'An object'],
  ['', 'Empty text'],
  ['a list', '“a list”'],
  [null, 'null'],
  [false, 'false'],
  [5, '5'],
])('%j at the start of a sentence is called %s', (value, words) => {
  expect(describeValueAtStart(value)).toBe(words);
});

describe('shorten', () => {
  it.each([
    ['12345', 5, '12345'],
    ['123456', 5, '1234…'],
    ['abc😀def', 5, 'abc…'],
    ['  a  b ', 5, 'a b'],
  ])('%j to %i: %s', (text, most, short) => {
    expect(shorten(text, most)).toBe(short);
  });
});

it.each([
  [1, '1 task'],
  [2, '2 tasks'],
  [1_000_000, '1,000,000 tasks'],
])('%i tasks are counted as %s', (number, words) => {
  expect(count(number, 'task')).toBe(words);
});

describe('nearest', () => {
  const names = [
    'tasks',
    'task',
    'selected_items',
    'ground_truth',
    'lead_time',
    'result',
    'import_id',
    'item',
  ];

  it.each([
    ['selectedItems', 'selected_items'],
    ['Selected-Items', 'selected_items'],
    ['ground truth', 'ground_truth'],
    ['leadtime', 'lead_time'],
    ['results', 'result'],
    ['reslut', 'result'],
    ['taks', 'tasks'],
    ['itme', 'item'],
    ['itxm', 'item'],
    ['ixxm', undefined],
    ['Tasks', 'tasks'],
    ['importid', 'import_id'],
    ['project', undefined],
    ['sel', 'selected_items'],
    ['tas', 'task'],
    ['id', undefined],
    ['x', undefined],
    ['', undefined],
  ])('%s: %s', (typed, meant) => {
    expect(closestName(typed, names)).toBe(meant);
  });
});

it.each([
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1_234_567, '1.23 MB'],
  [500_000_000, '500 MB'],
  [3_221_225_472, '3.22 GB'],
  [5_000_000_000_000, '5,000 GB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});

it.each([
  ['abc', 3, 'abc'],
  ['a\nbcd', 3, 'a\nb… (5 characters)'],
  ['ab😀d', 3, 'ab… (5 characters)'],
])('the excerpt of “%s” with %i characters', (text, max, words) => {
  expect(excerpt(text, max)).toBe(words);
});

it('isoDay is the local day, also just after midnight', () => {
  expect(isoDay(new Date(2026, 10, 28, 0, 30).getTime())).toBe('2026-11-28');
});
