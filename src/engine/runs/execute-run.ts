import type { Session } from '#engine/session/open-session.ts';
import type { RunContext } from '#run/run-context.ts';
import type { LiveRuns } from './live-runs.ts';
import { viewOfRun, type RunView } from './run-view.ts';

export interface RunClock {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
}

const notifyEveryMs = 100;

/** Carries out a run, or a part of it, and reports its progress. Only one run at a time. */
export async function executeRun(
  runs: LiveRuns,
  id: string,
  { client, connection }: Session,
  clock: RunClock,
  onChange: (view: RunView) => void,
  work: (context: RunContext) => Promise<void>,
): Promise<RunView> {
  const run = runs.find(id);
  const { stored, view, linkBase } = run;
  if (runs.isAnyRunning()) throw new Error('Another run is in progress.');
  // On another server the same IDs are other tasks; another user's annotations wouldn't count as ours.
  if (connection.server.linkBase !== linkBase || connection.user.id !== stored.plan.author)
    throw new Error(
      `This run belongs to ${view.user} on ${view.server}. Connect there as ${view.user} first.`,
    );
  runs.dropSources((other) => other !== run);
  const stop = new AbortController();
  const notify = throttled(() => run.execution && onChange(viewOfRun(run)), notifyEveryMs, clock);
  run.execution = { stop, notify };
  try {
    await work({
      client,
      plan: stored.plan,
      route: stored.route,
      account: stored.account,
      append: async (event) => {
        await stored.append(event);
        run.order = undefined;
        notify();
      },
      onPhase: (phase, waitingFor) => {
        run.phase = phase === 'sending' && stop.signal.aborted ? 'stopping' : phase;
        run.waitingFor = waitingFor;
        notify();
      },
      ...clock,
      stop: stop.signal,
    });
  } finally {
    run.execution = undefined;
  }
  onChange(viewOfRun(run));
  return viewOfRun(run);
}

/** Limits `call` to once every `every` milliseconds. Calls in between are merged into one at the end of that time. */
function throttled(call: () => void, every: number, { now, sleep }: RunClock): () => void {
  let last = -Infinity;
  let isScheduled = false;
  function callNow() {
    isScheduled = false;
    last = now();
    call();
  }
  return () => {
    if (isScheduled) return;
    const left = last + every - now();
    if (left <= 0) return callNow();
    isScheduled = true;
    void sleep(left).then(callNow);
  };
}
