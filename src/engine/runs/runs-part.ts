import { differencesOf, groupsOfPlan, type Difference, type GroupView } from '#domain/plan/plan-view.ts';
import type { Batch } from '#engine/batch/batch.ts';
import type { ProjectConfigs } from '#engine/batch/project-configs.ts';
import type { CurrentSession } from '#engine/session/open-session.ts';
import type { TaskCache } from '#engine/tasks/task-cache.ts';
import { routeNamed } from '#run/routes/routes.ts';
import type { RunContext } from '#run/run-context.ts';
import type { RunStore, RunSummary, StoreUsage } from '#run/store/run-store.ts';
import { checkAgain, cleanUp, sendAgain, submit, submitFirst } from '#run/submit.ts';
import { selectRows, type RowQuery } from '#domain/results/result-rows.ts';
import { stateOf } from '#domain/results/account.ts';
import type { Activity } from '#domain/results/activity.ts';
import { previewUndo, undo, type UndoPreview, type UndoRequest } from '#run/undo.ts';
import { EarlierRuns } from './earlier-runs.ts';
import { ExecutedElsewhere, executeRun, type RunOptions, type RunWork } from './execute-run.ts';
import type { LiveRun } from './live-run.ts';
import { LiveRuns } from './live-runs.ts';
import { addRuns, saveAllRuns, type AddedRuns, type SavedRuns } from './files/run-archive.ts';
import { RunsElsewhere, type RunChannel } from './run-channel.ts';
import { activityOf, knownTexts, progressOf, type RunProgress } from './run-progress.ts';
import { planCalls } from '#engine/runs/calls/plan-calls.ts';
import { resultCalls } from '#engine/runs/calls/result-calls.ts';
import { viewOfRun, type RunView } from './run-view.ts';
import { taskCalls } from '#engine/runs/calls/task-calls.ts';

export type { RunSummary };

/** A run in the list of runs. */
export interface ListedRun extends RunSummary {
  /** True while this or another tab executes it. */
  isRunning: boolean;
}

/** The rows of an undo; `copiesOnly` keeps the first annotation of each. */
export type UndoChoice = { query: RowQuery; copiesOnly: boolean } | 'interrupted';

/** How often other tabs get progress. */
const progressEveryMs = 1000;

export type RunsPart = ReturnType<typeof createRunsPart>;

/** Plans, runs and their results. */
export function createRunsPart(
  batch: Batch,
  current: CurrentSession,
  options: RunOptions & { store: RunStore; channel: RunChannel },
  currentConfigs: () => ProjectConfigs | undefined,
  currentTasks: () => TaskCache | undefined,
) {
  const { store, channel } = options;
  const runs = new LiveRuns(store);
  const earlier = new EarlierRuns(runs);
  const elsewhere = new RunsElsewhere(options.now);
  channel.listen((message) => {
    switch (message.type) {
      case 'ask':
        return runs.executing?.execution?.notify();
      case 'view':
        elsewhere.note(message.view);
        return runs.forget(message.view.id);
      case 'progress':
        return elsewhere.noteProgress(message.runId, message.progress);
      case 'stop':
        return stopHere(message.runId, 'another-tab');
      case 'deleted':
        return message.runIds.forEach((runId) => runs.forget(runId));
    }
  });
  channel.post({ type: 'ask' });

  function progressWith(run: LiveRun, activity: Activity): RunProgress {
    const read = { session: current.session, configs: currentConfigs(), tasks: currentTasks() };
    return progressOf(run, activity, knownTexts(run, read));
  }

  function stopHere(runId: string, by: 'this-tab' | 'another-tab'): void {
    const run = runs.inMemory(runId);
    if (!run?.execution) return;
    run.execution.stop.abort(by);
    run.phase = 'stopping';
    // Calls in flight may take a while; the screen shows at once that the run is stopping.
    run.execution.notify();
  }

  const execute = (id: string, onChange: (view: RunView) => void, work: RunWork) => {
    if (!current.session) throw new Error('Not connected to a server.');
    let postedAt = 0;
    const report = (view: RunView) => {
      onChange(view);
      channel.post({ type: 'view', view });
      const run = runs.inMemory(view.id);
      if (!run?.activity || options.now() - postedAt < progressEveryMs) return;
      postedAt = options.now();
      channel.post({ type: 'progress', runId: view.id, progress: progressWith(run, run.activity) });
    };
    return executeRun(runs, earlier, id, current.session, options, report, work);
  };

  /** The same; if another tab was faster, gives the run as it will go on there. */
  const executeOrFollow: typeof execute = async (id, onChange, work) => {
    try {
      return await execute(id, onChange, work);
    } catch (error) {
      if (!(error instanceof ExecutedElsewhere)) throw error;
      return elsewhere.viewOf(id) ?? { ...viewOfRun(await runs.find(id)), isElsewhere: true };
    }
  };

  return {
    /** The groups of a plan from `from` to before `to`, in source order. */
    async groups(planId: string, from: number, to: number): Promise<GroupView[]> {
      const { plan } = await runs.find(planId);
      return groupsOfPlan(plan, from, to, routeNamed);
    },

    /** Why the rows of a plan can’t share calls. */
    differences: async (planId: string): Promise<Difference[]> =>
      differencesOf((await runs.find(planId)).plan),

    /** Starts a run, or resumes it. Reports progress at most ten times a second, and once at the end. */
    start: async (planId: string, onChange: (view: RunView) => void): Promise<RunView> =>
      executeOrFollow(planId, onChange, { sends: true, carryOut: submit }),
    /** Starts a run with only its first rows; starting it again sends the others. */
    startFirst: async (planId: string, rows: number, onChange: (view: RunView) => void): Promise<RunView> =>
      executeOrFollow(planId, onChange, {
        sends: true,
        carryOut: (context) => submitFirst(context, rows),
      }),
    /** Reads tasks again whose annotations weren’t found or couldn’t be read. */
    checkUnknown: async (runId: string, onChange: (view: RunView) => void): Promise<RunView> =>
      executeOrFollow(runId, onChange, { sends: false, carryOut: checkAgain }),
    /** Deletes the run’s remaining predictions and refreshes the projects’ summaries. */
    cleanUp: async (runId: string, onChange: (view: RunView) => void): Promise<RunView> =>
      executeOrFollow(runId, onChange, { sends: false, carryOut: cleanUp }),
    /** Sends matching rows again that weren’t found, after a person decided to. */
    async sendAgain(runId: string, query: RowQuery, onChange: (view: RunView) => void): Promise<RunView> {
      return executeOrFollow(runId, onChange, {
        sends: true,
        carryOut: (context) => {
          const { plan, account } = context;
          const rows = [...selectRows(plan, account, query)];
          return sendAgain(
            context,
            rows.filter((row) => stateOf(account, row) === 'not-found'),
          );
        },
      });
    },
    /** What an undo of matching rows would delete and keep now. Changes nothing. */
    async undoPreview(
      runId: string,
      choice: UndoChoice,
      onChange: (view: RunView) => void,
    ): Promise<UndoPreview> {
      let preview: UndoPreview = { deletes: 0, gone: 0, kept: [] };
      await execute(runId, onChange, {
        sends: false,
        carryOut: async (context) => {
          preview = await previewUndo(context, undoRequest(context, choice));
        },
      });
      return preview;
    },
    /**
     * Deletes the annotations of matching rows that are proven ours and unchanged. Also continues an interrupted undo.
     */
    undo: async (runId: string, choice: UndoChoice, onChange: (view: RunView) => void): Promise<RunView> =>
      executeOrFollow(runId, onChange, {
        sends: false,
        carryOut: (context) => undo(context, undoRequest(context, choice)),
      }),
    /** Stops sending. Calls in flight are still awaited and confirmed. */
    async stop(runId: string): Promise<void> {
      if (runs.inMemory(runId)?.execution) stopHere(runId, 'this-tab');
      else channel.post({ type: 'stop', runId });
    },
    /** The state of a run. Undefined if it was never started in this browser. */
    async view(runId: string): Promise<RunView | undefined> {
      const other = elsewhere.viewOf(runId);
      if (other) return other;
      const run = await runs.get(runId);
      return run && !run.unstored ? viewOfRun(run) : undefined;
    },
    /** Activity, speed and latest rows of a run. */
    async progress(runId: string): Promise<RunProgress> {
      const other = elsewhere.progressOf(runId);
      if (other) return other;
      const run = await runs.find(runId);
      return progressWith(run, await activityOf(run, store));
    },
    /** All runs of this browser, newest first. */
    async list(): Promise<ListedRun[]> {
      const all = await store.list();
      return all.map((summary) => {
        const run = runs.inMemory(summary.id);
        const other = elsewhere.viewOf(summary.id);
        const totals = other?.totals ?? run?.account.totals ?? summary.totals;
        const isRunning = other !== undefined || run?.execution !== undefined;
        return { ...summary, totals: { ...totals }, isRunning };
      });
    },
    /** Deletes unpinned runs older than 90 days, and returns them. */
    expire: (): Promise<RunSummary[]> => store.expire(),
    setPinned: (runId: string, pinned: boolean): Promise<void> => store.setPinned(runId, pinned),
    /** @throws if one of them is running, here or in another tab */
    async delete(runIds: string[]): Promise<void> {
      const isRunning = (id: string) =>
        elsewhere.viewOf(id) !== undefined || runs.inMemory(id)?.execution !== undefined;
      if (runIds.some(isRunning)) throw new Error('A running run can’t be deleted. Stop it first.');
      await store.delete(runIds);
      for (const runId of runIds) runs.forget(runId);
      channel.post({ type: 'deleted', runIds });
    },
    usage: (): Promise<StoreUsage | undefined> => store.usage(),
    /** A run as a file. */
    saveRun: (runId: string): Promise<Blob> => store.save(runId),
    /** All runs as one file. */
    saveAllRuns: (): Promise<SavedRuns> => saveAllRuns(store),
    /** Adds the runs of such a file. */
    openRunFile: (file: Blob): Promise<AddedRuns> => addRuns(store, file),

    ...planCalls(batch, runs, earlier, current, options.now, currentConfigs),
    ...resultCalls(runs, store),
    ...taskCalls(runs, current, currentConfigs),
  };
}

function undoRequest({ plan, account }: RunContext, choice: UndoChoice): UndoRequest {
  if (choice === 'interrupted') {
    if (!account.undo) throw new Error('No undo was interrupted.');
    return account.undo.request;
  }
  const states = choice.copiesOnly ? ['duplicated'] : ['created', 'duplicated', 'unknown', 'not-found'];
  const rows = [...selectRows(plan, account, choice.query)].filter((row) =>
    states.includes(stateOf(account, row)),
  );
  return { rows, copiesOnly: choice.copiesOnly };
}
