import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import List from '@mui/material/List';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import { useBatchActions, useNotices } from './batch-context.tsx';

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
