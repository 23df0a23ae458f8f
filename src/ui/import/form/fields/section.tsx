import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import { Card } from '#ui/components/data-display/card.tsx';

interface SectionProps extends Pick<React.ComponentProps<typeof Card>, 'meta' | 'end'> {
  title: string;
  children: ReactNode;
}

/** A card of fields for one question. */
export const Section = ({ children, ...card }: SectionProps) => (
  <Card {...card}>
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 4, px: 4, pt: 3, pb: 4 }}>{children}</Box>
  </Card>
);

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

/** A collapsible part of a card for rarely needed fields. */
export const folded = {
  '& > summary': { typography: 'caption', color: 'text.secondary' },
} as const;
