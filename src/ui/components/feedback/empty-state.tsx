import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

interface EmptyStateProps {
  title: string;
  /** `h2` if the screen already has a heading. */
  level?: 'h1' | 'h2';
  /** One sentence on what to do first. */
  children: ReactNode;
  /** The button or link for that. */
  action?: ReactNode;
}

export function EmptyState({ title, level = 'h1', children, action }: EmptyStateProps) {
  return (
    <Box sx={{ maxWidth: 520, mx: 'auto', my: 12, textAlign: 'center' }}>
      <Typography variant="h1" component={level}>
        {title}
      </Typography>
      <Box sx={{ mt: 2, color: 'text.secondary', textWrap: 'balance' }}>{children}</Box>
      {action !== undefined && (
        <Box sx={{ mt: 5, display: 'flex', gap: 2, justifyContent: 'center', flexWrap: 'wrap' }}>
          {action}
        </Box>
      )}
    </Box>
  );
}
