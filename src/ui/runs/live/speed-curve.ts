import type { Speed } from '#domain/results/activity.ts';

export interface SpeedCurve {
  /** Time of the first and the last point. */
  from: number;
  to: number;
  /** Rows per second, oldest first. */
  points: number[];
  highest: number;
  average: number;
}

/** Each point is a moving average over this many spans, because answers arrive in bursts. */
const averaged = 4;

/** The speed of a run up to `now`, with zeros after the last answer. */
export function speedCurve({ from, spanMs, rows }: Speed, now: number): SpeedCurve {
  // The current span is incomplete, so it would look slow.
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
