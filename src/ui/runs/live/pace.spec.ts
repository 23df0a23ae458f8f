import { expect, test } from 'vitest';
import { paceOf, withSample, type PaceSample } from './pace.ts';

const run = (rows: number[], everyMs = 1000) =>
  rows.reduce<PaceSample[]>(
    (samples, some, index) => withSample(samples, { at: index * everyMs, rows: some }),
    [],
  );

test('computes speed and time left from the last seconds', () => {
  expect(paceOf(run([0, 50, 100, 150]), 3000, 100)).toEqual({ perSecond: 50, secondsLeft: 2 });
  const slowed = run([
    ...Array.from({ length: 10 }, (_, second) => second * 100),
    ...Array(40).fill(900),
  ] as number[]);
  expect(paceOf(slowed, 49_000, 100)!.perSecond).toBeLessThan(25);
});

test('begins again when rows that weren’t sent are resumed', () => {
  expect(paceOf(run([0, 50, 100, 20, 40, 60]), 5000, 100)).toEqual({ perSecond: 20, secondsLeft: 5 });
});

test('gives nothing too early, and no time left without progress', () => {
  expect(paceOf(run([0, 50]), 1000, 100)).toBeUndefined();
  expect(paceOf(run([0, 0, 0, 0]), 3000, 100)).toEqual({ perSecond: 0, secondsLeft: undefined });
});
