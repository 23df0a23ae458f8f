import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { href } from '#ui/state/route.ts';
import { useRunView, type Runs } from '#ui/state/runs/use-runs.ts';
import { RunScreen } from './live/run-screen.tsx';
import { ResultsScreen } from './results/results-screen.tsx';

interface RunPageProps {
  runId: string;
  runs: Runs;
  /** The connected server’s address. */
  address: string | undefined;
  onNewBatch: () => void;
}

/** A run in progress, or its results. Checking again keeps the results visible. */
export function RunPage({ runId, runs, address, onNewBatch }: RunPageProps) {
  const { data: view } = useRunView(runId);
  if (view === undefined)
    return (
      <Box sx={{ p: 6 }}>
        <Waiting>Loading the run …</Waiting>
      </Box>
    );
  if (view === null) return <RunNotFound />;
  // The second look works on a run that has ended; its results stay visible.
  const isOver = view.endedAt !== undefined || view.phase === 'interrupted';
  return isOver || runs.workingOn === runId ? (
    <ResultsScreen view={view} runs={runs} onNewBatch={onNewBatch} isConnected={address === view.address} />
  ) : (
    <RunScreen view={view} error={runs.errorOf(runId)} onStop={() => runs.stop(runId)} />
  );
}

const RunNotFound = () => (
  <EmptyState
    title="Run not found in this browser"
    action={
      <Button variant="contained" href={href({ at: 'import' })}>
        Import annotations
      </Button>
    }
  >
    Runs are kept in the browser that made them, for 90 days unless pinned. The annotations it created are on
    the server.
  </EmptyState>
);
