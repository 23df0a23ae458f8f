import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckSummary } from '#domain/check.ts';
import type { GridCell } from '#domain/parse/grid/shown-cells.ts';
import type { GridRow } from '#domain/parse/grid/grid-rows.ts';
import type { GridSize } from '#engine/batch/calls/grid-calls.ts';
import { limits } from '#wire/limits.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';

/** More than a screen shows, so that visible cells span at most two pages in each direction. */
export const pageSize = { rows: 64, columns: 32 };

/** The listed rows, ascending; undefined lists all. */
export type RowFilter = Uint32Array | undefined;

/** The number of rows, and what the columns need room for; undefined while loading. */
export function useGridSize(checked: CheckSummary): GridSize | undefined {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['grid-size', objectId(checked)],
    queryFn: () => engine.batch.gridSize(),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return data;
}

/** The first visible row or column, and the active one, by index. */
interface At {
  first: number;
  active: number;
}

/** The visible cells and the active one. */
export function useGridRows(checked: CheckSummary, listed: Listed, at: { row: At; column: At }) {
  const row = Math.floor(at.row.first / pageSize.rows);
  const column = Math.floor(at.column.first / pageSize.columns);
  const pages = [
    usePage(checked, listed, { row, column }),
    usePage(checked, listed, { row, column: column + 1 }),
    usePage(checked, listed, { row: row + 1, column }),
    usePage(checked, listed, { row: row + 1, column: column + 1 }),
    usePage(checked, listed, {
      row: Math.floor(at.row.active / pageSize.rows),
      column: Math.floor(at.column.active / pageSize.columns),
    }),
  ];
  return {
    /** Undefined while loading. */
    read: (number: number): GridRow | undefined => {
      for (const page of pages) {
        const found = page?.rows.find((one) => one.row === number);
        if (found) return found;
      }
      return undefined;
    },
    /** Undefined while loading. */
    readCell: (number: number, index: number): GridCell | undefined => {
      for (const page of pages) {
        if (page === undefined || index < page.from || index >= page.from + pageSize.columns) continue;
        const found = page.rows.find((one) => one.row === number);
        if (found) return found.cells[index - page.from];
      }
      return undefined;
    },
  };
}

/** The full text of the active cell, if it is cut in the grid and short enough to edit. */
export function useWholeCell(checked: CheckSummary, row: number, column: number, cell: GridCell | undefined) {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['grid-cell', objectId(checked), row, column],
    queryFn: async () => (await engine.batch.cell(row, column)) ?? null,
    enabled: cell?.length !== undefined && cell.length <= limits.inputUnits,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return data ?? undefined;
}

interface Listed {
  filter: RowFilter;
  /** Number of listed rows. */
  count: number;
}

function usePage(checked: CheckSummary, { filter, count }: Listed, page: { row: number; column: number }) {
  const engine = useEngine();
  const from = page.column * pageSize.columns;
  const { data } = useQuery({
    queryKey: [
      'grid-rows',
      objectId(checked),
      filter ? objectId(filter) : 'all',
      count,
      page.row,
      page.column,
    ],
    queryFn: async () => {
      const rows = rowsOf(filter, count, page.row);
      return {
        from,
        rows: await engine.batch.gridRows({ rows, columns: { from, to: from + pageSize.columns } }),
      };
    },
    // Shows the last check’s answer while the next one is loading.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // Scrolling through a million rows must not cache them all.
    gcTime: 10_000,
    throwOnError: true,
  });
  return data;
}

function rowsOf(filter: RowFilter, total: number, page: number): number[] {
  const from = page * pageSize.rows;
  const to = Math.min(total, from + pageSize.rows);
  if (filter) return [...filter.subarray(from, to)];
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
