import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { href } from '#ui/state/route.ts';
import type { Runs } from '#ui/state/runs/use-runs.ts';
import type { Workbench } from '#ui/state/workbench-state.ts';
import { isBlank } from '#ui/state/text-on-screen.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { PlanReview } from './plan-review.tsx';
import type { BatchChecks } from './use-review.ts';

interface ReviewProps {
  workbench: Workbench;
  checks: BatchChecks;
  runs: Runs;
  onSettings: () => void;
  /** Reviews the valid rows only. */
  onReviewValidRows: () => void;
}

/** Shows exactly what a run will do before it starts. */
export function ReviewScreen({ workbench, checks, runs, onSettings, onReviewValidRows }: ReviewProps) {
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
        <PlanReview workbench={workbench} checks={checks} runs={runs} />
      )}
    </Box>
  );
}

/** True if any row is valid. */
const hasValidRows = ({ format, sourceErrors, refused, entries }: CheckSummary) =>
  format !== 'unreadable' && sourceErrors === 0 && refused < entries;

const shown = 5;

interface ProblemsProps {
  checked: CheckSummary;
  /** Reviews the valid rows only; undefined if there are none. */
  onReviewValidRows: (() => void) | undefined;
}

/** The errors that block the review. No row is skipped unless the user asks for it. */
function Problems({ checked, onReviewValidRows }: ProblemsProps) {
  const { errors, problems, entries, refused } = checked;
  const validRows = entries - refused;
  const first = problems.filter(({ severity }) => severity === 'error').slice(0, shown);
  return (
    <Box sx={{ maxWidth: 1000, mx: 'auto', px: { xs: 3, sm: 4 }, py: 5, display: 'grid', gap: 4 }}>
      <Typography variant="h1">Review</Typography>
      <Alert severity="error">
        <AlertTitle component="h2">{count(errors, 'problem')} to fix before anything can be sent</AlertTitle>
        <Box component="ul" sx={{ m: 0, pl: 5 }}>
          {first.map((problem) => (
            <li key={`${problem.from} ${problem.code} ${problem.message}`}>
              Line {figure(problem.line)}, column {figure(problem.column)}: {problem.message}
            </li>
          ))}
          {errors > first.length && <li>and {figure(errors - first.length)} more</li>}
        </Box>
      </Alert>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3 }}>
        <Button variant="contained" href={href({ at: 'import' })}>
          Fix them in Import
        </Button>
        {onReviewValidRows && (
          <Button variant="outlined" onClick={onReviewValidRows}>
            {validRows === 1 ? 'Review 1 valid row' : `Review ${figure(validRows)} valid rows`}
          </Button>
        )}
      </Box>
    </Box>
  );
}
