import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { figure } from '#ui/components/numbers.ts';
import type { TaskReading } from './use-project-tasks.ts';

/** Progress of reading the tasks, or why it failed. */
export function TaskReadingState({ reading }: { reading: TaskReading }) {
  const { isReading, progress, failure, read, cancel } = reading;
  if (isReading)
    return (
      <Box sx={{ display: 'grid', gap: 3, justifyItems: 'start' }}>
        <Box role="status">
          {progress === undefined
            ? 'Reading the project’s tasks …'
            : `Reading ${figure(progress.read)} of ${figure(progress.of)} tasks …`}
        </Box>
        <LinearProgress
          aria-label="Tasks read"
          variant={progress === undefined ? 'indeterminate' : 'determinate'}
          value={progress === undefined ? 0 : (100 * progress.read) / Math.max(1, progress.of)}
          sx={{ width: 1, maxWidth: 480 }}
        />
        <Button variant="outlined" size="small" onClick={cancel}>
          Cancel reading
        </Button>
      </Box>
    );
  if (failure === undefined || failure.kind === 'stopped')
    return (
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
        <span>
          {failure === undefined
            ? 'The project’s tasks haven’t been read.'
            : 'Reading was cancelled, so nothing is matched.'}
        </span>
        <Button variant="outlined" size="small" onClick={read}>
          Read the tasks
        </Button>
      </Box>
    );
  return (
    <FailureNotice failure={failure}>
      <Button variant="outlined" size="small" onClick={read}>
        Try again
      </Button>
    </FailureNotice>
  );
}
