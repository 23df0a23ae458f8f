import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

interface EmptyStateProps {
  title: string;
  /** What to do first, in a sentence. */
  children: ReactNode;
  /** The button or link that does it. */
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Box sx={{ maxWidth: 520, mx: 'auto', my: 12, textAlign: 'center' }}>
      <Typography variant="h1">{title}</Typography>
      <Box sx={{ mt: 2, color: 'text.secondary', textWrap: 'balance' }}>{children}</Box>
      {action !== undefined && (
        <Box sx={{ mt: 5, display: 'flex', gap: 2, justifyContent: 'center', flexWrap: 'wrap' }}>
          {action}
        </Box>
      )}
    </Box>
  );
}
