import type { KeyboardEvent } from 'react';
import RedoIcon from '@mui/icons-material/Redo';
import UndoIcon from '@mui/icons-material/Undo';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';

/** Undo and redo for buttons and keys. */
export interface UndoActions {
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

/** The action of an undo or redo key; undefined in text inputs, which have their own undo. */
export function undoActionOfKey(
  { key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent,
  { undo, redo }: Pick<UndoActions, 'undo' | 'redo'>,
): (() => unknown) | undefined {
  if (!(ctrlKey || metaKey) || altKey || isForTyping(target)) return undefined;
  if (key.toLowerCase() === 'y') return () => redo();
  if (key.toLowerCase() === 'z') return () => (shiftKey ? redo() : undo());
  return undefined;
}

const notForTyping = new Set(['button', 'checkbox', 'file', 'radio', 'range']);

/** True for an element that takes typed text. */
export const isForTyping = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !notForTyping.has(target.type));
