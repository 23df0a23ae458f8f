import { useState, type ReactNode } from 'react';
import UndoIcon from '@mui/icons-material/UndoOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { RunView } from '#engine/runs/run-view.ts';
import { count } from '#ui/components/numbers.ts';
import type { Runs } from '#ui/state/runs/use-runs.ts';
import { SendAgainDialog } from './send-again-dialog.tsx';
import { UndoDialog } from './undo-dialog.tsx';

interface RunActionsProps {
  view: RunView;
  runs: Runs;
  onNewBatch: () => void;
  /** Further actions, before the last one. */
  children?: ReactNode;
}

type OpenDialog = 'send-again' | 'undo' | 'remove-copies' | undefined;

/** The actions for a run that isn’t running. The primary action comes last. */
export function RunActions({ view, runs, onNewBatch, children }: RunActionsProps) {
  const [dialog, setDialog] = useState<OpenDialog>();
  const { totals, phase, undo, secondLookAt, resumable } = view;
  const close = () => setDialog(undefined);
  const isUndoOpen = undo !== undefined && !undo.isOver;
  const verified = totals.created + totals.duplicated;
  const actions: { words: string; act: () => void }[] = [];
  if (isUndoOpen) actions.push({ words: 'Go on deleting', act: () => runs.undo(view.id, 'interrupted') });
  else if (phase === 'interrupted') {
    actions.push({ words: 'Resume', act: () => runs.start(view.id) });
    if (runs.errorOf(view.id)?.name === 'LabelsChanged')
      actions.push({ words: 'Check again', act: () => runs.checkAgain(view.id) });
  }
  if (phase !== 'interrupted') {
    if (totals.unknown + totals['not-found'] > 0)
      actions.push({ words: 'Check again', act: () => runs.checkAgain(view.id) });
    const unsent = totals['never-sent'] + resumable;
    const words = unsent === 1 ? 'Send the remaining row' : `Send the remaining ${count(unsent, 'row')}`;
    if (unsent > 0) actions.push({ words, act: () => runs.start(view.id) });
    if (totals['not-found'] > resumable)
      actions.push({ words: 'Send again…', act: () => setDialog('send-again') });
    if (totals.duplicated > 0)
      actions.push({ words: 'Keep the first, delete the others…', act: () => setDialog('remove-copies') });
  }

  const isDone = actions.length === 0;
  // The tab that sent the run may have been closed before its second look.
  const isLookDue = isDone && secondLookAt !== undefined;

  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, justifyContent: 'flex-end' }}>
      {verified > 0 && (
        <Button
          variant="outlined"
          startIcon={<UndoIcon />}
          disabled={runs.isRunning}
          onClick={() => setDialog('undo')}
        >
          Undo run…
        </Button>
      )}
      {children}
      {isLookDue && (
        <Button variant="outlined" disabled={runs.isRunning} onClick={() => runs.checkAgain(view.id)}>
          Check again
        </Button>
      )}
      {isDone || (
        <Button variant="outlined" onClick={onNewBatch} disabled={runs.isRunning}>
          New import
        </Button>
      )}
      {actions.toReversed().map(({ words, act }, index) => (
        <Button
          key={words}
          variant={index === actions.length - 1 ? 'contained' : 'outlined'}
          disabled={runs.isRunning}
          onClick={act}
        >
          {words}
        </Button>
      ))}
      {isDone && (
        <Button variant="contained" onClick={onNewBatch} disabled={runs.isRunning}>
          New import
        </Button>
      )}
      {dialog === 'send-again' && <SendAgainDialog view={view} runs={runs} onClose={close} />}
      {(dialog === 'undo' || dialog === 'remove-copies') && (
        <UndoDialog view={view} runs={runs} copiesOnly={dialog === 'remove-copies'} onClose={close} />
      )}
    </Box>
  );
}
