import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import type { FieldProblem } from '#domain/form/read-form.ts';
import { fieldWords } from './field-words.ts';

interface LeaveDialogProps {
  /** What stands in the form and cannot be put into the text. None: there is nothing to ask. */
  problems: FieldProblem[];
  onStay: () => void;
  onLeave: () => void;
}

/** What cannot be put into the text would be lost with the form; nobody loses it unasked. */
export function LeaveDialog({ problems, onStay, onLeave }: LeaveDialogProps) {
  return (
    <Dialog open={problems.length > 0} onClose={onStay} aria-labelledby="leave-title">
      <DialogTitle id="leave-title" variant="h2">
        Part of this form isn’t in the batch yet
      </DialogTitle>
      <DialogContent>
        <Box component="ul" sx={{ m: 0, mb: 3, pl: 5 }}>
          {problems.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              {fieldWords(field)}
              {message}
            </li>
          ))}
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

/** The question that must be answered before the form is left, while it holds what the text cannot. */
export function useLeave(unwritten: FieldProblem[], onUnwritten: (problems: FieldProblem[]) => void) {
  const [leaving, setLeaving] = useState<() => void>();

  return {
    /** Does what takes the request out of the form, at once where nothing would be lost by it. */
    leave: (go: () => void) => (unwritten.length > 0 ? setLeaving(() => go) : go()),
    dialog: {
      problems: leaving ? unwritten : [],
      onStay: () => setLeaving(undefined),
      onLeave() {
        setLeaving(undefined);
        onUnwritten([]);
        leaving?.();
      },
    },
  };
}
