import { expect, test } from 'vitest';
import { toErrors } from './to-errors.ts';

const problem = (field: string, severity: 'error' | 'warning' | 'info', message: string) => ({
  code: 'x',
  field,
  severity,
  message,
  path: [],
});

test('puts each problem at its field, lists included', () => {
  expect(
    toErrors([problem('taskIds', 'error', 'no task'), problem('result.2.json', 'warning', 'odd')]),
  ).toEqual({
    taskIds: { type: 'error', message: 'no task' },
    // oxlint-disable-next-line no-sparse-arrays
    result: [, , { json: { type: 'warning', message: 'odd' } }],
  });
});

test('keeps the gravest of a field, and of those the first', () => {
  const errors = toErrors([
    problem('leadTime', 'warning', 'a'),
    problem('leadTime', 'error', 'b'),
    problem('leadTime', 'error', 'c'),
  ]);
  expect(errors).toEqual({ leadTime: { type: 'error', message: 'b' } });
});

test('shows what is wrong with the result as a whole where it is chosen', () => {
  expect(toErrors([problem('result', 'error', 'no list')])).toEqual({
    hasResult: { type: 'error', message: 'no list' },
  });
});

test('leaves out what an answer shows of itself', () => {
  expect(toErrors([problem('answers.mood.of.day', 'error', 'nothing is chosen')])).toEqual({});
});

test('leaves out what belongs to no field', () => {
  expect(toErrors([problem('', 'error', 'all of it')])).toEqual({});
});
