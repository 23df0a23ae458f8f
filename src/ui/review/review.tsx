import type { Runs } from '../shared/use-runs.ts';
import type { Workbench } from '../shared/workbench.ts';

interface ReviewProps {
  bench: Workbench;
  /** Waits until the engine knows the text as it stands. */
  settled: () => Promise<void>;
  runs: Runs;
  onSettings: () => void;
}

export function Review(_: ReviewProps) {
  return <p>Review</p>;
}
