import type { ReactNode } from 'react';
import NextIcon from '@mui/icons-material/KeyboardArrowDown';
import PreviousIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { height } from '#ui/theme/tokens.ts';

interface StepsProps {
  /** Begins the bar. */
  title?: string;
  /** What is gone through: “row”, “task”. */
  what: string;
  /** Which one is shown, in words. */
  shown: string;
  index: number;
  count: number;
  onGo: (index: number) => void;
  /** Ends the bar. */
  children?: ReactNode;
}

/** The bar over a preview: which row or task it is of, with the way to the previous and the next one. */
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

// It stays in view while the preview scrolls.
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
