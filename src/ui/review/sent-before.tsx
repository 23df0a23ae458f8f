import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { actionBelow } from '#ui/components/feedback/action-below.ts';
import { count, when } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';

interface SentBeforeProps {
  sentBefore: PlanView['sentBefore'];
  /** True if these rows are skipped. */
  areSkipped: boolean;
  onSkip: (skip: boolean) => void;
}

/** Rows of this batch that were sent by runs of this browser, from any tab or file. */
export function SentBefore({ sentBefore, areSkipped, onSkip }: SentBeforeProps) {
  const rows = sentBefore.reduce((sum, run) => sum + run.rows, 0);
  return (
    <Alert
      severity={areSkipped ? 'info' : 'warning'}
      sx={actionBelow}
      action={
        <Button size="small" variant="outlined" onClick={() => onSkip(!areSkipped)}>
          {areSkipped ? 'Send them, too' : `Skip ${count(rows, 'row')}`}
        </Button>
      }
    >
      {sentBefore.map(({ id, fileName, startedAt, rows: some }) => (
        <Box key={id}>
          {count(some, 'row')} of this batch {some === 1 ? 'was' : 'were'} already sent on {when(startedAt)}{' '}
          by the run <a href={href({ at: 'run', id })}>{fileName ?? 'of a pasted batch'}</a>
          {areSkipped ? ', and will be skipped.' : '. Sending them again creates duplicates.'}
        </Box>
      ))}
    </Alert>
  );
}
