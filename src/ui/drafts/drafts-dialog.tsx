import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useDraftList } from '#ui/state/drafts/use-drafts.ts';
import { DraftList } from './draft-list.tsx';
import { DraftPolicy } from './draft-settings.tsx';

/** A dialog with all drafts of this browser. */
export function DraftsDialog({ onClose }: { onClose: () => void }) {
  const { drafts, refresh } = useDraftList();
  return (
    <Dialog open onClose={onClose} fullWidth aria-labelledby="drafts-title">
      <DialogTitle id="drafts-title" variant="h2">
        Drafts in this browser
      </DialogTitle>
      <DialogContent>
        <DraftPolicy />
        <DraftList label="Drafts in this browser" drafts={drafts} refresh={refresh} />
        {drafts.length === 0 && 'No drafts left.'}
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
