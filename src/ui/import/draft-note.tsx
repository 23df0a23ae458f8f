import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import type { DraftNote as Note } from '#ui/state/workbench.ts';

interface DraftNoteProps {
  note: Note | undefined;
  onDiscard: () => void;
}

/** Says that the text was restored from an earlier visit, or is too large to be kept. */
export function DraftNote({ note, onDiscard }: DraftNoteProps) {
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
      sx={{
        flex: 'none',
        display: 'flex',
        alignItems: 'center',
        columnGap: 1,
        px: { xs: 3, sm: 4 },
        py: 0.5,
        typography: 'body2',
        color: 'text.secondary',
      }}
    >
      {note === 'too-large' ? (
        'The text is larger than 50 MB, so it isn’t saved in this browser.'
      ) : (
        <>
          Restored from {momentOf(note.restoredAt)} <span aria-hidden>·</span>
          <Button size="small" onClick={discard}>
            Discard
          </Button>
        </>
      )}
    </Box>
  );
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });

/** `14:05`, or `23 November, 14:05` on another day. */
function momentOf(at: number) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? time.format(at) : `${day.format(at)}, ${time.format(at)}`;
}
