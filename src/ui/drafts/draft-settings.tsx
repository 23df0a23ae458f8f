import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { limits } from '#wire/limits.ts';
import { useDraftList } from '#ui/state/drafts/use-drafts.ts';
import { DraftList } from './draft-list.tsx';

/** A section of the settings with all drafts of this browser; empty without drafts. */
export function DraftSettings() {
  const { drafts, refresh } = useDraftList();
  return (
    <Box component="section" aria-label="Drafts in this browser" sx={{ '&:not(:empty)': { mt: 8 } }}>
      {drafts.length > 0 && (
        <>
          <Typography variant="h3" component="h2" gutterBottom>
            Drafts in this browser
          </Typography>
          <DraftPolicy />
        </>
      )}
      <DraftList label="Drafts in this browser" drafts={drafts} refresh={refresh} />
    </Box>
  );
}

/** What is kept for how long. */
export const DraftPolicy = () => (
  <Typography variant="body2" sx={{ mb: 2, color: 'text.secondary' }}>
    A draft is deleted {limits.draftDays} days after its last change. At most {limits.drafts} are kept; then
    the oldest one of a closed tab is deleted. Access tokens are never stored.
  </Typography>
);
