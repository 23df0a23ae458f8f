import { useState, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { count } from '#ui/components/numbers.ts';
import { nameOfRun } from './run-words.ts';

interface DeleteDialogProps {
  onDelete: (runs: ListedRun[]) => void;
  onClose: () => void;
}

/** Asks before a run is deleted from this browser. */
export function DeleteRunDialog({ run, onDelete, onClose }: DeleteDialogProps & { run: ListedRun }) {
  return (
    <Confirmation
      title={`Delete “${nameOfRun(run)}” from this browser?`}
      action="Delete"
      onDelete={() => onDelete([run])}
      onClose={onClose}
    />
  );
}

const dayMs = 24 * 60 * 60 * 1000;
const ages = [60, 30, 7, 0] as const;

/** Asks which runs to delete from this browser, by age. */
export function DeleteOldRunsDialog({ runs, onDelete, onClose }: DeleteDialogProps & { runs: ListedRun[] }) {
  const [now] = useState(Date.now);
  // A running run needs its journal.
  const deletable = runs.filter(({ isRunning }) => !isRunning);
  const olderThan = (days: number) =>
    days === 0
      ? deletable
      : deletable.filter(({ pinned, createdAt }) => !pinned && createdAt < now - days * dayMs);
  const [days, setDays] = useState<number>(() => ages.find((one) => olderThan(one).length > 0) ?? 0);
  const chosen = olderThan(days);
  return (
    <Confirmation
      title="Delete old runs from this browser?"
      action={`Delete ${count(chosen.length, 'run')}`}
      isDisabled={chosen.length === 0}
      onDelete={() => onDelete(chosen)}
      onClose={onClose}
    >
      <RadioGroup
        aria-label="Which runs"
        value={days}
        onChange={(_, value) => setDays(Number(value))}
        sx={{ mb: 3 }}
      >
        {ages.map((one) => (
          <FormControlLabel
            key={one}
            value={one}
            disabled={olderThan(one).length === 0}
            control={<Radio size="small" />}
            label={
              one === 0
                ? `All, pinned ones too (${count(olderThan(one).length, 'run')})`
                : `Older than ${one} days (${count(olderThan(one).length, 'run')})`
            }
          />
        ))}
      </RadioGroup>
    </Confirmation>
  );
}

interface ConfirmationProps {
  title: string;
  action: string;
  isDisabled?: boolean;
  onDelete: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Annotations stay on the server. */
function Confirmation({ title, action, isDisabled = false, onDelete, onClose, children }: ConfirmationProps) {
  return (
    <Dialog open onClose={onClose} aria-labelledby="delete-runs-title">
      <DialogTitle id="delete-runs-title" variant="h2">
        {title}
      </DialogTitle>
      <DialogContent>
        {children}
        The annotations stay on the server. Without the run Sheaf can’t undo or resume it, nor recognise its
        rows when they are imported again.
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" color="error" disabled={isDisabled} onClick={onDelete}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
