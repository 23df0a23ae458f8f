import { useRef, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import ClearIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { RowDecision } from '#engine/runs/review-choices.ts';
import type { ReviewSummary, RowFilter } from '#engine/runs/review.ts';
import { SimpleTable, Spacer } from '#ui/components/data-display/simple-table.tsx';
import { count } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { Card } from '#ui/components/data-display/card.tsx';
import { openImportAt } from '#ui/state/next-place.ts';
import { href } from '#ui/state/route.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { RowCells } from './row-cells.tsx';

/** More rows than the table shows, so that visible rows span at most two pages. */
const pageSize = 100;

interface ReviewRowsProps {
  reviewId: string;
  planId: string;
  /** Changes with the rows, even if the plan stays the same. */
  version: string;
  unit: 'request' | 'row';
  summary: ReviewSummary | undefined;
  filter: RowFilter;
  onFilter: (filter: RowFilter) => void;
  onDecide: (row: number, decision: RowDecision | undefined) => void;
  canDecide: boolean;
}

const filterWords: Record<Exclude<RowFilter, 'all'>, string> = {
  new: 'new',
  other: 'other labels there',
  same: 'already there',
  missing: 'task missing',
  unread: 'not checked',
  repeated: 'task has several rows',
  skipped: 'will be skipped',
  'ground-truth': 'ground truth replaced',
};

/** The rows as they will be created. Only visible ones are loaded. */
export function ReviewRows(props: ReviewRowsProps) {
  const { reviewId, planId, version, unit, summary, filter, onFilter, onDecide, canDecide } = props;
  const engine = useEngine();
  const scroller = useRef<HTMLDivElement>(null);
  const preview = usePreviewedRow(filter);
  const page = (number: number) => ({
    queryKey: ['review-rows', reviewId, planId, version, filter, number],
    queryFn: () =>
      engine.runs.reviewRows(reviewId, { filter, from: number * pageSize, to: (number + 1) * pageSize }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  const firstPage = useQuery(page(0));
  const total = firstPage.data?.total ?? 0;
  // The result isn't passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => 38,
    overscan: 10,
  });
  const drawn = virtual.getVirtualItems();
  const at = Math.floor((drawn[0]?.index ?? 0) / pageSize);
  const pages = [useQuery(page(at)), useQuery(page(at + 1))];
  const rowAt = (index: number) => {
    const found = pages[Math.floor(index / pageSize) - at];
    return found?.isPlaceholderData ? undefined : found?.data?.rows[index % pageSize];
  };
  const above = drawn[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  // A narrow window hides the text and puts the state below the labels.
  const isNarrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const hasTexts =
    !isNarrow &&
    Array.from({ length: drawn.length }, (_, index) => rowAt(drawn[index]!.index)).some(
      (row) => row?.text !== undefined,
    );

  function move(index: number) {
    virtual.scrollToIndex(index);
    preview.show(index);
  }
  async function showInImport(row: number) {
    openImportAt(await engine.runs.placeOfRow(reviewId, row));
  }

  return (
    <Box sx={preview.index === undefined ? { position: 'relative' } : withPreview}>
      <Card
        title={filter === 'all' ? 'Rows' : 'Rows shown'}
        meta={filter === 'all' ? count(total, 'row') : `${count(total, 'row')}: ${filterWords[filter]}`}
        end={
          filter === 'all' ? (
            <Button size="small" href={href({ at: 'import' })} sx={{ color: 'primary.main' }}>
              Show all in Import
            </Button>
          ) : (
            <Button size="small" variant="outlined" endIcon={<ClearIcon />} onClick={() => onFilter('all')}>
              Show all rows
            </Button>
          )
        }
      >
        {total === 0 && firstPage.data && !firstPage.isPlaceholderData ? (
          <Typography sx={{ px: 4, py: 4, color: 'text.secondary' }}>No rows are like this now.</Typography>
        ) : (
          <SimpleTable label="Rows as they will be" ref={scroller} rows={total + 1} maxHeight={440} isInCard>
            <thead>
              <tr>
                <th className="number">{unit === 'row' ? 'Row' : 'Request'}</th>
                <th className="number">Task</th>
                {hasTexts && <th className="rest">Text</th>}
                <th>Labels{isNarrow && ', on the server'}</th>
                {!isNarrow && <th>On the server</th>}
                <th>
                  <Box component="span" sx={visuallyHidden}>
                    Preview and decide
                  </Box>
                </th>
              </tr>
            </thead>
            <tbody>
              <Spacer height={above} />
              {drawn.map(({ index }) => {
                const row = rowAt(index);
                return (
                  <Box
                    component="tr"
                    key={index}
                    ref={virtual.measureElement}
                    data-index={index}
                    aria-rowindex={index + 2}
                    aria-current={index === preview.index || undefined}
                    sx={rowStyle}
                  >
                    {row ? (
                      <RowCells
                        row={row}
                        unit={unit}
                        hasTexts={hasTexts}
                        isNarrow={isNarrow}
                        canDecide={canDecide || row.decision !== undefined}
                        onShow={() => void showInImport(row.row)}
                        onPreview={(button) => preview.open(index, button)}
                        onDecide={(decision) => onDecide(row.row, decision)}
                      />
                    ) : (
                      <td style={{ height: 38 }}>…</td>
                    )}
                  </Box>
                );
              })}
              <Spacer height={below} />
            </tbody>
          </SimpleTable>
        )}
        {summary?.hasAllTexts === false && (
          <Typography variant="body2" sx={{ px: 4, py: 2, color: 'text.secondary' }}>
            The texts of these tasks are too many to keep all of them. Some rows show only their task’s ID.
          </Typography>
        )}
      </Card>
      {preview.index !== undefined && preview.index < total && (
        <PreviewPanel
          rows={{ reviewId, planId, version, filter, total }}
          index={preview.index}
          onMove={move}
          onClose={preview.close}
        />
      )}
    </Box>
  );
}

/** The index of the previewed row; changing the filter closes the preview. Closing restores the focus. */
function usePreviewedRow(filter: RowFilter) {
  const [shown, setShown] = useState<{ filter: RowFilter; index: number }>();
  const opener = useRef<HTMLElement>(null);
  return {
    index: shown?.filter === filter ? shown.index : undefined,
    show: (index: number) => setShown({ filter, index }),
    open(index: number, button: HTMLElement) {
      opener.current = button;
      setShown({ filter, index });
    },
    close() {
      setShown(undefined);
      opener.current?.focus();
    },
  };
}

// The preview has the same height, and must fit between the page’s bars.
const withPreview = {
  position: 'relative',
  minHeight: { md: 'clamp(320px, 100dvh - 176px, 560px)' },
} as const;

const rowStyle = {
  '&[aria-current]': { bgcolor: 'action.selected' },
  // With a pointer, the button is visible only on hover.
  '@media (hover: hover)': {
    '& .preview': { opacity: 0 },
    '&:hover .preview, & .preview:focus-visible, &[aria-current] .preview': { opacity: 1 },
  },
} as const;
