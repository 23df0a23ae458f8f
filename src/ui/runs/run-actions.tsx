import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { RunView } from '#engine/runs/run-view.ts';
import { count } from '#ui/components/numbers.ts';
import type { Runs } from '#ui/state/use-runs.ts';
import { SendAgainDialog } from './send-again-dialog.tsx';
import { UndoDialog } from './undo-dialog.tsx';

interface RunActionsProps {
  view: RunView;
  runs: Runs;
  onNewBatch: () => void;
}

type OpenDialog = 'send-again' | 'undo' | 'remove-copies' | undefined;

/** What can be done with a run that isn’t going on. One button is the step forward: it comes first. */
export function RunActions({ view, runs, onNewBatch }: RunActionsProps) {
  const [dialog, setDialog] = useState<OpenDialog>();
  const { totals, phase, undo } = view;
  const close = () => setDialog(undefined);
  const isUndoOpen = undo !== undefined && !undo.isOver;
  const verified = totals.created + totals.duplicated;
  const actions: { words: string; act: () => void }[] = [];
  if (isUndoOpen) actions.push({ words: 'Go on deleting', act: () => runs.undo(view.id, 'interrupted') });
  else if (phase === 'interrupted') actions.push({ words: 'Resume', act: () => runs.start(view.id) });
  if (phase !== 'interrupted') {
    if (totals.unknown + totals['not-found'] > 0)
      actions.push({ words: 'Check again', act: () => runs.checkAgain(view.id) });
    const unsent = totals['never-sent'];
    const words = unsent === 1 ? 'Send the remaining row' : `Send the remaining ${count(unsent, 'row')}`;
    if (unsent > 0) actions.push({ words, act: () => runs.start(view.id) });
    if (totals['not-found'] > 0) actions.push({ words: 'Send again …', act: () => setDialog('send-again') });
    if (totals.duplicated > 0)
      actions.push({ words: 'Remove the extra copies …', act: () => setDialog('remove-copies') });
  }

  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, justifyContent: 'flex-end' }}>
      {actions.map(({ words, act }, index) => (
        <Button
          key={words}
          variant={index === 0 ? 'contained' : 'outlined'}
          disabled={runs.isRunning}
          onClick={act}
        >
          {words}
        </Button>
      ))}
      <Button
        variant={actions.length === 0 ? 'contained' : 'outlined'}
        onClick={onNewBatch}
        disabled={runs.isRunning}
      >
        New batch
      </Button>
      {verified > 0 && (
        <Button variant="text" color="error" disabled={runs.isRunning} onClick={() => setDialog('undo')}>
          Undo run …
        </Button>
      )}
      {dialog === 'send-again' && <SendAgainDialog view={view} runs={runs} onClose={close} />}
      {(dialog === 'undo' || dialog === 'remove-copies') && (
        <UndoDialog view={view} runs={runs} copiesOnly={dialog === 'remove-copies'} onClose={close} />
      )}
    </Box>
  );
}
