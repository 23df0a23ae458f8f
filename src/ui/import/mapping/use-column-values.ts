import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckSummary } from '#domain/check.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';

/** Values in label columns that match no label; undefined until known. */
export function useColumnValues(checked: CheckSummary) {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['column-values', objectId(checked)],
    queryFn: () => engine.batch.columnValues(),
    // Shows the last check's answer while the next one is loading.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return data;
}

/** The first labels of a control with `search` in their names, and their number. */
export function useLabels(checked: CheckSummary, control: string, search: string) {
  const all = useFoundLabels(checked, control, '');
  const isWhole = all.data === undefined || all.data.total === all.data.labels.length;
  // A short list is searched here, without waiting for the engine.
  const found = useFoundLabels(checked, control, isWhole ? '' : search);
  return { ...(found.data ?? { labels: [], total: 0 }), isPending: found.isPending };
}

function useFoundLabels(checked: CheckSummary, control: string, search: string) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['labels', objectId(checked), control, search],
    queryFn: () => engine.batch.labels(control, search),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
}
