import {
  Children,
  cloneElement,
  createContext,
  use,
  useRef,
  type ComponentPropsWithRef,
  type ReactElement,
  type UIEvent,
} from 'react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';
import Paper, { type PaperProps } from '@mui/material/Paper';
import { useForkRef } from '@mui/material/utils';

/** An estimate in px, until an option is measured. */
const optionHeight = 32;
/** More than visible, so that all are measured before the list is scrolled to its end. */
const keptAtEnd = 10;
const padding = 8;

type Option = ReactElement<ComponentPropsWithRef<'li'> & { 'data-index'?: number }>;

/**
 * The listbox `component` of an Autocomplete with many options: renders only visible ones. The first, last and selected
 * options are always rendered, because the Autocomplete moves only to options in the document.
 */
export function WindowedListbox({ children, ref, style, ...listbox }: ComponentPropsWithRef<'ul'>) {
  const scroller = useRef<HTMLUListElement>(null);
  const options = Children.toArray(children) as Option[];
  const selected = options.findIndex(({ props }) => props['aria-selected'] === true);
  const kept = new Set([0, Math.max(0, selected)]);
  for (let index = Math.max(0, options.length - keptAtEnd); index < options.length; index += 1)
    kept.add(index);
  // The result isn't passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: options.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => options[index]?.key ?? index,
    estimateSize: () => optionHeight,
    initialRect: { width: 0, height: 10 * optionHeight },
    overscan: 5,
    paddingStart: padding,
    paddingEnd: padding,
    rangeExtractor: (range) =>
      [...new Set([...kept, ...defaultRangeExtractor(range)])].toSorted((one, other) => one - other),
  });
  return (
    <ul {...listbox} ref={useForkRef(scroller, ref)} style={{ ...style, padding: 0 }}>
      {rows.getVirtualItems().map(({ index, start }) =>
        cloneElement(options[index]!, {
          ref: rows.measureElement,
          // `top`, because the Autocomplete scrolls by `offsetTop`, which ignores transforms.
          style: { position: 'absolute', top: start, left: 0, right: 0 },
          'aria-setsize': options.length,
          'aria-posinset': index + 1,
          'data-index': index,
        }),
      )}
      <li role="presentation" aria-hidden style={{ height: rows.getTotalSize() }} />
    </ul>
  );
}

/** Calls `onEnd` when a list is scrolled close to its end. */
export const whenNearEnd =
  (onEnd: () => void) =>
  ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent) => {
    if (scrollHeight - scrollTop - clientHeight < 10 * optionHeight) onEnd();
  };

/** The note that `PaperWithNote` shows below the options. */
export const ListNote = createContext<string | undefined>(undefined);

/** The paper slot of an Autocomplete, with a note below its list. */
export function PaperWithNote({ children, ...paper }: PaperProps) {
  const note = use(ListNote);
  return (
    <Paper {...paper}>
      {children}
      {note !== undefined && (
        <Box
          role="status"
          // A press would take the focus from the input, which closes the list.
          onMouseDown={(event) => event.preventDefault()}
          sx={{
            px: 4,
            py: 2,
            borderTop: 1,
            borderColor: 'divider',
            color: 'text.secondary',
            typography: 'body2',
          }}
        >
          {note}
        </Box>
      )}
    </Paper>
  );
}
