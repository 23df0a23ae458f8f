import type { RunTotals } from '#domain/results/account.ts';

/** Number of answered rows at a moment. */
export interface PaceSample {
  at: number;
  rows: number;
}

/** Older samples are dropped. */
const windowMs = 20_000;
/** A shorter time says little about the speed. */
const minMs = 2000;

/** Rows that were sent and answered, or finished in another way. */
export const answeredRows = (totals: RunTotals): number =>
  Object.values(totals).reduce((sum, rows) => sum + rows, 0) -
  totals.waiting -
  totals['in-flight'] -
  totals.skipped;

/** Adds the current sample, and drops old ones: all of them once rows wait again. */
export function withSample(samples: readonly PaceSample[], sample: PaceSample): PaceSample[] {
  if (sample.rows < (samples.at(-1)?.rows ?? 0)) return [sample];
  const recent = samples.filter(({ at }, index) => {
    const isLast = index === samples.length - 1;
    return isLast || at >= sample.at - windowMs;
  });
  return recent.at(-1)?.rows === sample.rows && recent.length > 1 ? recent : [...recent, sample];
}

/** Recent rows per second, and the seconds left at that speed; undefined while unknown. */
export function paceOf(
  samples: readonly PaceSample[],
  now: number,
  left: number,
): { perSecond: number; secondsLeft: number | undefined } | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || now - first.at < minMs) return undefined;
  const perSecond = ((last.rows - first.rows) * 1000) / (now - first.at);
  return { perSecond, secondsLeft: perSecond > 0 ? left / perSecond : undefined };
}
