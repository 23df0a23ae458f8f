import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import type { RunView } from '#engine/runs/run-view.ts';
import { count, dayAndTime } from '#ui/components/numbers.ts';
import type { Runs } from '#ui/state/runs/use-runs.ts';
import { allRows } from '#ui/state/runs/all-rows.ts';

interface SendAgainDialogProps {
  view: RunView;
  runs: Runs;
  onClose: () => void;
}

/** Shows the facts before sending rows again that may still appear on the server. */
export function SendAgainDialog({ view, runs, onClose }: SendAgainDialogProps) {
  const rows = view.totals['not-found'];
  const { notFoundAt: at } = view;
  return (
    <Dialog open onClose={onClose} aria-labelledby="send-again-title">
      <DialogTitle id="send-again-title" variant="h2">
        Send {count(rows, 'row')} again?
      </DialogTitle>
      <DialogContent>
        <Typography>
          {rows === 1 ? 'It was sent, and wasn’t on its task' : 'They were sent, and weren’t on their tasks'}{' '}
          when Sheaf last looked
          {at !== undefined && ` (${dayAndTime(at)})`}. The server may have been slow, or have shown an old
          state.
        </Typography>
        <Typography sx={{ mt: 3 }}>
          “Check again” first costs nothing. If an earlier copy still appears after you send again, the row
          becomes “Duplicated”, and the extra copy can be removed here.
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="contained"
          onClick={() => {
            onClose();
            runs.sendAgain(view.id, { ...allRows, states: ['not-found'] });
          }}
        >
          Send {count(rows, 'row')} again
        </Button>
      </DialogActions>
    </Dialog>
  );
}
