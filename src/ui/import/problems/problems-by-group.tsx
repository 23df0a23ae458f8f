import { useRef, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import type { CheckSummary } from '#domain/check.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { count } from '#ui/components/numbers.ts';
import { useBatchActions } from '#ui/import/batch-context.tsx';
import { FixButtons } from './fix-buttons.tsx';
import { ProblemGroupList } from './problem-group-list.tsx';

interface ProblemsByGroupProps {
  checked: CheckSummary;
  /** Goes to a problem's place in the current view. */
  onGoTo: (problem: PlacedProblem) => void;
}

/** A dialog with the groups of all problems, for views that show one entry or some rows. */
export function ProblemsByGroup({ checked, onGoTo }: ProblemsByGroupProps) {
  const { fix } = useBatchActions();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [chosen, setChosen] = useState<PlacedProblem>();
  const list = useRef<HTMLDivElement>(null);
  const { problemGroups: groups, moreGroups } = checked;
  const inFront = Math.min(active, groups.length - 1);
  const first = groups[inFront]?.first;

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
        disabled={groups.length === 0 && !isOpen}
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
        // The dialog first returns the focus; only then can it move on.
        onTransitionExited={() => {
          if (chosen) onGoTo(chosen);
          setChosen(undefined);
        }}
      >
        <DialogTitle id="kinds-title" variant="h2">
          Problems by group
        </DialogTitle>
        <Box
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // Otherwise, Enter would also press the button that gets the focus back.
            event.preventDefault();
            go();
          }}
          sx={{ height: 'min(50vh, 360px)', borderTop: 1, borderBottom: 1, borderColor: 'divider' }}
        >
          {groups.length === 0 ? (
            <Box role="status" sx={{ p: 4, color: 'text.secondary' }}>
              No problems left.
            </Box>
          ) : (
            <ProblemGroupList ref={list} groups={groups} active={inFront} onActive={setActive} />
          )}
        </Box>
        {moreGroups > 0 && (
          <Box sx={{ px: 4, pt: 2, color: 'text.secondary', typography: 'body2' }}>
            {count(moreGroups, 'more group')} of problems aren’t listed.
          </Box>
        )}
        <DialogActions sx={{ flexWrap: 'wrap', rowGap: 2 }}>
          <FixButtons
            problem={first}
            onFix={(...asked) => {
              // The button is removed together with the problem.
              list.current?.focus();
              fix(...asked);
            }}
          />
          {first && <Button onClick={go}>Go to the first one</Button>}
          <Button onClick={() => setOpen(false)}>Close</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
