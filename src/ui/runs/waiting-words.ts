import type { RunPhase, RunView } from '#engine/engine.ts';

const byPhase: Record<RunPhase, string> = {
  sending: 'Waiting for the server’s answers',
  stopping: 'Waiting for the answers to what is in flight',
  'waiting-for-quiet': 'Waiting for the server to finish',
  'reading-back': 'Waiting for the tasks to be read back',
  finished: 'Finishing',
};

/** What a run is waiting for. The engine knows more than its phase where it waits long. */
export const waitingWords = ({ phase, waitingFor }: RunView) =>
  waitingFor === undefined ? byPhase[phase] : `Waiting: ${waitingFor}`;
