import { useId, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { height, radius } from '#ui/theme/tokens.ts';

interface CardProps {
  title: string;
  /** Beside the title, quieter. */
  meta?: ReactNode;
  /** At the end of the header. */
  end?: ReactNode;
  children: ReactNode;
}

/** A titled surface of the review; a region for screen readers. */
export function Card({ title, meta, end, children }: CardProps) {
  const titleId = useId();
  return (
    <Box
      component="section"
      aria-labelledby={titleId}
      sx={{
        minWidth: 0,
        border: 1,
        borderColor: 'outline.quiet',
        borderRadius: radius.card,
        bgcolor: 'background.paper',
        boxShadow: 'var(--sheaf-palette-shadow-card)',
        overflow: 'hidden',
      }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 2,
          minHeight: height.bar - 4,
          px: 4,
          py: 2,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography id={titleId} variant="h3" component="h2">
          {title}
        </Typography>
        {meta !== undefined && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {meta}
          </Box>
        )}
        {end !== undefined && <Box sx={{ ml: 'auto' }}>{end}</Box>}
      </Box>
      {children}
    </Box>
  );
}

/** A small square that shows which bar a word belongs to. */
export const Swatch = ({ color }: { color: string }) => (
  <Box
    component="span"
    aria-hidden
    sx={{
      width: 9,
      height: 9,
      borderRadius: radius.small,
      bgcolor: color,
      flex: 'none',
      forcedColorAdjust: 'none',
    }}
  />
);
