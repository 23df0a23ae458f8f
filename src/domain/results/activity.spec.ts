import { describe, expect, it, test } from 'vitest';
import { limits } from '#wire/limits.ts';
import { Activity } from './activity.ts';
import type { RunEvent } from './run-event.ts';
import { event } from './spec-run.ts';

const started = (at: number): RunEvent => ({ type: 'started', at });
const words = (events: RunEvent[]) =>
  Activity.of(events)
    .list()
    .map((entry) => entry.words);

describe('the activity log', () => {
  it('lists sentences, newest first', () => {
    const events: RunEvent[] = [
      started(0),
      event.sent(1, [0, 1, 2, 3]),
      event.refusal(1, 'too large', 413),
      event.readBack([0, 1, 2, 3], [[], [], [], []]),
      event.queued([0, 1, 2, 3]),
      event.sent(2, [0, 1]),
      event.answered(2, [7, 8]),
      { type: 'throttled', at: 5, seconds: 30, asked: true },
      { type: 'token-renewed', at: 6 },
      { type: 'stopped', at: 7, by: 'another-tab' },
      event.readBack([0, 1], [[7], [8, 9]]),
      event.leftUnsent([2, 3], 'Not sent: run stopped.'),
      { type: 'finished', at: 9 },
      started(10),
    ];
    expect(words(events)).toEqual([
      'Continued',
      'Finished',
      '2 rows not sent: run stopped.',
      '1 task has the annotation more than once',
      'Stopped from another tab',
      'Access token renewed',
      'Waiting 30 seconds, as the server asked',
      'First 2 annotations created',
      '4 rows are sent again, because you asked for it',
      'Checked 4 rows on the server',
      'Too large for the server: 2 tasks at a time from here',
      'Started. The plan is saved in this browser',
    ]);
  });

  it('joins consecutive similar lines', () => {
    const refused = (row: number) => [
      event.sent(row, [row]),
      event.refused([row], `Task ${row} was deleted.`),
    ];
    expect(words([started(0), ...refused(1), ...refused(2), ...refused(3)])[0]).toBe(
      '3 rows refused: Task 3 was deleted.',
    );
    expect(words([started(0), ...refused(411)])[0]).toBe('Row 412 refused: Task 411 was deleted.');
  });

  it('keeps the start and the latest lines of a long run', () => {
    const events = Array.from({ length: 1000 }, (_, index): RunEvent[] => [
      event.unread([index]),
      event.notFound([index]),
    ]);
    const activity = Activity.of([started(0), ...events.flat()]);
    expect(activity.list()).toHaveLength(limits.listedActivity);
    expect(activity.list().at(-1)!.words).toMatch(/^Started/);
    expect(activity.list().length + activity.earlier).toBe(2001);
  });
});

const call = (id: number, rows: number, at: number): RunEvent[] => [
  event.sent(
    id,
    Array.from({ length: rows }, (_, row) => row),
  ),
  { type: 'call-answered', call: id, at, ids: [] },
];

test('counts answered rows per second, with zeros for idle seconds', () => {
  const events = [started(0), ...call(1, 100, 1000), ...call(2, 50, 1900), ...call(3, 20, 4100)];
  expect(Activity.of(events).speed).toEqual({ from: 1000, spanMs: 1000, rows: [150, 0, 0, 20] });
  expect(Activity.of([...events, started(9000)]).speed).toBeUndefined();
});

test('has a bounded number of longer spans in a long run', () => {
  const activity = Activity.of(
    Array.from({ length: 5000 }, (_, index) => call(index, 1, index * 1000)).flat(),
  );
  const { rows, spanMs } = activity.speed!;
  expect(rows.length).toBeLessThanOrEqual(limits.speedSpans);
  expect(rows.reduce((sum, some) => sum + some, 0)).toBe(5000);
  expect(spanMs).toBe(64_000);
});

test('has some of the latest rows of each call, newest first', () => {
  const calls = [
    event.sent(
      1,
      Array.from({ length: 100 }, (_, row) => row),
    ),
    event.sent(2, [200, 201]),
  ];
  expect(Activity.of(calls).latestRows().slice(0, 4)).toEqual([200, 201, 0, 1]);
  expect(
    Activity.of(Array.from({ length: 500 }, (_, row) => event.sent(row, [row]))).latestRows(),
  ).toHaveLength(limits.liveRows);
});
