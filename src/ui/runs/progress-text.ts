import type { RunPhase, RunView } from '#engine/runs/run-view.ts';
import { count } from '#ui/components/numbers.ts';

const byPhase: Record<RunPhase, string> = {
  sending: 'Waiting for the server’s answers',
  stopping: 'Waiting for the answers to what is in flight',
  settling: 'Waiting for the server to finish',
  'reading-back': 'Verifying …',
  'cleaning-up': 'Removing temporary predictions …',
  deleting: 'Deleting …',
  finished: 'Finishing',
  interrupted: 'Interrupted',
};

/** What a run is waiting for: the engine’s reason if there is one, else by phase. */
export const waitingText = ({ phase, waitingFor }: RunView) => waitingFor ?? byPhase[phase];

/** The line beside the Stop button. A run with waiting rows that sends nothing has been stopped. */
export function stopText({ phase, calls, totals }: Pick<RunView, 'phase' | 'calls' | 'totals'>): string {
  if (phase === 'sending') return 'Stopping sends nothing more. What was sent stays sent, and is read back.';
  if (phase !== 'stopping' && totals.waiting === 0)
    return 'Everything has been sent. Sheaf is checking what was created.';
  if (calls.sent === 0) return 'Stopping: nothing has been sent.';
  return `Stopping: checking ${count(calls.sent, 'call')} that ${calls.sent === 1 ? 'was' : 'were'} already sent.`;
}
