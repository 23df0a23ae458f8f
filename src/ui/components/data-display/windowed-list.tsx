import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';

interface WindowedListProps {
  label: string;
  rows: {
    count: number;
    /** All rows, if more are loaded while scrolling. */
    total?: number;
    /** An estimate in px, until a row is measured. */
    height: number;
    /** Called with the last rendered row while scrolling. */
    onScroll?: (last: number) => void;
  };
  /** The row that arrow keys move from. */
  cursor: {
    index: number | undefined;
    /** Called on arrow keys, Home, End and clicks. */
    onMove: (index: number) => void;
    /** Scrolls to the row when `index` is changed from outside. */
    follows?: boolean;
  };
  /** Enter, Space or a click; with Shift held, `upTo` is true. */
  onChoose?: (index: number, upTo: boolean) => void;
  /** Set if rows can be selected. Otherwise the cursor's row counts as selected. */
  selection?: { has: (index: number) => boolean; several: boolean };
  /** Rendered for visible rows only. */
  children: (index: number) => ReactNode;
  ref?: Ref<HTMLDivElement>;
}

/**
 * A list of any length that renders only visible rows. One Tab stop, with arrow keys inside. The focus stays on the
 * list element, so that a row scrolled out of view can’t lose it.
 */
export function WindowedList(props: WindowedListProps) {
  const { label, rows: list, cursor, onChoose, selection, children } = props;
  const { count } = list;
  const active = cursor.index;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // The result isn't passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => list.height,
    overscan: 8,
    onChange: ({ range }) => range && list.onScroll?.(range.endIndex),
  });

  const followed = cursor.follows === true ? active : undefined;
  useEffect(() => {
    if (followed !== undefined) rows.scrollToIndex(followed);
  }, [rows, followed]);

  function move(index: number) {
    const within = Math.max(0, Math.min(index, count - 1));
    rows.scrollToIndex(within);
    cursor.onMove(within);
  }

  function onKeyDown(event: KeyboardEvent) {
    const target = targetOf(event.key, active ?? -1, count);
    if (target !== undefined) {
      event.preventDefault();
      move(target);
    } else if (choosing.has(event.key) && active !== undefined && onChoose) {
      event.preventDefault();
      onChoose(active, event.shiftKey);
    }
  }

  const drawn = rows.getVirtualItems();
  const isDrawn = drawn.some(({ index }) => index === active);
  // Selected rows are marked without focus too, so the row at the cursor needs a separate ring.
  const ringsRow = selection !== undefined && isDrawn;
  return (
    <Box
      ref={scroller}
      sx={{
        height: '100%',
        overflow: 'auto',
        overscrollBehavior: 'contain',
        ...(!ringsRow && { '&:has(:focus-visible)': focusRing }),
      }}
    >
      <Box
        ref={props.ref}
        role="listbox"
        aria-label={label}
        aria-multiselectable={selection?.several}
        aria-activedescendant={isDrawn ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        sx={{
          position: 'relative',
          height: rows.getTotalSize(),
          minHeight: 1,
          outline: 'none',
          ...(ringsRow && { '&:focus-visible > [data-active]': focusRing }),
        }}
      >
        {drawn.map(({ index, start, key }) => (
          <Box
            key={key}
            ref={rows.measureElement}
            data-index={index}
            id={`${id}-${index}`}
            role="option"
            data-active={index === active || undefined}
            aria-selected={selection ? selection.has(index) : index === active}
            aria-setsize={list.total ?? count}
            aria-posinset={index + 1}
            onClick={(event) => {
              cursor.onMove(index);
              onChoose?.(index, event.shiftKey);
            }}
            sx={rowStyle}
            style={{ transform: `translateY(${start}px)` }}
          >
            {children(index)}
          </Box>
        ))}
      </Box>
    </Box>
  );
}

const choosing = new Set(['Enter', ' ']);

function targetOf(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + 10;
    case 'PageUp':
      return active - 10;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

const focusRing = { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: '-2px' };

const rowStyle = {
  position: 'absolute',
  top: 0,
  left: 0,
  right: 0,
  cursor: 'pointer',
  '&:hover': { bgcolor: 'action.hover' },
  '&[aria-selected=true]': {
    bgcolor: 'action.selected',
    boxShadow: 'inset 3px 0 var(--sheaf-palette-wheat-main)',
  },
} as const;
