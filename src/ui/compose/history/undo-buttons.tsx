import type { KeyboardEvent } from 'react';
import RedoIcon from '@mui/icons-material/Redo';
import UndoIcon from '@mui/icons-material/Undo';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { BatchHistory } from './use-history.ts';

/** The ways back and forth in what was changed. */
export function UndoButtons({ history }: { history: BatchHistory }) {
  const { canUndo, canRedo } = history;
  return (
    <Box sx={{ display: 'flex', ml: 'auto' }}>
      <IconButton
        aria-label="Undo"
        title="Undo (Ctrl+Z)"
        disabled={!canUndo}
        onClick={() => void history.undo()}
      >
        <UndoIcon />
      </IconButton>
      <IconButton
        aria-label="Redo"
        title="Redo (Ctrl+Shift+Z)"
        disabled={!canRedo}
        onClick={() => void history.redo()}
      >
        <RedoIcon />
      </IconButton>
    </Box>
  );
}

/** The same by keys; undefined for any other key. */
export function undoByKey(
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
  { undo, redo }: Pick<BatchHistory, 'undo' | 'redo'>,
): (() => void) | undefined {
  if (!(ctrlKey || metaKey) || altKey) return undefined;
  if (key.toLowerCase() === 'y') return () => void redo();
  if (key.toLowerCase() === 'z') return () => void (shiftKey ? redo() : undo());
  return undefined;
}
