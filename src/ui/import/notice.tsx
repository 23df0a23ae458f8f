import CloseIcon from '@mui/icons-material/Close';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Snackbar from '@mui/material/Snackbar';
import { useBatch, useNotices } from './batch-context.tsx';

/** The last action, with an Undo button. Stays until dismissed, because its effect may be noticed late. */
export function NoticeBar() {
  const { history } = useBatch();
  const { notice, dismiss } = useNotices();
  const shown = notice?.step === undefined || notice.step === history.last ? notice : undefined;
  return (
    <Snackbar
      open={shown !== undefined}
      message={shown?.words}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      action={
        <>
          {shown?.step !== undefined && (
            <Button
              color="inherit"
              onClick={() => {
                history.undo();
                dismiss();
              }}
              sx={{ textDecoration: 'underline', textUnderlineOffset: '0.2em' }}
            >
              Undo
            </Button>
          )}
          <IconButton aria-label="Dismiss" onClick={dismiss} sx={{ color: 'inherit', ml: 1 }}>
            <CloseIcon />
          </IconButton>
        </>
      }
    />
  );
}
