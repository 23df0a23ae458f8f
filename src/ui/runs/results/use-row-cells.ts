import { useEffect, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { OwnCell } from '#engine/runs/calls/result-calls.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { versionOf } from '#ui/state/runs/use-runs.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { limits } from '#wire/limits.ts';
import type { OwnColumn } from './use-own-columns.ts';

/** Pause in scrolling before the server is asked. */
const pauseMs = 250;

/** The main data field of the tasks near the first visible row, read from the server. */
export function useTaskTexts(view: RunView, query: RowQuery, first: number, isConnected: boolean) {
  const page = useSettled(Math.floor(first / limits.taskTexts));
  const here = useTextPage(view, query, page, isConnected);
  const next = useTextPage(
    view,
    query,
    page + 1,
    isConnected && here.data?.value.length === limits.taskTexts,
  );
  return {
    /** Undefined until read. */
    text(index: number): string | undefined {
      const at = index - page * limits.taskTexts;
      return at < limits.taskTexts ? here.data?.value[at] : next.data?.value[at - limits.taskTexts];
    },
    error: here.error ?? next.error,
    retry: () => void Promise.all([here.refetch(), next.refetch()]),
  };
}

function useTextPage(view: RunView, query: RowQuery, page: number, enabled: boolean) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['rows', view.id, versionOf(view), query, 'texts', page],
    async queryFn() {
      const read = await engine.runs.taskTexts(view.id, query, page * limits.taskTexts);
      if (!read.ok) throw new Error(read.failure.message);
      return read;
    },
    enabled,
    staleTime: Infinity,
    gcTime: 60_000,
  });
}

const cellsPage = 128;

/** Cells of the submitted file near the first visible row. */
export function useOwnCells(view: RunView, query: RowQuery, first: number, columns: OwnColumn[]) {
  const page = Math.floor(first / cellsPage);
  const numbers = columns.map(({ column }) => column);
  const windows = [useCellPage(view, query, page, numbers), useCellPage(view, query, page + 1, numbers)];
  return (index: number): OwnCell[] | undefined => {
    const at = index - page * cellsPage;
    return at < cellsPage ? windows[0]!.data?.[at] : windows[1]!.data?.[at - cellsPage];
  };
}

function useCellPage(view: RunView, query: RowQuery, page: number, columns: number[]) {
  const engine = useEngine();
  const [from, to] = [page * cellsPage, (page + 1) * cellsPage];
  return useQuery({
    queryKey: ['rows', view.id, versionOf(view), query, 'cells', page, columns],
    queryFn: () => engine.runs.ownCells(view.id, query, { from, to, columns }),
    enabled: columns.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
}

/** The value once it hasn’t changed for a moment. */
function useSettled(value: number): number {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const pause = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(pause);
  }, [value]);
  return settled;
}
