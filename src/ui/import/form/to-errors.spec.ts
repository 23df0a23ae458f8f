import { expect, test } from 'vitest';
import { toErrors } from './to-errors.ts';

const problem = (field: string, severity: 'error' | 'warning' | 'info', message: string) => ({
  code: 'x',
  field,
  severity,
  message,
  path: [],
});

test('assigns each problem to its field, including lists', () => {
  expect(
    toErrors([problem('taskIds', 'error', 'no task'), problem('result.2.json', 'warning', 'odd')]),
  ).toEqual({
    taskIds: { type: 'error', message: 'no task' },
    // oxlint-disable-next-line no-sparse-arrays
    result: [, , { json: { type: 'warning', message: 'odd' } }],
  });
});

test('keeps the first of the most severe problems of a field', () => {
  const errors = toErrors([
    problem('leadTime', 'warning', 'a'),
    problem('leadTime', 'error', 'b'),
    problem('leadTime', 'error', 'c'),
  ]);
  expect(errors).toEqual({ leadTime: { type: 'error', message: 'b' } });
});

test('shows problems of the whole result where it is chosen', () => {
  expect(toErrors([problem('result', 'error', 'no list')])).toEqual({
    hasResult: { type: 'error', message: 'no list' },
  });
});

test('skips problems that an answer shows itself', () => {
  expect(toErrors([problem('answers.mood.of.day', 'error', 'nothing is chosen')])).toEqual({});
});

test('skips problems without a field', () => {
  expect(toErrors([problem('', 'error', 'all of it')])).toEqual({});
});
