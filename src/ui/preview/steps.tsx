import type { ReactNode } from 'react';
import NextIcon from '@mui/icons-material/KeyboardArrowDown';
import PreviousIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { height } from '#ui/theme/tokens.ts';

interface StepsProps {
  /** Shown at the start of the bar. */
  title?: string;
  /** What is stepped through: “row”, “task”. */
  what: string;
  /** The current item in words. */
  shown: string;
  index: number;
  count: number;
  onGo: (index: number) => void;
  /** Shown at the end of the bar. */
  children?: ReactNode;
}

/** The bar over a preview: the current row or task, with buttons for the previous and next one. */
export const Steps = ({ title, what, shown, index, count, onGo, children }: StepsProps) => (
  <Box sx={bar}>
    {title !== undefined && (
      <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
        {title}
      </Typography>
    )}
    <Box role="status" sx={{ flex: title === undefined ? 1 : 'none', mr: 2, color: 'text.secondary' }}>
      {shown}
    </Box>
    <IconButton
      aria-label={`Previous ${what}`}
      title={`Previous ${what}`}
      disabled={index === 0}
      onClick={() => onGo(index - 1)}
    >
      <PreviousIcon />
    </IconButton>
    <IconButton
      aria-label={`Next ${what}`}
      title={`Next ${what}`}
      disabled={index + 1 >= count}
      onClick={() => onGo(index + 1)}
    >
      <NextIcon />
    </IconButton>
    {children}
  </Box>
);

// Sticky while the preview scrolls.
const bar = {
  position: 'sticky',
  top: 0,
  zIndex: 2,
  display: 'flex',
  alignItems: 'center',
  gap: 1,
  minHeight: height.bar,
  pl: 4,
  pr: 2,
  bgcolor: 'background.paper',
  borderBottom: 1,
  borderColor: 'divider',
} as const;
