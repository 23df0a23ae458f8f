import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';

/** Over the empty editor. It lets clicks through to it, so that one can start to type where the words stand. */
export function EmptyEditor({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        position: 'absolute',
        inset: '0 0 0 56px',
        display: 'grid',
        alignContent: 'center',
        px: 4,
        overflow: 'hidden',
        pointerEvents: 'none',
        '& button': { pointerEvents: 'auto' },
        '& > *': { my: 0 },
      }}
    >
      <EmptyState title="Paste or drop your batch" action={children}>
        Paste cells from a spreadsheet, JSON or a Label Studio export, or drop a file. Everything is checked
        before it is sent.
      </EmptyState>
    </Box>
  );
}
