import { memo, useEffect, useMemo, useState, type KeyboardEvent, type RefObject } from 'react';
import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ResultRow, RowQuery } from '#domain/results/result-rows.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { columnsOf, type CellData, type Column } from './columns.tsx';
import { ColumnHeader } from './column-header.tsx';
import { maxTwoLineRows, narrowRowHeight, rowHeight, tableStyles, widthsOf } from './table-styles.ts';
import { rowsToRender, showRow, useRowsInSight, type RowsInSight } from './rows-in-sight.ts';
import { useOwnColumns, type OwnColumn } from './use-own-columns.ts';
import { useOwnCells, useTaskTexts } from './use-row-cells.ts';
import { versionOf } from '#ui/state/runs/use-runs.ts';
import { useEngine } from '#ui/state/use-engine.ts';

interface ResultsTableProps {
  view: RunView;
  query: RowQuery;
  onQuery: (query: RowQuery) => void;
  /** The table’s element, for scrolling to the top. */
  scroller: RefObject<HTMLDivElement | null>;
  /** Index of the row whose details are open. */
  opened: number | undefined;
  onOpen: (index: number | undefined, total: number) => void;
  /** True if the run’s server is connected, so that task texts can be read. */
  isConnected: boolean;
}

/**
 * Renders only visible rows, so it uses ARIA roles instead of `<table>`. It is focusable, so that the browser scrolls
 * it by arrows, Page, Home and End. Enter opens a row’s details; then arrows move from row to row.
 */
export function ResultsTable(props: ResultsTableProps) {
  const { view, query, onQuery, scroller, opened, onOpen, isConnected } = props;
  const [inSight, setInSight] = useState<RowsInSight>({ first: 0, count: 0 });
  const { first } = inSight;
  const rows = useRows(view, query, pageOf(first));
  const texts = useTaskTexts(view, query, first, isConnected);
  const own = useOwnColumns(view);
  const cells = useOwnCells(view, query, first, own.shown);
  const columns = useColumns(isConnected, own.shown);
  const isNarrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const hasTwoLines = isNarrow && rows.total <= maxTwoLineRows;
  const height = hasTwoLines ? narrowRowHeight : rowHeight;
  const headHeight = hasTwoLines ? 0 : rowHeight;
  useRowsInSight(scroller, height, setInSight);

  useEffect(() => {
    if (opened !== undefined && scroller.current) showRow(scroller.current, opened, height, headHeight);
  }, [scroller, opened, height, headHeight]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || rows.total === 0) return;
    const next = nextOpened(
      event.key,
      opened,
      Math.floor(event.currentTarget.scrollTop / height),
      rows.total,
    );
    if (next === 'none') return;
    event.preventDefault();
    onOpen(next, rows.total);
  }

  return (
    <>
      {texts.error && (
        <Box role="alert" sx={{ px: 3, py: 2, typography: 'body2', color: 'text.secondary' }}>
          The tasks’ texts can’t be read: {texts.error.message}{' '}
          <Button size="small" onClick={texts.retry}>
            Try again
          </Button>
        </Box>
      )}
      <Box
        ref={scroller}
        role="table"
        aria-label="Results"
        aria-rowcount={rows.total + 1}
        aria-colcount={columns.length}
        aria-busy={rows.isStale}
        tabIndex={0}
        className={`${hasTwoLines ? 'two-lines' : ''} ${isConnected ? 'with-text' : ''}`}
        style={widthsOf(columns)}
        onKeyDown={onKeyDown}
        onClick={({ target }) => {
          if (!(target instanceof Element) || target.closest('a, button')) return;
          const index = target.closest('[data-index]')?.getAttribute('data-index');
          if (typeof index === 'string') onOpen(Number(index), rows.total);
        }}
        sx={tableStyles}
      >
        <div role="rowgroup" className="head">
          <div role="row" aria-rowindex={1} className="row">
            {columns.map((column, index) => (
              <ColumnHeader
                key={column.id}
                column={column}
                index={index}
                sort={query.sort}
                onSort={(sort) => onQuery({ ...query, sort })}
              >
                {index === columns.length - 1 ? <ColumnMenu own={own} /> : undefined}
              </ColumnHeader>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="body" style={{ height: rows.total * height }}>
          {rowsToRender(inSight, rows.total).map((index) => (
            <Row
              key={index}
              index={index}
              start={index * height}
              isOpened={index === opened}
              columns={columns}
              row={rows.row(index)}
              text={texts.text(index)}
              own={cells(index)}
            />
          ))}
        </div>
        {rows.isLoading && (
          <Box sx={{ px: 3 }}>
            <Waiting>Reading the rows …</Waiting>
          </Box>
        )}
        {!rows.isLoading && rows.total === 0 && (
          <Box role="status" sx={{ p: 6, textAlign: 'center', color: 'text.secondary' }}>
            No row matches. Clear the search or the filter to see all.
          </Box>
        )}
      </Box>
    </>
  );
}

interface RowProps extends Pick<CellData, 'text' | 'own'> {
  index: number;
  start: number;
  isOpened: boolean;
  columns: Column[];
  /** Undefined while loading; its height is reserved. */
  row: ResultRow | undefined;
}

// Memoised, so that scrolling renders only new rows.
const Row = memo(function Row({ index, start, isOpened, columns, row, text, own }: RowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={isOpened || undefined}
      data-index={index}
      className="row"
      style={{ transform: `translateY(${start}px)` }}
    >
      {columns.map((column, at) => (
        <div key={column.id} role="cell" aria-colindex={at + 1} className={classOf(column)}>
          {row ? column.cell({ row, text, own }) : '…'}
        </div>
      ))}
    </div>
  );
});

const classOf = ({ id, isNumber, isWideOnly }: Column) =>
  `cell of-${id} ${isNumber ? 'number' : ''} ${isWideOnly ? 'wide-only' : ''}`;

/** The row that a key opens: undefined closes, `none` isn’t a key of the table. */
function nextOpened(key: string, opened: number | undefined, first: number, total: number) {
  if (key === 'Enter') return opened ?? first;
  if (opened === undefined) return 'none';
  if (key === 'Escape') return undefined;
  if (key === 'ArrowDown') return Math.min(opened + 1, total - 1);
  if (key === 'ArrowUp') return Math.max(opened - 1, 0);
  return 'none';
}

/** More rows than a screen shows, so that visible rows span at most two pages. */
const pageSize = 256;

/** The same array while nothing about the columns changes, so that rows aren’t re-rendered. */
function useColumns(hasText: boolean, own: OwnColumn[]): Column[] {
  const key = JSON.stringify([hasText, own]);
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => columnsOf(hasText, own), [key]);
}

const pageOf = (index: number) => Math.floor(index / pageSize);

/** The rows of the first visible page and the next one. */
function useRows(view: RunView, query: RowQuery, page: number) {
  const here = usePage(view, query, page);
  const next = usePage(view, query, page + 1);
  const windows = [here.data, next.data];

  return {
    /** Number of matching rows; of the previous query while loading. */
    total: here.data?.total ?? 0,
    isLoading: here.isPending,
    isStale: here.isPlaceholderData,
    /** Undefined while loading. */
    row(index: number): ResultRow | undefined {
      for (const rows of windows) {
        const found = rows?.rows[index - rows.from];
        if (found) return found;
      }
      return undefined;
    },
  };
}

function usePage(view: RunView, query: RowQuery, page: number) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['rows', view.id, versionOf(view), query, page],
    queryFn: () => engine.runs.rows(view.id, query, page * pageSize, (page + 1) * pageSize),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // Scrolling through a million rows must not cache them all.
    gcTime: 10_000,
    throwOnError: true,
  });
}
