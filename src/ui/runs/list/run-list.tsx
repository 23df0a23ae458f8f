import { useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { RunItem } from './run-item.tsx';
import { oneLine } from '#ui/components/clamp.ts';

interface RunListProps {
  runs: ListedRun[];
  onPin: (run: ListedRun) => void;
  onSave: (run: ListedRun) => void;
  onDelete: (run: ListedRun) => void;
}

const wideHeight = 44;
const narrowHeight = 76;

/** The list of runs. Renders only visible ones. */
export function RunList({ runs, ...actions }: RunListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const height = isNarrow ? narrowHeight : wideHeight;
  // The result isn’t passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => runs[index]!.id,
  });
  return (
    <Box ref={scroller} sx={{ overflow: 'auto', minHeight: 0 }}>
      <Box aria-hidden className="columns" sx={{ ...columns, ...header }}>
        <span>File</span>
        <span>Project</span>
        <span>By</span>
        <span>Started</span>
        <span>Rows</span>
        <span className="number">Annotations</span>
        <span>State</span>
        <span />
      </Box>
      <Box
        component="ul"
        aria-label="Runs"
        key={height}
        sx={{ m: 0, p: 0, listStyle: 'none', position: 'relative' }}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <Box
            component="li"
            key={key}
            aria-setsize={runs.length}
            aria-posinset={index + 1}
            sx={{
              ...columns,
              position: 'absolute',
              insetInline: 0,
              borderBottom: 1,
              borderColor: 'divider',
              '&:hover': { bgcolor: 'action.hover' },
              '& .actions': { opacity: { md: 0 } },
              '&:hover .actions, &:focus-within .actions': { opacity: 1 },
              '@media (hover: none)': { '& .actions': { opacity: 1 } },
            }}
            style={{ height, transform: `translateY(${start}px)` }}
          >
            <RunItem run={runs[index]!} {...actions} />
          </Box>
        ))}
      </Box>
    </Box>
  );
}

const columns = {
  display: 'grid',
  alignItems: 'center',
  columnGap: 4,
  px: 3,
  typography: 'body2',
  gridTemplateColumns: {
    xs: 'minmax(0, 1fr) auto',
    md: 'minmax(140px, 1.4fr) minmax(90px, 1fr) minmax(90px, 1fr) 132px 96px 104px minmax(210px, 1.6fr) 112px',
  },
  gridTemplateAreas: { xs: '"name actions" "state facts"', md: 'none' },
  '& > *': { minWidth: 0, ...oneLine },
  '& > .number': { textAlign: 'right' },
} as const;

const header = {
  display: { xs: 'none', md: 'grid' },
  position: 'sticky',
  top: 0,
  zIndex: 1,
  height: 32,
  bgcolor: 'sunken.main',
  color: 'text.secondary',
  fontWeight: 'fontWeightMedium',
} as const;
