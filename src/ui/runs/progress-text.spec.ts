import { expect, test } from 'vitest';
import type { RunView } from '#engine/runs/run-view.ts';
import { stopText } from './progress-text.ts';
import { totalsOf } from '#ui/state/runs/spec-totals.ts';

test.each<[RunView['phase'], waiting: number, sent: number, RegExp]>([
  ['sending', 4, 2, /^Stopping sends nothing more/],
  ['stopping', 1652, 2, /^Stopping: checking 2 calls that were already sent\.$/],
  ['stopping', 1652, 1, /^Stopping: checking 1 call that was already sent\.$/],
  ['stopping', 1652, 0, /^Stopping: nothing has been sent\.$/],
  ['settling', 1652, 2, /^Stopping: checking 2 calls/],
  ['reading-back', 1652, 2, /^Stopping: checking 2 calls/],
  ['reading-back', 0, 20, /^Everything has been sent\./],
  ['settling', 0, 20, /^Everything has been sent\./],
])('%s with %i rows waiting and %i calls sent', (phase, waiting, sent, words) => {
  const totals = totalsOf({ waiting });
  expect(stopText({ phase, totals, calls: { sent, total: 20 } })).toMatch(words);
});
