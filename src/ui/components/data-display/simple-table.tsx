import type { ReactNode, Ref } from 'react';
import Box from '@mui/material/Box';
import { flatSurface } from './card.tsx';

interface SimpleTableProps {
  /** The table's accessible name. */
  label: string;
  maxHeight?: number;
  /** A card has a frame already. */
  isInCard?: boolean;
  /** All rows including the header, if not all are drawn. */
  rows?: number;
  /** The scrolling element. */
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** A plain table that scrolls sideways in a narrow window. */
export function SimpleTable({
  label,
  maxHeight = 420,
  isInCard = false,
  rows,
  ref,
  children,
}: SimpleTableProps) {
  return (
    <Box
      ref={ref}
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={{
        overflow: 'auto',
        maxHeight,
        ...(!isInCard && flatSurface),
        '&:focus-visible': { outlineOffset: -2 },
      }}
    >
      <Box
        component="table"
        aria-label={label}
        aria-rowcount={rows}
        sx={{
          width: 1,
          borderCollapse: 'collapse',
          typography: 'body2',
          '& th, & td': { textAlign: 'left', px: 3, py: 1.5, verticalAlign: 'top' },
          '& thead th': {
            position: 'sticky',
            top: 0,
            bgcolor: 'sunken.main',
            color: 'text.secondary',
            fontWeight: 'fontWeightMedium',
            whiteSpace: 'nowrap',
          },
          '& tbody tr + tr': { borderTop: 1, borderColor: 'divider' },
          '& .rest': { width: 1 },
          '& .number': { textAlign: 'right', whiteSpace: 'nowrap' },
        }}
      >
        {children}
      </Box>
    </Box>
  );
}

/** Takes the place of rows that aren’t rendered. */
export const Spacer = ({ height }: { height: number }) =>
  height > 0 && (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  );
