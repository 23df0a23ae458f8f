import { useId, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { fontSize, height, radius } from '#ui/theme/tokens.ts';

interface CardProps {
  title: string;
  /** Secondary text beside the title. */
  meta?: ReactNode;
  /** Shown at the end of the header. */
  end?: ReactNode;
  children: ReactNode;
}

/** A titled surface; a region for screen readers. */
export function Card({ title, meta, end, children }: CardProps) {
  const titleId = useId();
  return (
    <Box component="section" aria-labelledby={titleId} sx={{ ...surface, overflow: 'hidden' }}>
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

interface FoldedCardProps {
  title: string;
  /** A short summary of the content. */
  meta: ReactNode;
  /** Whether it is open at first. */
  open?: boolean;
  children: ReactNode;
}

/** A collapsible surface for rarely needed content, with a summary in its header. */
export const FoldedCard = ({ title, meta, open = false, children }: FoldedCardProps) => (
  <Box component="details" open={open} sx={folded}>
    <summary>
      <Box component="span" sx={{ fontWeight: 'fontWeightMedium' }}>
        {title}
      </Box>
      <Box component="span" sx={{ ml: 'auto', typography: 'caption', color: 'text.secondary' }}>
        {meta}
      </Box>
    </summary>
    {children}
  </Box>
);

/** A surface that lies flat: tables and lists that fill a screen. */
export const flatSurface = {
  border: 1,
  borderColor: 'outline.quiet',
  borderRadius: radius.card,
  bgcolor: 'background.paper',
} as const;

export const surface = {
  minWidth: 0,
  ...flatSurface,
  boxShadow: 'var(--sheaf-palette-shadow-card)',
} as const;

const folded = {
  ...surface,
  '& > summary': {
    display: 'flex',
    alignItems: 'center',
    gap: 2,
    minHeight: height.bar - 4,
    px: 4,
    py: 2,
    borderRadius: radius.card,
    listStyle: 'none',
  },
  '& > summary::before': { content: '"›"', color: 'text.secondary', fontSize: fontSize.title, lineHeight: 1 },
  '&[open] > summary::before': { transform: 'rotate(90deg)' },
} as const;

/** A small square that shows the colour of a bar’s segment. */
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
