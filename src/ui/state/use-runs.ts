import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunView } from '#engine/runs/run-view.ts';
import { go } from './route.ts';
import { useEngine } from './use-engine.ts';
import type { WorkbenchStore } from './workbench.ts';

const runMutation = ['run'];
const runKey = (runId: string) => ['run', runId];

/**
 * Runs as mutations held by the app, so that leaving a screen doesn't end one. `retry: 0`: a retry would replay the plan.
 * `networkMode: 'always'`: the default pauses silently. `gcTime: 0`: the cache would keep variables for five minutes.
 */
export function useRuns(workbench: WorkbenchStore) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const asRun = { mutationKey: runMutation, retry: 0, networkMode: 'always', gcTime: 0 } as const;

  function onChange(view: RunView) {
    const isNew = queryClient.getQueryData(runKey(view.id)) === undefined;
    queryClient.setQueryData(runKey(view.id), view);
    if (!isNew) return;
    workbench.runStarted(view.id);
    go({ at: 'run', id: view.id });
  }

  const start = useMutation({
    ...asRun,
    mutationFn: (planId: string) => guarded(engine.runs.start(planId, onChange)),
    onSuccess: onChange,
  });
  const again = useMutation({
    ...asRun,
    mutationFn: (runId: string) => guarded(engine.runs.checkUnknown(runId, onChange)),
    onSuccess: onChange,
  });
  const resume = useMutation({
    ...asRun,
    mutationFn: (runId: string) => guarded(engine.runs.start(runId, onChange)),
    onSuccess: onChange,
  });

  const isRunning = start.isPending || again.isPending || resume.isPending;

  /** Ignored during a run: a double click's second click comes before the button is disabled. */
  function unlessRunning(mutate: (runId: string) => void) {
    return (runId: string) => {
      if (queryClient.isMutating({ mutationKey: runMutation }) === 0) mutate(runId);
    };
  }

  const hasBegun = (runId: string | undefined) =>
    runId !== undefined && queryClient.getQueryData(runKey(runId)) !== undefined;

  return {
    start: unlessRunning(start.mutate),
    /** Why the run didn't start; null if it failed after starting. */
    startError: hasBegun(start.variables) ? null : start.error,
    checkAgain: unlessRunning(again.mutate),
    /** Sends the unsent rows. */
    resume: unlessRunning(resume.mutate),
    /** Why a run ended early. */
    errorOf: (runId: string) =>
      [start, again, resume].find(({ variables, error }) => !isRunning && error && variables === runId)
        ?.error ?? undefined,
    /** Why checking again or sending the remaining rows failed. */
    goOnError: again.error ?? resume.error,
    stop: (runId: string) => void engine.runs.stop(runId),
    isRunning,
    /** The run whose unknown rows are being checked again. */
    checkingAgain: again.isPending ? again.variables : undefined,
  };
}

export type Runs = ReturnType<typeof useRuns>;

/** The run's last view from the engine; null if this tab has no such run. */
export function useRunView(runId: string) {
  const engine = useEngine();
  return useQuery({
    queryKey: runKey(runId),
    queryFn: async () => (await engine.runs.view(runId)) ?? null,
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/** The browser asks before the page is left during a run. */
async function guarded<T>(work: Promise<T>): Promise<T> {
  window.addEventListener('beforeunload', ask);
  try {
    return await work;
  } finally {
    window.removeEventListener('beforeunload', ask);
  }
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault();
