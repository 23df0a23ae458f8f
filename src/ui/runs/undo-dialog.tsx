import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import type { RunView } from '#engine/runs/run-view.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { Runs } from '#ui/state/runs/use-runs.ts';
import { allRows } from '#ui/state/runs/all-rows.ts';

interface UndoDialogProps {
  view: RunView;
  runs: Runs;
  /** Keeps the first annotation of each row and deletes the others. */
  copiesOnly: boolean;
  onClose: () => void;
}

/** How often a run is tried again that another tab executes. */
const retryMs = 1000;

const isElsewhere = (error: Error | null) => error?.name === 'ExecutedElsewhere';

/** Compares the run with the server, and shows what would be deleted and kept before deleting. */
export function UndoDialog({ view, runs, copiesOnly, onClose }: UndoDialogProps) {
  const engine = useEngine();
  const [waitingFor, setWaitingFor] = useState<string>();
  const choice = { query: allRows, copiesOnly };
  const { data, error, failureReason } = useQuery({
    queryKey: ['undo', view.id, copiesOnly],
    queryFn: () => engine.runs.undoPreview(view.id, choice, (now) => setWaitingFor(now.waitingFor)),
    gcTime: 0,
    staleTime: 0,
    retry: (_, reason) => isElsewhere(reason),
    retryDelay: retryMs,
  });
  const deletes = data?.deletes ?? 0;

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="undo-title">
      <DialogTitle id="undo-title" variant="h2">
        {copiesOnly ? 'Remove the extra copies?' : 'Undo this run?'}
      </DialogTitle>
      <DialogContent>
        {error && <Alert severity="error">{error.message}</Alert>}
        {!error && !data && (
          <Waiting>
            {isElsewhere(failureReason)
              ? 'Another tab is working on this run. Waiting for it …'
              : (waitingFor ?? 'Comparing with the server …')}
          </Waiting>
        )}
        {data && (
          <>
            <Typography>
              {deletes === 0
                ? 'There is nothing to delete.'
                : `${count(deletes, 'annotation')} will be deleted from ${view.plan.server}. ${
                    copiesOnly ? 'The first one of each row stays. ' : ''
                  }This can’t be undone.`}
            </Typography>
            {data.gone > 0 && (
              <Typography sx={{ mt: 2 }}>
                {count(data.gone, 'annotation')} of it was deleted already.
              </Typography>
            )}
            {data.kept.length > 0 && (
              <Box component="ul" aria-label="What is kept" sx={{ mt: 2, mb: 0, pl: 5 }}>
                {data.kept.map(({ reason, rows }) => (
                  <li key={reason}>
                    {figure(rows)} kept: {reason}
                  </li>
                ))}
              </Box>
            )}
            <Typography variant="body2" sx={{ mt: 3, color: 'text.secondary' }}>
              Only annotations of this run are deleted that are unchanged since they were verified. What
              someone changes in this very moment can’t be noticed.
            </Typography>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="contained"
          color="error"
          disabled={deletes === 0 || runs.isRunning}
          onClick={() => {
            onClose();
            runs.undo(view.id, choice);
          }}
        >
          {data ? `Delete ${count(deletes, 'annotation')}` : 'Delete'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
