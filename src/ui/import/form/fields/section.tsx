import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** A group of fields under one question. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title}>
      <Typography variant="h3" sx={{ pb: 1.5, mb: 4, borderBottom: 1, borderColor: 'divider' }}>
        {title}
      </Typography>
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 5 }}>{children}</Box>
    </Box>
  );
}

/** Short fields, side by side if there is room. */
export function Columns({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 17rem), 1fr))',
        gap: 5,
      }}
    >
      {children}
    </Box>
  );
}

/** Radio buttons side by side, spaced from label and help like an input. */
export const radioRow = { columnGap: 2, '& .MuiRadio-root': { py: 1 } };
