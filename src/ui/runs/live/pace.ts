import type { RunTotals } from '#domain/results/account.ts';

/** How many rows were answered at a moment. */
export interface PaceSample {
  at: number;
  rows: number;
}

/** Samples older than this no longer count. */
const windowMs = 20_000;
/** A shorter time says little about the speed. */
const leastMs = 2000;

/** Rows that were sent and answered, or are done in any other way than by the plan. */
export const answeredRows = (totals: RunTotals): number =>
  Object.values(totals).reduce((sum, rows) => sum + rows, 0) -
  totals.waiting -
  totals['in-flight'] -
  totals.skipped;

/** Adds what is known now, and drops what is too old. */
export function withSample(samples: readonly PaceSample[], sample: PaceSample): PaceSample[] {
  const recent = samples.filter(({ at }, index) => {
    const isLast = index === samples.length - 1;
    return isLast || at >= sample.at - windowMs;
  });
  return recent.at(-1)?.rows === sample.rows && recent.length > 1 ? recent : [...recent, sample];
}

/** Rows per second lately, and the seconds left at that speed; undefined while too little is known. */
export function paceOf(
  samples: readonly PaceSample[],
  now: number,
  left: number,
): { perSecond: number; secondsLeft: number | undefined } | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || now - first.at < leastMs) return undefined;
  const perSecond = ((last.rows - first.rows) * 1000) / (now - first.at);
  return { perSecond, secondsLeft: perSecond > 0 ? left / perSecond : undefined };
}
