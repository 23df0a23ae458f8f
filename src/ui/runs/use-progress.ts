import { useQuery } from '@tanstack/react-query';
import type { RunView } from '#engine/runs/run-view.ts';
import { useEngine } from '#ui/state/use-engine.ts';

const everyMs = 1000;

/** The activity and latest rows of a run; refreshed every second while it runs. */
export function useProgress({ id, endedAt }: RunView, isRunning: boolean) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['progress', id, endedAt],
    queryFn: () => engine.runs.progress(id),
    staleTime: 0,
    gcTime: 10_000,
    refetchInterval: isRunning ? everyMs : false,
  });
}
