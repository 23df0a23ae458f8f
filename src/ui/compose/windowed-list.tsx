import { useId, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';

interface WindowedListProps {
  label: string;
  count: number;
  /** What a row measures before it is seen, in px. */
  rowHeight: number;
  /** The row that stands out, if one does. */
  active: number | undefined;
  /** Another row is to stand out: by arrow keys, Home, End, or a click. */
  onActive: (index: number) => void;
  /** Enter or a click. */
  onChoose?: (index: number) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** Drawn for the rows in sight only. */
  children: (index: number) => ReactNode;
  ref?: Ref<HTMLDivElement>;
}

/**
 * A list of any length of which only what is in sight is drawn. It is one stop for Tab; inside it the arrow keys move.
 * The focus stays on the list itself, so that no row scrolled away can take it along.
 */
export function WindowedList(props: WindowedListProps) {
  const { label, count, rowHeight, active, onActive, onChoose, children } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // What it returns goes to no memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });

  function move(index: number) {
    const within = Math.max(0, Math.min(index, count - 1));
    rows.scrollToIndex(within);
    onActive(within);
  }

  function onKeyDown(event: KeyboardEvent) {
    const target = targetOf(event.key, active ?? -1, count);
    if (target !== undefined) {
      event.preventDefault();
      move(target);
    } else if (event.key === 'Enter' && active !== undefined) {
      event.preventDefault();
      onChoose?.(active);
    } else {
      props.onKeyDown?.(event);
    }
  }

  const drawn = rows.getVirtualItems();
  const isDrawn = drawn.some(({ index }) => index === active);
  return (
    <Box
      ref={scroller}
      sx={{
        height: '100%',
        overflow: 'auto',
        overscrollBehavior: 'contain',
        '&:has(:focus-visible)': focusRing,
      }}
    >
      <Box
        ref={props.ref}
        role="listbox"
        aria-label={label}
        aria-activedescendant={isDrawn ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        sx={{ position: 'relative', height: rows.getTotalSize(), minHeight: 1, outline: 'none' }}
      >
        {drawn.map(({ index, start, key }) => (
          <Box
            key={key}
            ref={rows.measureElement}
            data-index={index}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            aria-setsize={count}
            aria-posinset={index + 1}
            onClick={() => {
              onActive(index);
              onChoose?.(index);
            }}
            sx={rowLook}
            style={{ transform: `translateY(${start}px)` }}
          >
            {children(index)}
          </Box>
        ))}
      </Box>
    </Box>
  );
}

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

const rowLook = {
  position: 'absolute',
  top: 0,
  left: 0,
  right: 0,
  cursor: 'pointer',
  '&:hover': { bgcolor: 'sunken.main' },
  '&[aria-selected=true]': {
    bgcolor: 'sunken.main',
    boxShadow: 'inset 3px 0 var(--sheaf-palette-wheat-main)',
  },
} as const;
