import type { Runs } from '../shared/use-runs.ts';

interface ResultsProps {
  runId: string;
  runs: Runs;
  onNewBatch: () => void;
}

export function Results(_: ResultsProps) {
  return <p>Results</p>;
}
