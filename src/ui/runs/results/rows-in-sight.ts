import { useLayoutEffect, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** The rows that a scroller shows. */
export interface RowsInSight {
  first: number;
  count: number;
}

/** Rows that are rendered above and below those in sight. */
const overscan = 8;

/**
 * Calls `onChange` when other rows come in sight. All rows have the same height, so unlike TanStack’s virtualizer it doesn’t go
 * through a million of them.
 */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  height: number,
  onChange: (update: (was: RowsInSight) => RowsInSight) => void,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = () => {
      const first = Math.floor(element.scrollTop / height);
      const count = Math.ceil(element.clientHeight / height);
      onChange((was) => (was.first === first && was.count === count ? was : { first, count }));
    };
    // At once, so that no frame lacks rows.
    const onScroll = () => flushSync(look);
    const observer = new ResizeObserver(look);
    look();
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, height, onChange]);
}

/** The indexes of the rows to render. */
export function rowsToRender({ first, count }: RowsInSight, total: number): number[] {
  const from = Math.max(0, first - overscan);
  const to = Math.min(total, first + count + 1 + overscan);
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** Scrolls as far as needed to show a row below a sticky head. */
export function showRow(scroller: HTMLElement, index: number, height: number, headHeight: number): void {
  const top = index * height;
  const lowest = top + height + headHeight - scroller.clientHeight;
  scroller.scrollTop = Math.max(lowest, Math.min(scroller.scrollTop, top));
}
