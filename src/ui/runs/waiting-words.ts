import type { RunPhase, RunView } from '#engine/runs/run-view.ts';

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
export const waitingWords = ({ phase, waitingFor }: RunView) => waitingFor ?? byPhase[phase];
