import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckSummary } from '#domain/check.ts';
import type { EntrySummary } from '#domain/plan/entry-summary.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';

const pageSize = 50;

/** What is said of one request in a list. They come by pages, so that rows in sight share one question. */
export function useEntry(checked: CheckSummary, entry: number): EntrySummary | undefined {
  const engine = useEngine();
  const page = Math.floor(entry / pageSize);
  const { data } = useQuery({
    queryKey: ['entries', objectId(checked), page],
    queryFn: () => engine.batch.entries(page * pageSize, (page + 1) * pageSize),
    // While the next check's answer is on its way, the last one's is better than none.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  return data?.find((summary) => summary.entry === entry);
}
