import type { Speed } from '#domain/results/activity.ts';

export interface SpeedCurve {
  /** When the first and the last point is. */
  from: number;
  to: number;
  /** Rows per second, oldest first. */
  points: number[];
  highest: number;
  average: number;
}

/** Spans that each point is the average of: answers come in lumps. */
const averaged = 4;

/** The speed over a run up to `now`, with zeros since the last answer. */
export function speedCurve({ from, spanMs, rows }: Speed, now: number): SpeedCurve {
  // The span that goes on is not over, so it would look slow.
  const spans = Math.max(1, Math.floor((now - from) / spanMs));
  const whole = Array.from({ length: spans }, (_, span) => rows[span] ?? 0);
  const points = whole.map((_, end) => {
    const some = whole.slice(Math.max(0, end - averaged + 1), end + 1);
    return (sum(some) / some.length / spanMs) * 1000;
  });
  return {
    from,
    to: from + spans * spanMs,
    points,
    highest: Math.max(...points),
    average: (sum(whole) / spans / spanMs) * 1000,
  };
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
