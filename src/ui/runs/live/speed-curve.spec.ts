import { expect, test } from 'vitest';
import { speedCurve } from './speed-curve.ts';

test('has a point for each second, and falls to zero without answers', () => {
  const speed = { from: 10_000, spanMs: 1000, rows: [100, 0, 100, 0] };
  expect(speedCurve(speed, 14_500).points).toEqual([100, 50, 200 / 3, 50]);
  expect(speedCurve(speed, 20_000).points.slice(-2)).toEqual([0, 0]);
  expect(speedCurve(speed, 20_000)).toMatchObject({ highest: 100, average: 20, from: 10_000, to: 20_000 });
});

test('gives rows per second for longer spans, too', () => {
  const speed = { from: 0, spanMs: 4000, rows: [400, 400] };
  expect(speedCurve(speed, 8000)).toMatchObject({ points: [100, 100], average: 100 });
});
