import { useQuery } from '@tanstack/react-query';
import type { RunView } from '#engine/runs/run-view.ts';
import { useEngine } from '#ui/state/use-engine.ts';

const everyMs = 1000;

/** What happened in a run and its latest rows; of a run that goes on, read every second. */
export function useProgress({ id, endedAt }: RunView, isRunning: boolean, enabled = true) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['progress', id, endedAt],
    queryFn: () => engine.runs.progress(id),
    enabled,
    staleTime: 0,
    gcTime: 10_000,
    refetchInterval: isRunning ? everyMs : false,
  });
}
