import type { ReactNode } from 'react';
import ArrowDownwardIcon from '@mui/icons-material/ArrowDownward';
import ArrowUpwardIcon from '@mui/icons-material/ArrowUpward';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { Column } from './columns.tsx';
import { rowHeight } from './table-styles.ts';

interface ColumnHeaderProps {
  column: Column;
  index: number;
  sort: RowQuery['sort'];
  onSort: (sort: RowQuery['sort']) => void;
  /** Shown at its right end. */
  children?: ReactNode;
}

export function ColumnHeader({ column, index, sort, onSort, children }: ColumnHeaderProps) {
  const { title, sortsBy, isNumber, isWideOnly } = column;
  const isSorted = sortsBy === sort.by;
  const Arrow = isSorted && sort.descending ? ArrowDownwardIcon : ArrowUpwardIcon;
  return (
    <Box
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={!isSorted ? undefined : sort.descending ? 'descending' : 'ascending'}
      className={isWideOnly ? 'wide-only' : ''}
      sx={{ position: 'relative', minWidth: 0, color: 'text.secondary', fontWeight: 'fontWeightMedium' }}
    >
      {sortsBy === undefined ? (
        <Box
          title={title}
          sx={{
            px: 3,
            lineHeight: `${rowHeight}px`,
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          }}
        >
          {title}
        </Box>
      ) : (
        <ButtonBase
          onClick={() => onSort({ by: sortsBy, descending: isSorted && !sort.descending })}
          sx={{
            width: 1,
            height: 1,
            px: 3,
            gap: 1,
            font: 'inherit',
            // Numbers and their title are right-aligned, with the arrow before the title.
            flexDirection: isNumber ? 'row-reverse' : 'row',
            justifyContent: 'flex-start',
            '&:hover, &:focus-visible': { color: 'text.primary' },
            '&:focus-visible': { outlineOffset: -2 },
            '& svg': { fontSize: 'h3.fontSize', opacity: isSorted ? 1 : 0 },
            '&:hover svg': { opacity: isSorted ? 1 : 0.5 },
          }}
        >
          {title}
          <Arrow aria-hidden />
        </ButtonBase>
      )}
      {children !== undefined && (
        <Box sx={{ position: 'absolute', top: 2, right: 4, bgcolor: 'sunken.main' }}>{children}</Box>
      )}
    </Box>
  );
}
