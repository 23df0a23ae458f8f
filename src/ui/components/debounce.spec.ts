import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDebounce } from './debounce.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('runs the last of several calls once, after the pause', () => {
  const done: string[] = [];
  const later = createDebounce(100);
  later.call(() => done.push('first'));
  vi.advanceTimersByTime(90);
  later.call(() => done.push('second'));
  vi.advanceTimersByTime(90);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(10);
  expect(done).toEqual(['second']);
});

test('runs at once when flushed, and not again', () => {
  const done: string[] = [];
  const later = createDebounce(100);
  later.call(() => done.push('work'));
  expect(later.isWaiting()).toBe(true);
  later.flush();
  vi.advanceTimersByTime(200);
  later.flush();
  expect(done).toEqual(['work']);
  expect(later.isWaiting()).toBe(false);
});
