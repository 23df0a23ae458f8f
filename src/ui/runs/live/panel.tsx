import { useId, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { flatSurface } from '#ui/components/data-display/card.tsx';

interface PanelProps {
  title: string;
  /** Beside the title. */
  hint?: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A card with a title, which takes the height that it is given. */
export function Panel({ title, hint, action, children }: PanelProps) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} sx={look}>
      <Box
        sx={{
          flex: 'none',
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          px: 4,
          minHeight: 44,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography id={id} variant="h3">
          {title}
        </Typography>
        {hint !== undefined && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {hint}
          </Box>
        )}
        {action !== undefined && <Box sx={{ ml: 'auto' }}>{action}</Box>}
      </Box>
      {children}
    </Box>
  );
}

const look = {
  minHeight: 0,
  minWidth: 0,
  display: 'flex',
  flexDirection: 'column',
  ...flatSurface,
  overflow: 'hidden',
} as const;
