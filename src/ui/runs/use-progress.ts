import { useQuery } from '@tanstack/react-query';
import type { RunView } from '#engine/runs/run-view.ts';
import { versionOf } from '#ui/state/runs/use-runs.ts';
import { useEngine } from '#ui/state/use-engine.ts';

const everyMs = 1000;

/** The activity and latest rows of a run; refreshed every second while it runs. */
export function useProgress(view: RunView, isRunning: boolean) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['progress', view.id, versionOf(view)],
    queryFn: () => engine.runs.progress(view.id),
    staleTime: 0,
    gcTime: 10_000,
    refetchInterval: isRunning ? everyMs : false,
  });
}
