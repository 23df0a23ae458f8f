import { v4 as uuid } from 'uuid';
import { rowsOf, type BatchCheck } from '#domain/check.ts';
import { groupsOfPlan, type GroupView, type PlanView } from '#domain/plan/plan-view.ts';
import type { Batch } from '#engine/batch/batch.ts';
import { notConnected } from '#engine/session/not-connected.ts';
import type { CurrentSession } from '#engine/session/open-session.ts';
import { prepareRun } from '#run/prepare.ts';
import { chooseRoute } from '#run/routes/choose-route.ts';
import type { RunContext } from '#run/run-context.ts';
import { readUnknownAgain, submit } from '#run/submit.ts';
import { refused, type Outcome } from '#wire/failure.ts';
import { count } from '#wire/words.ts';
import { executeRun, type RunClock } from './execute-run.ts';
import { LiveRuns } from './live-runs.ts';
import { resultCalls } from './result-calls.ts';
import { viewOfRun, type RunView } from './run-view.ts';

export interface PlanChoices {
  /** `resolve` turns a task selection into explicit tasks; `as-is` lets the server resolve it (bulk route only). */
  selection: 'resolve' | 'as-is';
  /** Plans the valid rows only. Otherwise a batch with errors is refused. */
  skipInvalid?: boolean;
}

export type RunsPart = ReturnType<typeof createRunsPart>;

/** Plans, runs and their results. */
export function createRunsPart(batch: Batch, current: CurrentSession, clock: RunClock) {
  const runs = new LiveRuns();
  const execute = (
    id: string,
    onChange: (view: RunView) => void,
    work: (context: RunContext) => Promise<void>,
  ) => {
    if (!current.session) throw new Error('Not connected to a server.');
    return executeRun(runs, id, current.session, clock, onChange, work);
  };

  return {
    /** Reads what the plan needs from the server and plans exactly what will be sent. Creates nothing. */
    async plan({ selection, skipInvalid = false }: PlanChoices): Promise<Outcome<PlanView>> {
      const { session } = current;
      if (!session) return notConnected();
      const blocker = planBlocker(batch.checkup, skipInvalid);
      if (blocker) return blocker;
      const source = batch.source();
      const chosen = chooseRoute(session.connection.edition);
      const id = uuid();
      const { parsed } = batch.checkup;
      const { rows, selections } = rowsOf(batch.checkup);
      const prepared = await prepareRun({
        client: session.client,
        route: chosen.route,
        entries: parsed.entries,
        rows,
        selections,
        chosenProject: batch.projectId,
        selectionsAsIs: selection === 'as-is',
        author: session.connection.user.id,
        id,
        // Eight digits of the run's ID keep region IDs short and still tell runs on one task apart.
        tag: `sheaf-${id.slice(0, 8)}`,
      });
      if (!prepared.ok) return prepared;
      return { ok: true, value: runs.add(prepared.value, source, chosen, session) };
    },
    /** The groups of a plan from `from` up to but not including `to`, in the order of the source. */
    groups: async (planId: string, from: number, to: number): Promise<GroupView[]> =>
      groupsOfPlan(runs.find(planId).stored.plan, from, to),

    /** Starts a run, or resumes it after a stop. Reports progress at most ten times a second, and once at the end. */
    start: async (planId: string, onChange: (view: RunView) => void): Promise<RunView> =>
      execute(planId, onChange, submit),
    /** Reads the tasks of unknown rows once more. */
    checkUnknown: async (runId: string, onChange: (view: RunView) => void): Promise<RunView> =>
      execute(runId, onChange, readUnknownAgain),
    /** Sends nothing more. Calls in flight are still awaited and confirmed. */
    async stop(runId: string): Promise<void> {
      const run = runs.get(runId);
      if (!run?.execution) return;
      run.execution.stop.abort();
      run.phase = 'stopping';
      // Calls in flight may take long; the screen shows at once that the run is stopping.
      run.execution.notify();
    },
    /** The state of a run. Undefined if it was never started here. */
    async view(runId: string): Promise<RunView | undefined> {
      const run = runs.get(runId);
      return run && run.stored.account.startedAt !== undefined ? viewOfRun(run) : undefined;
    },

    ...resultCalls(runs),
  };
}

/** Errors block a plan. With `skipInvalid` only errors that concern the whole text do. */
function planBlocker({ checked }: BatchCheck, skipInvalid: boolean): Outcome<never> | undefined {
  const { errors, sourceErrors, format } = checked;
  if (format !== 'unreadable' && (errors === 0 || (skipInvalid && sourceErrors === 0))) return undefined;
  return refused('mistakes', `The batch has ${count(errors, 'error')}.`, 'Fix them in Import.');
}
