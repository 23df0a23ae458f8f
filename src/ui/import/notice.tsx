import CloseIcon from '@mui/icons-material/Close';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Snackbar from '@mui/material/Snackbar';
import type { Word } from './use-new-text.ts';

interface SaidProps {
  said: Word | undefined;
  onUndo: () => void;
  onClose: () => void;
}

/** The last thing that was done, with the way back. It stays until it is read: what can be undone may be missed late. */
export function Said({ said, onUndo, onClose }: SaidProps) {
  return (
    <Snackbar
      open={said !== undefined}
      message={said?.words}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      action={
        <>
          {said?.step !== undefined && (
            <Button
              color="inherit"
              onClick={() => {
                onUndo();
                onClose();
              }}
              sx={{ textDecoration: 'underline', textUnderlineOffset: '0.2em' }}
            >
              Undo
            </Button>
          )}
          <IconButton aria-label="Dismiss" onClick={onClose} sx={{ color: 'inherit', ml: 1 }}>
            <CloseIcon />
          </IconButton>
        </>
      }
    />
  );
}
