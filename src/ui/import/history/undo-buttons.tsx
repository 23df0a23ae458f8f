import RedoIcon from '@mui/icons-material/Redo';
import UndoIcon from '@mui/icons-material/Undo';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';

interface UndoActions {
  canUndo: boolean;
  canRedo: boolean;
  undo: () => unknown;
  redo: () => unknown;
}

export function UndoButtons({ history }: { history: UndoActions }) {
  const { canUndo, canRedo } = history;
  return (
    <Box sx={{ display: 'flex' }}>
      <IconButton aria-label="Undo" title="Undo (Ctrl+Z)" disabled={!canUndo} onClick={() => history.undo()}>
        <UndoIcon />
      </IconButton>
      <IconButton
        aria-label="Redo"
        title="Redo (Ctrl+Shift+Z)"
        disabled={!canRedo}
        onClick={() => history.redo()}
      >
        <RedoIcon />
      </IconButton>
    </Box>
  );
}
