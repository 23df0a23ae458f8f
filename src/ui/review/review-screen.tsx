import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { href } from '#ui/state/route.ts';
import type { Runs } from '#ui/state/runs/use-runs.ts';
import type { Workbench } from '#ui/state/workbench.ts';
import { PlanReview } from './plan-review.tsx';
import { Problems } from './problems.tsx';
import { isBlank } from '#ui/state/text-on-screen.ts';

interface ReviewProps {
  workbench: Workbench;
  /** Waits until the engine has checked the current text. */
  settled: () => Promise<void>;
  runs: Runs;
  onSettings: () => void;
  /** Reviews the valid rows only. */
  onReviewValidRows: () => void;
}

/** Shows exactly what a run will do before it starts. */
export function ReviewScreen({ workbench, settled, runs, onSettings, onReviewValidRows }: ReviewProps) {
  return (
    <Box sx={{ height: 1 }}>
      <title>Review · Sheaf</title>
      {isBlank(workbench.text) ? (
        <EmptyState
          title="Nothing to review yet"
          action={
            <Button variant="contained" href={href({ at: 'import' })}>
              Import annotations
            </Button>
          }
        >
          Import a batch first. You’ll see here exactly what will be created before anything is sent.
        </EmptyState>
      ) : workbench.connection === undefined ? (
        <EmptyState
          title="Connect to a server first"
          action={
            <Button variant="contained" onClick={onSettings}>
              Connect
            </Button>
          }
        >
          The review depends on the server, its projects and your role.
        </EmptyState>
      ) : workbench.checked !== undefined &&
        workbench.checked.errors > 0 &&
        !(workbench.skipsInvalidRows && hasValidRows(workbench.checked)) ? (
        <Problems
          checked={workbench.checked}
          onReviewValidRows={hasValidRows(workbench.checked) ? onReviewValidRows : undefined}
        />
      ) : (
        <PlanReview workbench={workbench} settled={settled} runs={runs} />
      )}
    </Box>
  );
}

/** True if any row is valid. */
const hasValidRows = ({ format, sourceErrors, refused, entries }: CheckSummary) =>
  format !== 'unreadable' && sourceErrors === 0 && refused < entries;
