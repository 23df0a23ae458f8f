import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { UndoChoice } from '#engine/runs/runs-part.ts';
import type { Engine } from '#engine/engine.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { go } from '#ui/state/route.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { WorkbenchStore } from '#ui/state/workbench.ts';

const runMutation = ['run'];
const runKey = (runId: string) => ['run', runId];
export const runsKey = ['runs'];

/** Actions on a plan or run. Each takes as long as the run. */
type RunWork = { runId: string } & (
  | { do: 'start' }
  | { do: 'start-first'; rows: number }
  | { do: 'check-again' }
  | { do: 'clean-up' }
  | { do: 'send-again'; query: RowQuery }
  | { do: 'undo'; choice: UndoChoice }
);

/**
 * Runs as mutations held by the app, so that leaving a screen doesn’t end one. `retry: 0`: a retry would replay the
 * plan. `networkMode: 'always'`: the default pauses silently. `gcTime: 0`: the cache would keep variables for five
 * minutes.
 */
export function useRuns(workbench: WorkbenchStore, onNotConnected: () => void) {
  const engine = useEngine();
  const queryClient = useQueryClient();

  function onChange(view: RunView) {
    const isNew = queryClient.getQueryData(runKey(view.id)) === undefined;
    queryClient.setQueryData(runKey(view.id), view);
    if (!isNew) return;
    workbench.runStarted(view.id);
    go({ at: 'run', id: view.id });
  }

  function carryOut(work: RunWork): Promise<RunView> {
    switch (work.do) {
      case 'start':
        return engine.runs.start(work.runId, onChange);
      case 'start-first':
        return engine.runs.startFirst(work.runId, work.rows, onChange);
      case 'check-again':
        return engine.runs.checkUnknown(work.runId, onChange);
      case 'clean-up':
        return engine.runs.cleanUp(work.runId, onChange);
      case 'send-again':
        return engine.runs.sendAgain(work.runId, work.query, onChange);
      case 'undo':
        return engine.runs.undo(work.runId, work.choice, onChange);
    }
  }

  const { mutate, isPending, variables, error } = useMutation({
    mutationKey: runMutation,
    retry: 0,
    networkMode: 'always',
    gcTime: 0,
    mutationFn: (work: RunWork) => guarded(carryOut(work)),
    onSuccess(view) {
      onChange(view);
      if (!view.isElsewhere) void notifyInBackground(view);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: runsKey }),
  });

  /** Ignored during a run: the second click of a double click comes before the button is disabled. */
  function unlessRunning(work: RunWork) {
    if (!workbench.get().connection) onNotConnected();
    else if (queryClient.isMutating({ mutationKey: runMutation }) === 0) mutate(work);
  }

  const hasBegun = variables !== undefined && queryClient.getQueryData(runKey(variables.runId)) !== undefined;
  const failure = isPending ? null : error;

  return {
    /** Starts a plan, or resumes a run. */
    start: (runId: string) => unlessRunning({ runId, do: 'start' }),
    /** Starts a plan with its first rows only. */
    startFirst: (runId: string, rows: number) => unlessRunning({ runId, do: 'start-first', rows }),
    /** Why the run didn’t start; null if it failed later. */
    startError: hasBegun ? null : failure,
    checkAgain: (runId: string) => unlessRunning({ runId, do: 'check-again' }),
    cleanUp: (runId: string) => unlessRunning({ runId, do: 'clean-up' }),
    sendAgain: (runId: string, query: RowQuery) => unlessRunning({ runId, do: 'send-again', query }),
    undo: (runId: string, choice: UndoChoice) => unlessRunning({ runId, do: 'undo', choice }),
    /** Why the last action on a run ended early. */
    errorOf: (runId: string) => (variables?.runId === runId ? (failure ?? undefined) : undefined),
    stop: (runId: string) => void engine.runs.stop(runId),
    isRunning: isPending,
    /** The plan or run of the action in progress. */
    busyWith: isPending ? variables.runId : undefined,
    /** The run that is being checked again, cleaned up or undone; its results stay visible. */
    workingOn:
      isPending && ['check-again', 'clean-up', 'undo'].includes(variables.do) ? variables.runId : undefined,
  };
}

export type Runs = ReturnType<typeof useRuns>;

/** How often a run is polled that another tab executes, or may resume or undo. */
const elsewhereMs = 1000;
const idleMs = 3000;
const listMs = 2000;

/** All runs of this browser; refreshed while one is in progress, or could be resumed by another tab. */
export const runListQuery = (engine: Engine) =>
  queryOptions({
    queryKey: runsKey,
    queryFn: () => engine.runs.list(),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.some(({ isRunning, endedAt }) => isRunning || endedAt === undefined) ? listMs : false,
  });

/** For keys of what is read about rows: changes with them, but only once an action such as an undo has ended. */
export const versionOf = ({ phase, endedAt, totals }: RunView) =>
  phase === 'finished' || phase === 'interrupted' ? { endedAt, totals } : phase;

/** The run’s last view from the engine; null if this browser doesn’t have it. */
export function useRunView(runId: string) {
  const engine = useEngine();
  return useQuery({
    queryKey: runKey(runId),
    queryFn: async () => (await engine.runs.view(runId)) ?? null,
    staleTime: Infinity,
    gcTime: Infinity,
    refetchInterval: ({ state: { data } }) =>
      data?.isElsewhere || data?.phase === 'interrupted' ? elsewhereMs : data?.phase === 'finished' && idleMs,
  });
}

/** The run of another tab in one of these projects; requested only if `isWanted`. */
export function useRunElsewhere(projects: { id: number }[], isWanted: boolean) {
  const engine = useEngine();
  const ids = new Set(projects.map(({ id }) => id));
  const { data } = useQuery({
    queryKey: [...runsKey, 'elsewhere'],
    queryFn: () => engine.runs.list(),
    enabled: isWanted,
    gcTime: 0,
    refetchInterval: elsewhereMs,
  });
  return isWanted
    ? data?.find((run) => run.isRunning && run.projects.some(({ id }) => ids.has(id)))
    : undefined;
}

/** The browser asks before the page is left during a run. */
async function guarded<T>(work: Promise<T>): Promise<T> {
  window.addEventListener('beforeunload', ask);
  // Without it the browser may evict runs when the disk is full. Only a page can ask, not a worker.
  void (navigator as Partial<Navigator>).storage?.persist().catch(() => {});
  try {
    return await work;
  } finally {
    window.removeEventListener('beforeunload', ask);
  }
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** Reloads the page without asking, because the run can continue only after that. */
export function reloadPage() {
  window.removeEventListener('beforeunload', ask);
  window.location.reload();
}

/** Notifies about the end of a run in a hidden tab, if the browser has permission. */
async function notifyInBackground({ totals, fileName }: RunView) {
  if (document.visibilityState === 'visible' || !('Notification' in window)) return;
  if (Notification.permission !== 'granted') return;
  const { headline } = await import('./headline.ts');
  // Some mobile browsers allow notifications only from service workers.
  try {
    const note = new Notification(headline(totals), { body: fileName ?? 'Pasted batch', tag: 'sheaf-run' });
    note.addEventListener('click', () => window.focus());
  } catch {}
}
