import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { RunView } from '#engine/runs/run-view.ts';
import { actionBelow } from '#ui/components/feedback/action-below.ts';
import { count, figure, timeOfDay } from '#ui/components/numbers.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';

interface RunNoticesProps {
  view: RunView;
  error: Error | undefined;
  /** Undefined while it is impossible. */
  onCleanUp: (() => void) | undefined;
}

/** Notices about a run. */
export function RunNotices({ view, error, onCleanUp }: RunNoticesProps) {
  const { phase, totals, plan, undo, suspects, extra, left, secondLookAt, uncounted } = view;
  const [cleanedUp, setCleanedUp] = useState('');
  const open = totals.waiting + totals['in-flight'] + totals.unconfirmed;
  return (
    <Box sx={{ display: 'grid', gap: 2, '&:empty': { display: 'none' } }}>
      {error && (
        <Alert severity="error">
          {error.message}
          {error.name === 'LabelsChanged' && ` ${afterLabelsChanged(phase)}`}
        </Alert>
      )}
      {phase === 'interrupted' && (!undo || undo.isOver) && (
        <Alert severity="warning">
          Interrupted at {figure(plan.rows - open)} of {figure(plan.rows)}. What was sent is checked before
          anything else is sent, so nothing is created twice.
        </Alert>
      )}
      {undo && !undo.isOver && (
        <Alert severity="warning">
          Deleting was interrupted. What is left is compared with the server again.
        </Alert>
      )}
      {undo?.isOver && undo.kept.length > 0 && (
        <Alert severity="info">
          {undo.kept.map(({ reason, rows }) => `${count(rows, 'row')} kept: ${reason}`).join(' ')}
        </Alert>
      )}
      {suspects > 0 && (
        <Alert severity="warning">
          {suspects === 1 ? '1 task has' : `${figure(suspects)} tasks have`} a new annotation without labels
          that may be a second copy of ours, or someone else’s. Look at {suspects === 1 ? 'it' : 'them'} in
          Label Studio.
        </Alert>
      )}
      {extra.length > 0 && (
        <Alert severity="warning">
          The server also created annotations on tasks that belong to no row: {extra.join(', ')}.
        </Alert>
      )}
      {uncounted > 0 && (
        <Alert severity="warning">
          {count(uncounted, 'annotation')} of this run {uncounted === 1 ? 'is' : 'are'} there, but Label
          Studio answered that it created none. Either the call arrived twice, or its database was busy; then
          it may not count {uncounted === 1 ? 'its task' : 'their tasks'} as labelled. If the number of
          labelled tasks in Label Studio is too small, undo the run and create it again while others aren’t
          saving.
        </Alert>
      )}
      {left && (
        <Alert
          severity="warning"
          sx={actionBelow}
          action={
            onCleanUp && (
              <Button
                size="small"
                variant="outlined"
                onClick={() => {
                  setCleanedUp(left.predictions > 0 ? predictionsDeleted : summaryRefreshed);
                  onCleanUp();
                }}
              >
                {left.isNeeded ? 'Delete them' : 'Try again'}
              </Button>
            )
          }
        >
          {left.predictions > 0 && predictionsLeft(left)}
          {left.unrefreshed.length > 0 && 'The project’s summary doesn’t count all of its annotations yet. '}
          {left.reason}
        </Alert>
      )}
      {!left && cleanedUp !== '' && (
        <Alert severity="success" role="status" ref={takeLostFocus} tabIndex={-1} sx={{ outline: 'none' }}>
          {cleanedUp}
        </Alert>
      )}
      {secondLookAt !== undefined && phase === 'finished' && (
        <Alert severity="info" icon={false}>
          At {timeOfDay(secondLookAt)} Sheaf looks once more for copies that the server created late. Keep
          this tab open, or use “Check again” another time.
        </Alert>
      )}
    </Box>
  );
}

/** What to do about rows that don’t fit the labels of their project any more. */
const afterLabelsChanged = (phase: RunView['phase']): string =>
  phase === 'interrupted'
    ? 'Restore the labels in Label Studio and resume. Or use “Check again”, which sends nothing; then export “Rows to fix”, correct them and import that file.'
    : 'Restore the labels in Label Studio, or export “Rows to fix”, correct them and import that file.';

const predictionsDeleted = 'The temporary predictions were deleted.';
const summaryRefreshed = 'The project’s summary counts all of its annotations now.';

const predictionsLeft = ({ predictions, isNeeded }: NonNullable<RunView['left']>): string =>
  isNeeded
    ? `${count(predictions, 'temporary prediction')} of this run ${predictions === 1 ? 'stays' : 'stay'} in the project, so that rows that aren’t verified can be sent again without creating any twice. Delete them if you won’t do that. `
    : `Up to ${count(predictions, 'temporary prediction')} of this run may still be in the project. `;
