import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import type { FieldProblem } from '#domain/form/read-form.ts';
import { figure } from '#ui/components/numbers.ts';
import { fieldWords } from './to-errors.ts';

interface LeaveDialogProps {
  /** Problems of the fields that would be lost. The dialog is closed if empty. */
  problems: FieldProblem[];
  onStay: () => void;
  onLeave: () => void;
}

const maxListed = 20;

/** Asks before fields that can’t be written into the text are discarded. */
export function LeaveDialog({ problems, onStay, onLeave }: LeaveDialogProps) {
  return (
    <Dialog open={problems.length > 0} onClose={onStay} aria-labelledby="leave-title">
      <DialogTitle id="leave-title" variant="h2">
        Part of this form isn’t in the batch yet
      </DialogTitle>
      <DialogContent>
        <Box component="ul" sx={{ m: 0, mb: 3, pl: 5 }}>
          {problems.slice(0, maxListed).map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              {fieldWords(field)}
              {message}
            </li>
          ))}
          {problems.length > maxListed && <li>{figure(problems.length - maxListed)} more</li>}
        </Box>
        If you leave now, these changes are lost.
      </DialogContent>
      <DialogActions>
        <Button onClick={onLeave}>Leave anyway</Button>
        <Button variant="contained" autoFocus onClick={onStay}>
          Keep editing
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Asks before leaving the form while some of its fields can’t be written into the text. */
export function useLeaveGuard(unsaved: FieldProblem[], onUnsaved: (problems: FieldProblem[]) => void) {
  const [leaving, setLeaving] = useState<() => void>();

  return {
    /** Runs `go` at once if nothing would be lost, otherwise after confirmation. */
    leave: (go: () => void) => (unsaved.length > 0 ? setLeaving(() => go) : go()),
    dialog: {
      problems: leaving ? unsaved : [],
      onStay: () => setLeaving(undefined),
      onLeave() {
        setLeaving(undefined);
        onUnsaved([]);
        leaving?.();
      },
    },
  };
}

export type LeaveGuard = ReturnType<typeof useLeaveGuard>;
