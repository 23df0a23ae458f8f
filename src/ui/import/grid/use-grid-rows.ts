import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckSummary } from '#domain/check.ts';
import type { GridHead, GridRow } from '#domain/parse/records/grid.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';

/** More rows than a screen shows, so that visible rows span at most two pages. */
const pageSize = 64;

/** The listed rows, ascending; undefined lists all. */
export type RowFilter = Uint32Array | undefined;

/** The number of rows and the options of each column; undefined while loading. */
export function useGridHead(checked: CheckSummary): GridHead | undefined {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['grid-head', objectId(checked)],
    queryFn: () => engine.batch.gridHead(),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return data;
}

/** The visible rows and the active one. */
export function useGridRows(
  checked: CheckSummary,
  filter: RowFilter,
  total: number,
  at: { first: number; active: number },
) {
  const first = Math.floor(at.first / pageSize);
  const pages = [
    usePage(checked, filter, total, first),
    usePage(checked, filter, total, first + 1),
    usePage(checked, filter, total, Math.floor(at.active / pageSize)),
  ];
  /** Undefined while loading. */
  return (row: number): GridRow | undefined => {
    for (const page of pages) {
      const found = page?.find((one) => one.row === row);
      if (found) return found;
    }
    return undefined;
  };
}

function usePage(checked: CheckSummary, filter: RowFilter, total: number, page: number) {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['grid-rows', objectId(checked), filter ? objectId(filter) : 'all', total, page],
    queryFn: () => engine.batch.gridRows(rowsOf(filter, total, page)),
    // Shows the last check's answer while the next one is loading.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // Scrolling through a million rows must not cache them all.
    gcTime: 10_000,
    throwOnError: true,
  });
  return data;
}

function rowsOf(filter: RowFilter, total: number, page: number): number[] {
  const from = page * pageSize;
  const to = Math.min(total, from + pageSize);
  if (filter) return [...filter.subarray(from, to)];
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
