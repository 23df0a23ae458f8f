import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckSummary } from '#domain/check.ts';
import type { EntrySummary } from '#domain/plan/entry-summary.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';

const pageSize = 50;

/** The summary of one request. Loaded in pages, so that visible rows share a call. */
export function useEntry(checked: CheckSummary, entry: number): EntrySummary | undefined {
  const engine = useEngine();
  const page = Math.floor(entry / pageSize);
  const { data } = useQuery({
    queryKey: ['entries', objectId(checked), page],
    queryFn: () => engine.batch.entries(page * pageSize, (page + 1) * pageSize),
    // Shows the last check's answer while the next one is loading.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  return data?.find((summary) => summary.entry === entry);
}
