import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import List from '@mui/material/List';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import { count } from '#ui/components/numbers.ts';
import { batchName } from '#ui/state/workbench-state.ts';
import { useBatch, useBatchActions, useNotices } from './batch-context.tsx';
import { entryName } from './format-words.ts';
import { nameOf, type AppendQuestion } from './use-replace-text.ts';

/** Asks whether a pasted text or files replace or extend the batch. */
export function AppendDialog() {
  const { workbench } = useBatch();
  const { appendQuestion, closeAppendQuestion } = useNotices();
  const { pasteText, replaceByFiles, append } = useBatchActions();
  const entry = entryName(workbench.get().checked?.format);
  if (appendQuestion === undefined) return null;
  const { added, fit, note, pasteCells } = appendQuestion;
  const answer = (act: () => unknown) => () => {
    closeAppendQuestion();
    act();
  };
  const replace = () =>
    typeof added === 'string' ? pasteText(added) : replaceByFiles(added.files, added.sheet);
  return (
    <Dialog open onClose={closeAppendQuestion} aria-labelledby="append-title" fullWidth maxWidth="sm">
      <DialogTitle id="append-title" variant="h2" sx={{ overflowWrap: 'anywhere' }}>
        Replace {batchName(workbench.get()) ?? 'this batch'}
        {'entries' in fit && ' or append to it'}?
      </DialogTitle>
      <DialogContent sx={{ overflowWrap: 'anywhere' }}>
        {wordsOf(appendQuestion, entry)} {note}{' '}
        {'entries' in fit ? 'You can undo your choice.' : 'You can undo the replacement.'}
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', rowGap: 2 }}>
        <Button onClick={closeAppendQuestion} autoFocus={'why' in fit}>
          Cancel
        </Button>
        {pasteCells && <Button onClick={answer(pasteCells)}>Paste over the cells</Button>}
        <Button variant="outlined" onClick={answer(replace)}>
          Replace
        </Button>
        {'entries' in fit && (
          <Button variant="outlined" autoFocus onClick={answer(() => append(added))}>
            Append {count(fit.entries, entry)}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function wordsOf({ added, fit }: AppendQuestion, entry: string): string {
  const name = typeof added === 'string' ? undefined : nameOf(added.files);
  if ('why' in fit) return `${name ?? 'The pasted text'} can’t be appended: ${fit.why}`;
  const what = `${count(fit.entries, entry)}${name === undefined ? '' : ` of ${name}`}`;
  if (entry !== 'row') return `${what} can be appended.`;
  const empty = fit.empty.map((column) => `“${column}”`).join(', ');
  return `${what} can be appended by the names of the columns.${empty && ` ${empty} will be empty in ${fit.entries === 1 ? 'it' : 'them'}.`}`;
}

/** Asks which sheet of a workbook to import. */
export function SheetDialog() {
  const { sheetQuestion, closeSheetQuestion } = useNotices();
  const { openFiles } = useBatchActions();
  if (sheetQuestion === undefined) return null;
  const { file, sheets } = sheetQuestion;
  return (
    <Dialog open onClose={closeSheetQuestion} aria-labelledby="sheet-title" fullWidth maxWidth="xs">
      <DialogTitle id="sheet-title" variant="h2">
        Which sheet of {file.name}?
      </DialogTitle>
      <List sx={{ pt: 0, overflow: 'auto' }}>
        {sheets.map((sheet, index) => (
          <ListItemButton
            key={sheet}
            autoFocus={index === 0}
            onClick={() => {
              closeSheetQuestion();
              openFiles([file], sheet);
            }}
            sx={{ px: 6 }}
          >
            <ListItemText primary={sheet} slotProps={{ primary: { sx: { overflowWrap: 'anywhere' } } }} />
          </ListItemButton>
        ))}
      </List>
      <DialogActions>
        <Button onClick={closeSheetQuestion}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}
