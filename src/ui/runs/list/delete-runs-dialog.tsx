import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { count } from '#ui/components/numbers.ts';

interface DeleteRunsDialogProps {
  runs: ListedRun[];
  onDelete: () => void;
  onClose: () => void;
}

/** Asks before runs are deleted from this browser. The annotations stay on the server. */
export function DeleteRunsDialog({ runs, onDelete, onClose }: DeleteRunsDialogProps) {
  const [first] = runs;
  const what = runs.length === 1 ? `“${first!.fileName ?? 'Pasted batch'}”` : count(runs.length, 'run');
  return (
    <Dialog open onClose={onClose} aria-labelledby="delete-runs-title">
      <DialogTitle id="delete-runs-title" variant="h2">
        Delete {what} from this browser?
      </DialogTitle>
      <DialogContent>
        The annotations stay on the server. Without the run Sheaf can’t undo or resume it, nor recognise its
        rows when they are imported again.
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" color="error" onClick={onDelete}>
          Delete
        </Button>
      </DialogActions>
    </Dialog>
  );
}
