import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { count } from '#ui/components/numbers.ts';
import { fileNameOf } from '#ui/state/workbench.ts';
import { useBatch, useBatchActions, useNotices } from './batch-context.tsx';

/** Asks what a table that is pasted over a batch is to do. */
export function SecondTableDialog() {
  const { workbench } = useBatch();
  const { pasteQuestion, closePasteQuestion } = useNotices();
  const { pasteText, appendRows } = useBatchActions();
  if (pasteQuestion === undefined) return null;
  const { text, fit, pasteCells } = pasteQuestion;
  const answer = (act: () => unknown) => () => {
    closePasteQuestion();
    act();
  };
  const empty = 'rows' in fit ? fit.empty.map((name) => `“${name}”`).join(', ') : '';
  return (
    <Dialog open onClose={closePasteQuestion} aria-labelledby="second-table" fullWidth maxWidth="sm">
      <DialogTitle id="second-table" variant="h2" sx={{ overflowWrap: 'anywhere' }}>
        Replace {fileNameOf(workbench.get()) ?? 'this batch'} or append to it?
      </DialogTitle>
      <DialogContent sx={{ overflowWrap: 'anywhere' }}>
        {'why' in fit
          ? `The pasted text can’t be appended: ${fit.why}`
          : `${count(fit.rows, 'row')} can be appended by the names of the columns.${empty && ` ${empty} will be empty in them.`}`}{' '}
        You can undo this.
      </DialogContent>
      <DialogActions>
        <Button onClick={closePasteQuestion} autoFocus={'why' in fit}>
          Cancel
        </Button>
        {pasteCells && <Button onClick={answer(pasteCells)}>Paste over the cells</Button>}
        <Button variant="outlined" onClick={answer(() => pasteText(text))}>
          Replace
        </Button>
        {'rows' in fit && (
          <Button variant="outlined" autoFocus onClick={answer(() => appendRows(text))}>
            Append {count(fit.rows, 'row')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
