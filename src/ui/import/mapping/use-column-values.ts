import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckSummary } from '#domain/check.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';

/** What stands in the columns and is no label; undefined until it is known. */
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

/** Every label of a control, to choose one of; none until they are here. */
export function useLabels(checked: CheckSummary, control: string) {
  const engine = useEngine();
  const { data, isPending } = useQuery({
    queryKey: ['labels', objectId(checked), control],
    queryFn: () => engine.batch.labels(control),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return { labels: data ?? [], isPending };
}
