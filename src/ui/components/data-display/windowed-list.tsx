import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';

interface WindowedListProps {
  label: string;
  count: number;
  /** How many there are in all, where more rows come as one scrolls. */
  total?: number;
  /** What a row measures before it is seen, in px. */
  rowHeight: number;
  /** The row that stands out, if one does. */
  active: number | undefined;
  /** Whether the list scrolls to the row that stands out when that is changed elsewhere. */
  follows?: boolean;
  /** Another row is to stand out: by arrow keys, Home, End, or a click. */
  onActive: (index: number) => void;
  /** Enter, Space or a click; with Shift held, everything up to the row is meant. */
  onChoose?: (index: number, upTo: boolean) => void;
  /** Where choosing a row selects it: which are selected. Elsewhere the row that stands out counts as selected. */
  isSelected?: (index: number) => boolean;
  /** Whether more than one can be selected. */
  several?: boolean;
  /** The last row that is drawn, as one scrolls. */
  onDrawn?: (last: number) => void;
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
  const { label, count, rowHeight, active, onActive, onChoose, isSelected, onDrawn, children } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // What it returns goes to no memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    onChange: ({ range }) => range && onDrawn?.(range.endIndex),
  });

  const followed = props.follows === true ? active : undefined;
  useEffect(() => {
    if (followed !== undefined) rows.scrollToIndex(followed);
  }, [rows, followed]);

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
    } else if (choosing.has(event.key) && active !== undefined && onChoose) {
      event.preventDefault();
      onChoose(active, event.shiftKey);
    } else {
      props.onKeyDown?.(event);
    }
  }

  const drawn = rows.getVirtualItems();
  const isDrawn = drawn.some(({ index }) => index === active);
  // What is selected looks so without the focus too, so that the row which keys act on needs a ring of its own.
  const ringsRow = isSelected !== undefined && isDrawn;
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
        aria-multiselectable={props.several}
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
            aria-selected={isSelected ? isSelected(index) : index === active}
            aria-setsize={props.total ?? count}
            aria-posinset={index + 1}
            onClick={(event) => {
              onActive(index);
              onChoose?.(index, event.shiftKey);
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

const rowLook = {
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
