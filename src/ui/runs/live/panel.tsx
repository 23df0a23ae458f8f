import { useId, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { flatSurface } from '#ui/components/data-display/card.tsx';

interface PanelProps {
  title: string;
  /** Shown beside the title. */
  hint?: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A card with a title that fills the given height. */
export function Panel({ title, hint, action, children }: PanelProps) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} sx={panel}>
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

const panel = {
  minHeight: 0,
  minWidth: 0,
  display: 'flex',
  flexDirection: 'column',
  ...flatSurface,
  overflow: 'hidden',
} as const;
