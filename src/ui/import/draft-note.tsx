import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { count } from '#ui/components/numbers.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import type { NotStored } from '#ui/state/drafts/draft-store.ts';
import { useDraftList } from '#ui/state/drafts/use-drafts.ts';
import type { DraftNote as Note } from '#ui/state/workbench-state.ts';
import { DraftList } from '#ui/drafts/draft-list.tsx';
import { DraftPolicy } from '#ui/drafts/draft-settings.tsx';

interface DraftNoteProps {
  note: Note | undefined;
  onDiscard: () => void;
  onDownload: () => void;
}

/** Says that the text was restored from an earlier visit, or why it isn’t stored. */
export function DraftNote({ note, onDiscard, onDownload }: DraftNoteProps) {
  const [isDiscarded, setDiscarded] = useState(false);
  // The pressed button disappears with the note; this element takes its focus.
  if (!note) return isDiscarded ? <Box ref={takeLostFocus} tabIndex={-1} /> : null;

  function discard() {
    setDiscarded(true);
    onDiscard();
  }

  return (
    <Box
      component="section"
      aria-label="Draft"
      // Takes the focus after opening a draft, whose offer disappears.
      ref={takeLostFocus}
      tabIndex={-1}
      sx={{
        outline: 'none',
        flex: 'none',
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1,
        px: { xs: 3, sm: 4 },
        py: 0.5,
        typography: 'body2',
        color: 'text.secondary',
      }}
    >
      <span role="status">{words(note)}</span>
      {note.type === 'restored' && (
        <Button size="small" onClick={discard}>
          Discard
        </Button>
      )}
      {note.type === 'not-stored' && (
        <Button size="small" onClick={onDownload}>
          Download it
        </Button>
      )}
      {(note.type === 'restored' || note.type === 'not-stored') && <OtherDrafts />}
    </Box>
  );
}

function words(note: Note): string {
  switch (note.type) {
    case 'opening':
      return 'Opening the draft …';
    case 'restored':
      return `Restored from ${momentOf(note.savedAt)}`;
    case 'not-stored':
      return `${reasons[note.reason]} This one is lost when you close the tab.`;
    case 'expired':
      return `The draft of this tab was deleted, because drafts are kept for ${limits.draftDays} days.`;
    case 'unreadable':
      return 'The draft of this tab is lost: the browser no longer has its text.';
  }
}

const reasons: Record<NotStored, string> = {
  'too-large': `Texts of more than ${sizeInWords(limits.draftBytes)} aren’t kept as drafts.`,
  'no-room': 'This browser has no room left for drafts.',
  unavailable: 'This browser doesn’t let Sheaf store drafts.',
};

/** A link to the other drafts, with their size. */
function OtherDrafts() {
  const [isOpen, setOpen] = useState(false);
  const { drafts } = useDraftList();
  const others = drafts.filter(({ tab }) => tab !== 'this');
  if (others.length === 0 && !isOpen) return null;
  const size = sizeInWords(others.reduce((sum, draft) => sum + draft.size, 0));
  return (
    <>
      <Button size="small" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {count(others.length, 'other draft')} ({size})
      </Button>
      {isOpen && <DraftsDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** A dialog with all drafts of this browser. */
function DraftsDialog({ onClose }: { onClose: () => void }) {
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

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });

/** `14:05`, or `23 November, 14:05` on another day. */
function momentOf(at: number) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? time.format(at) : `${day.format(at)}, ${time.format(at)}`;
}
