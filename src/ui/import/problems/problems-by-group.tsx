import type { PlacedProblem } from '#wire/problem.ts';
import { useRef, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import type { CheckSummary } from '#domain/check.ts';
import { FixButtons, type OnFix } from './fix-buttons.tsx';
import { ProblemGroupList } from './problem-group-list.tsx';

interface ProblemsByGroupProps {
  checked: CheckSummary;
  /** Leads to a problem, wherever it is shown here. */
  onGoTo: (problem: PlacedProblem) => void;
  onFix: OnFix;
}

/** The problems of the whole batch by kinds, for views that show one request or some rows of it. */
export function ProblemsByGroup({ checked, onGoTo, onFix }: ProblemsByGroupProps) {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [chosen, setChosen] = useState<PlacedProblem>();
  const list = useRef<HTMLDivElement>(null);
  const { kinds } = checked;
  const inFront = Math.min(active, kinds.length - 1);
  const first = kinds[inFront]?.first;

  function go() {
    setChosen(first);
    setOpen(false);
  }

  return (
    <>
      <Button
        size="small"
        aria-label="Problems by group"
        title="Problems by group"
        disabled={kinds.length === 0 && !isOpen}
        onClick={() => setOpen(true)}
      >
        Problems
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        aria-labelledby="kinds-title"
        maxWidth="md"
        fullWidth
        // The dialog first gives the focus back, and then it may go elsewhere.
        onTransitionExited={() => {
          if (chosen) onGoTo(chosen);
          setChosen(undefined);
        }}
      >
        <DialogTitle id="kinds-title" variant="h2">
          Problems by group
        </DialogTitle>
        <Box sx={{ height: 'min(50vh, 360px)', borderTop: 1, borderBottom: 1, borderColor: 'divider' }}>
          {kinds.length === 0 ? (
            <Box role="status" sx={{ p: 4, color: 'text.secondary' }}>
              No problems left.
            </Box>
          ) : (
            <ProblemGroupList
              ref={list}
              kinds={kinds}
              active={inFront}
              onActive={setActive}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                // Or it would press the button that gets the focus back.
                event.preventDefault();
                go();
              }}
            />
          )}
        </Box>
        <DialogActions sx={{ flexWrap: 'wrap', rowGap: 2 }}>
          <FixButtons
            problem={first}
            onFix={(...asked) => {
              // The button goes with the problem.
              list.current?.focus();
              onFix(...asked);
            }}
          />
          {first && <Button onClick={go}>Go to the first one</Button>}
          <Button onClick={() => setOpen(false)}>Close</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
