import { useEffect, useRef, type KeyboardEvent } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { RowFilter } from '#engine/runs/review.ts';
import { surface } from '#ui/components/data-display/card.tsx';
import { figure } from '#ui/components/numbers.ts';
import { QueriedPreview } from '#ui/preview/queried-preview.tsx';
import { Steps } from '#ui/preview/steps.tsx';
import { useEngine } from '#ui/state/use-engine.ts';

interface PreviewPanelProps {
  /** The rows to step through. */
  rows: { reviewId: string; planId: string; version: string; filter: RowFilter; total: number };
  /** The row’s index among them. */
  index: number;
  onMove: (index: number) => void;
  onClose: () => void;
}

/** Previews a row on its task, beside the rows or over them on a narrow window. */
export function PreviewPanel(props: PreviewPanelProps) {
  const { rows, index, onMove, onClose } = props;
  const isBeside = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const close = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    close.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key];
    if (event.key === 'Escape') onClose();
    else if (step !== undefined) onMove(Math.max(0, Math.min(rows.total - 1, index + step)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const content = (
    <Box onKeyDown={onKeyDown} sx={{ typography: 'body2' }}>
      <Steps
        title="Preview"
        what="row"
        shown={`${figure(index + 1)} of ${figure(rows.total)}`}
        index={index}
        count={rows.total}
        onGo={onMove}
      >
        <IconButton ref={close} aria-label="Close the preview" title="Close" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </Steps>
      <Content rows={rows} index={index} />
    </Box>
  );
  return isBeside ? (
    <Box ref={panel} component="aside" aria-label="Preview" tabIndex={-1} sx={beside}>
      {content}
    </Box>
  ) : (
    <Drawer
      open
      anchor="bottom"
      onClose={onClose}
      slotProps={{ paper: { 'aria-label': 'Preview', sx: { height: '60%' } } }}
    >
      {content}
    </Drawer>
  );
}

function Content({
  rows: { reviewId, planId, version, filter },
  index,
}: Pick<PreviewPanelProps, 'rows' | 'index'>) {
  const engine = useEngine();
  const { data: shown, isPending } = useQuery({
    queryKey: ['review-rows', reviewId, planId, version, filter, 'preview', index],
    queryFn: async () => {
      const page = await engine.runs.reviewRows(reviewId, { filter, from: index, to: index + 1 });
      const [row] = page.rows;
      return (row && (await engine.runs.reviewPreview(reviewId, row.row))) ?? null;
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return (
    <QueriedPreview
      shown={shown}
      isLoading={isPending}
      none="No preview: the labels of this row’s project aren’t known."
    />
  );
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

// Beside the rows it covers the review’s second column.
const beside = {
  ...surface,
  position: 'absolute',
  top: 0,
  left: (theme: Theme) => `calc(100% + ${theme.spacing(4)})`,
  zIndex: 1,
  width: { md: 324, lg: 396 },
  bottom: 0,
  scrollMargin: '16px 0 80px',
  overflow: 'auto',
  overscrollBehavior: 'contain',
  bgcolor: 'background.default',
  boxShadow: 'var(--sheaf-palette-shadow-menu)',
} as const;
