import { expect, test } from 'vitest';
import { ago, clock, count, roughly } from './numbers.ts';

test.each([
  [0, '0 rows'],
  [1, '1 row'],
  [12345, '12,345 rows'],
])('%d as a count', (value, words) => expect(count(value, 'row')).toBe(words));

test.each([
  [0.2, 'under a second'],
  [1, 'about 1 second'],
  [89, 'about 89 seconds'],
  [200, 'about 3 minutes'],
  [9000, 'about 3 hours'],
])('%d seconds, roughly', (seconds, words) => expect(roughly(seconds)).toBe(words));

test.each([
  [-5, '0:00'],
  [7_000, '0:07'],
  [760_999, '12:40'],
  [3_729_000, '1:02:09'],
])('%d ms on the clock', (milliseconds, words) => expect(clock(milliseconds)).toBe(words));

test.each([
  [-5, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [59 * 60_000, '59 minutes ago'],
  [3_600_000, '1 hour ago'],
  [47 * 3_600_000, '1 day ago'],
  [29 * 24 * 3_600_000, '29 days ago'],
])('%d ms ago', (milliseconds, words) => expect(ago(milliseconds)).toBe(words));
