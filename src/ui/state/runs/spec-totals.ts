import type { RunTotals } from '#domain/results/account.ts';

/** Run totals with these states; all others are 0. */
export const totalsOf = (some: Partial<RunTotals>): RunTotals => ({
  waiting: 0,
  'in-flight': 0,
  unconfirmed: 0,
  created: 0,
  skipped: 0,
  refused: 0,
  duplicated: 0,
  'never-sent': 0,
  'not-found': 0,
  unknown: 0,
  deleted: 0,
  ...some,
});
