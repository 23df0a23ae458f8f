import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxTasks, readTaskRanges, shortTaskRanges, writeTaskRanges } from './task-ranges.ts';

describe('readTaskRanges', () => {
  it.each<[string, number[]]>([
    ['', []],
    [' , ', []],
    ['12', [12]],
    ['1-5', [1, 2, 3, 4, 5]],
    ['1-3, 60, 72', [1, 2, 3, 60, 72]],
    ['1 - 3', [1, 2, 3]],
    ['1–3', [1, 2, 3]],
    ['1—3', [1, 2, 3]],
    ['1 − 3', [1, 2, 3]],
    ['5\n6\r\n7', [5, 6, 7]],
    ['5;6 7\t8', [5, 6, 7, 8]],
    ['3, 1, 3', [3, 1, 3]],
    ['7-7', [7]],
    ['007', [7]],
    ['9007199254740991', [9007199254740991]],
  ])('%j', (text, ids) => {
    expect(readTaskRanges(text)).toEqual({ ids, problems: [] });
  });

  it.each([
    [
      'abc',
      'task-id-not-whole',
      '“abc” isn’t a valid task ID. Use a whole number such as 12, or a range such as 12-15.',
    ],
    [
      '1.5',
      'task-id-not-whole',
      '“1.5” isn’t a valid task ID. Use a whole number such as 12, or a range such as 12-15.',
    ],
    ['0', 'task-id-not-whole', undefined],
    ['-5', 'task-id-not-whole', undefined],
    ['1-2-3', 'task-id-not-whole', undefined],
    ['9007199254740993', 'task-id-not-whole', undefined],
    ['#12', 'task-id-not-whole', undefined],
    ['12-5', 'task-range-backwards', '12-5 runs backwards. Use 5-12.'],
    ['1-9999999999', 'task-range-too-long', '1-9999999999 has too many tasks. The limit is 1,000,000 tasks.'],
    ['1-1000000, 5', 'task-range-too-long', undefined],
  ])('%s: %s', (text, code, message) => {
    const { ids, problems } = readTaskRanges(text);
    expect(ids).toEqual([]);
    expect(problems).toMatchObject([{ code, ...(message && { message }) }]);
  });

  it('accepts as many tasks as a request may have', () => {
    expect(readTaskRanges(`1-${maxTasks}`).ids).toHaveLength(maxTasks);
  });

  it('quotes each invalid part', () => {
    expect(readTaskRanges('1, x, 5-2, y').problems.map(({ code }) => code)).toEqual([
      'task-id-not-whole',
      'task-range-backwards',
      'task-id-not-whole',
    ]);
  });
});

describe('writeTaskRanges', () => {
  it.each<[number[], string]>([
    [[], ''],
    [[12], '12'],
    [[1, 2], '1, 2'],
    [[1, 2, 3], '1-3'],
    [[1, 2, 3, 60, 72], '1-3, 60, 72'],
    [[3, 2, 1], '3, 2, 1'],
    [[5, 5, 6, 7], '5, 5-7'],
  ])('%j', (ids, text) => {
    expect(writeTaskRanges(ids)).toBe(text);
  });

  it('parses back to the same IDs in order', () => {
    const ids = fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 12 }),
        fc.maxSafeNat().filter((id) => id > 0),
      ),
    );
    fc.assert(
      fc.property(ids, (list) => {
        expect(readTaskRanges(writeTaskRanges(list)).ids).toEqual(list);
      }),
      { seed: 20260801 },
    );
  });
});

it.each<[number[], string]>([
  [[], 'no tasks'],
  [[12], '12 (1 task)'],
  [[1, 2, 3, 60], '1–3, 60 (4 tasks)'],
  [[1, 3, 5, 7, 9, 11], '1, 3, 5, 7, … (6 tasks)'],
  [Array.from({ length: 1500 }, (_, index) => index + 1), '1–1500 (1,500 tasks)'],
])('shortTaskRanges', (ids, text) => {
  expect(shortTaskRanges(ids)).toBe(text);
});
