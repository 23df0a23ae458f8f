import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckSummary } from '#domain/check.ts';
import type { GridColumn } from '#domain/parse/grid/grid-columns.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';

/** More columns than most screens show, so that visible ones span at most two pages. */
const pageSize = 32;

export interface ColumnFilter {
  /** Part of a column’s name. */
  search: string;
  /** If true, ignored columns aren’t listed. */
  onlyMapped: boolean;
}

export const allColumns: ColumnFilter = { search: '', onlyMapped: false };

/** Visible and active columns of a table or of records. */
export function useColumns(
  checked: CheckSummary,
  at: { first: number; active?: number },
  filter: ColumnFilter = allColumns,
) {
  const first = Math.floor(at.first / pageSize);
  const pages = [
    usePage(checked, filter, first),
    usePage(checked, filter, first + 1),
    usePage(checked, filter, Math.floor((at.active ?? at.first) / pageSize)),
  ];
  return {
    /** Number of listed columns; undefined while loading. */
    total: pages.find((page) => page !== undefined)?.total,
    /** The column at an index of the list; undefined while loading. */
    columnAt(index: number): GridColumn | undefined {
      const page = pages.find((one) => one && index >= one.from && index < one.from + one.columns.length);
      return page?.columns[index - page.from];
    },
  };
}

function usePage(checked: CheckSummary, { search, onlyMapped }: ColumnFilter, page: number) {
  const engine = useEngine();
  const from = page * pageSize;
  const { data } = useQuery({
    queryKey: ['columns', objectId(checked), search, onlyMapped, page],
    queryFn: async () => ({
      from,
      ...(await engine.batch.columns({ from, to: from + pageSize, search, onlyMapped })),
    }),
    // Shows the last check's answer while the next one is loading.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return data;
}
