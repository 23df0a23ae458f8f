import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useDraftList, useDrafts } from '#ui/state/drafts/use-drafts.ts';
import { DraftList } from './draft-list.tsx';

/** Longer lists leave too little room for the editor. */
const maxShown = 3;

/** Offers drafts of closed tabs while the current text is empty. */
export function DraftOffers() {
  const kept = useDrafts();
  const { drafts, refresh } = useDraftList();
  // Before that, this tab’s own draft may still be opening.
  const { isSuccess: isReady } = useQuery({
    queryKey: ['drafts-ready'],
    queryFn: async () => kept.ready.then(() => true),
    staleTime: Infinity,
  });
  const [isGone, setGone] = useState(false);
  const closed = drafts.filter(({ tab }) => tab === 'closed');
  const offered = [...closed.filter(({ isStuck }) => isStuck), ...closed.filter(({ isStuck }) => !isStuck)];
  const isEmpty = offered.length === 0 && !isGone;
  if (!isReady) return null;

  async function open(id: string) {
    setGone(!(await kept.open(id)));
    await refresh();
  }

  return (
    <Box
      // Without offers, it still has the focus of the last deleted one.
      role={isEmpty ? undefined : 'region'}
      aria-label={isEmpty ? undefined : 'Drafts from closed tabs'}
      sx={{
        flex: '0 1 auto',
        maxHeight: '45%',
        overflow: 'auto',
        ...(!isEmpty && { px: { xs: 3, sm: 4 }, py: 2, borderBottom: 1, borderColor: 'divider' }),
      }}
    >
      {offered.length > 0 && (
        <Typography variant="h3" component="h2">
          Drafts from closed tabs
        </Typography>
      )}
      <DraftList
        label="Drafts from closed tabs"
        drafts={offered}
        maxShown={maxShown}
        onOpen={({ id }) => void open(id)}
        refresh={refresh}
      />
      <Box role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
        {isGone && 'That draft wasn’t opened: it is open in another tab, or it was deleted.'}
      </Box>
    </Box>
  );
}
