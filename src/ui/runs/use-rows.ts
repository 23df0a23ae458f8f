import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ResultRow, RowQuery, RunView } from '#engine/engine.ts';
import { useEngine } from '#ui/state/use-engine.ts';

/** More than a screen shows, so that what is in view lies in two pages at most. */
const pageSize = 256;

export const pageOf = (index: number) => Math.floor(index / pageSize);

/** The rows from the page of the first visible one on: that page and the next. */
export function useRows(view: RunView, query: RowQuery, page: number) {
  const here = usePage(view, query, page);
  const next = usePage(view, query, page + 1);
  const windows = [here.data, next.data];

  return {
    /** How many rows the query lets through; of the query before while the new one is asked. */
    total: here.data?.total ?? 0,
    isLoading: here.isPending,
    isStale: here.isPlaceholderData,
    /** Undefined while it is on its way. */
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
    // A run that is checked again ends again, and what was read before is out of date.
    queryKey: ['rows', view.id, view.endedAt, query, page],
    queryFn: () => engine.rows(view.id, query, page * pageSize, (page + 1) * pageSize),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // Scrolling through a million rows must not gather them all on the page.
    gcTime: 10_000,
    throwOnError: true,
  });
}
