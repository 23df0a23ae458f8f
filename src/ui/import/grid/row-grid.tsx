import {
  startTransition,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';
import { useForkRef } from '@mui/material/utils';
import type { CheckSummary } from '#domain/check.ts';
import { GridHead } from '#ui/import/grid/head/grid-head.tsx';
import { ColumnMenu } from '#ui/import/mapping/column-menu.tsx';
import { clampPosition, type CellPosition } from './grid-position.ts';
import { GridRowView } from './grid-row.tsx';
import { firstColumn, gridStyle, headHeight, numberWidth, rowHeight } from './grid-styles.ts';
import { useCellEditing } from './use-cell-editing.ts';
import type { Grid } from './use-grid.ts';

interface RowGridProps {
  checked: CheckSummary;
  grid: Grid;
  ref: Ref<HTMLElement>;
}

/** Renders the visible cells. One Tab stop, with arrow keys inside. */
export function RowGrid({ checked, grid, ref }: RowGridProps) {
  const id = useId();
  const { count, columnCount } = grid;
  const scroller = useRef<HTMLDivElement>(null);
  const element = useRef<HTMLElement>(null);
  const gridRef = useForkRef(element, ref);
  const active = clampPosition(grid.active, { rows: count, columns: columnCount, page: 1 });
  const { rows, across } = useVirtualCells(grid, active, scroller);

  function extent() {
    const height = (scroller.current?.clientHeight ?? 0) - headHeight;
    return { rows: count, columns: columnCount, page: Math.max(1, Math.floor(height / rowHeight) - 1) };
  }
  const cells = useCellEditing(grid, element, extent);
  const [menu, setMenu] = useState<{ column: number; anchor: HTMLElement }>();
  const menuColumn = menu && grid.columnAt(menu.column);
  useEffect(() => {
    const grids = element.current;
    return menu && (() => grids?.focus({ preventScroll: true }));
  }, [menu]);

  function openMenu(column: number, anchor: HTMLElement) {
    // In a transition, because its first rendering takes long on slow machines.
    startTransition(() => setMenu({ column, anchor }));
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const isForHead = event.altKey && event.target === event.currentTarget;
    const isForWidth = event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight');
    if (!isForHead || !(isForWidth || event.key === 'ArrowDown')) return cells.onKeyDown(event);
    event.preventDefault();
    if (isForWidth)
      return grid.widths.widen(active.column, event.key === 'ArrowRight' ? 1 : -1, event.currentTarget);
    const anchor = element.current?.querySelector<HTMLElement>(
      `[role=columnheader][aria-colindex="${active.column + firstColumn}"]`,
    );
    if (anchor) openMenu(active.column, anchor);
  }

  const visible = across.getVirtualItems().map(({ index, start, size }) => ({
    column: index,
    left: start,
    width: size,
    reading: grid.columnAt(index),
  }));
  const width = numberWidth + across.getTotalSize();

  return (
    <>
      <Box ref={scroller} sx={scrollerStyle}>
        <Box
          ref={gridRef}
          role="grid"
          aria-label="Rows"
          aria-rowcount={count + 1}
          aria-colcount={columnCount + firstColumn - 1}
          aria-activedescendant={count > 0 ? `${id}-active` : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
          sx={gridStyle}
          style={{ width, height: headHeight + rows.getTotalSize() }}
        >
          <GridHead
            columns={visible}
            widths={grid.widths}
            sort={grid.view.sort}
            open={menu?.column}
            onMenu={openMenu}
          />
          {count > 0 && (
            <div role="rowgroup" className="body" style={{ height: rows.getTotalSize() }}>
              {rows.getVirtualItems().map(({ index, start }) => (
                <GridRowView
                  key={grid.rowAt(index)}
                  grid={grid}
                  cells={cells}
                  index={index}
                  top={start - headHeight}
                  columns={visible}
                  activeId={`${id}-active`}
                />
              ))}
            </div>
          )}
        </Box>
      </Box>
      {menu && menuColumn && (
        <ColumnMenu
          checked={checked}
          grid={grid}
          column={menuColumn}
          anchor={menu.anchor}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}

/** The rows and columns to render. Scrolls to the active cell. */
function useVirtualCells(grid: Grid, active: CellPosition, scroller: { current: HTMLDivElement | null }) {
  const { count, columnCount } = grid;
  const { widths, fitted, widthOf } = grid.widths;
  // The results aren't passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: (range) => withActive(range, active.index),
    onChange: ({ range }) => range && grid.setFirst({ row: range.startIndex }),
    // Both axes are rendered together, and apart from the layout.
    useFlushSync: false,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columnCount,
    getScrollElement: () => scroller.current,
    estimateSize: widthOf,
    overscan: 1,
    scrollMargin: numberWidth,
    scrollPaddingStart: numberWidth,
    rangeExtractor: (range) => withActive(range, active.column),
    onChange: ({ range }) => range && grid.setFirst({ column: range.startIndex }),
    useFlushSync: false,
  });

  // The active cell may keep its place in another order, and be out of sight.
  const order = grid.listed && grid.view.sort;
  useLayoutEffect(() => across.measure(), [across, widths, fitted]);
  useEffect(() => {
    const [top = 0] = rows.getOffsetForIndex(active.index) ?? [];
    const [left = 0] = across.getOffsetForIndex(active.column) ?? [];
    // One scroll for both axes. `scrollToIndex` would repeat it in each frame, which only unknown sizes need.
    scroller.current?.scrollTo({ top, left });
  }, [rows, across, scroller, active.index, active.column, order]);
  return { rows, across };
}

/** The visible items and the active one, which `aria-activedescendant` must find. */
function withActive(range: Range, active: number): number[] {
  const inSight = defaultRangeExtractor(range);
  if (active >= range.count || inSight.includes(active)) return inSight;
  return active < (inSight[0] ?? 0) ? [active, ...inSight] : [...inSight, active];
}

const scrollerStyle = {
  flex: 1,
  minHeight: { xs: 240, sm: 180 },
  overflow: 'auto',
  overscrollBehavior: 'contain',
  bgcolor: 'background.paper',
} as const;
