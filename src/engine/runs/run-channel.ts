import type { RunProgress } from './run-progress.ts';
import type { RunView } from './run-view.ts';

/** Messages about runs between the engines of this browser, one or more in each tab. */
export type RunMessage =
  /** A new engine asks for the runs in progress. */
  | { type: 'ask' }
  | { type: 'view'; view: RunView }
  /** Sent at most once a second. */
  | { type: 'progress'; runId: string; progress: RunProgress }
  | { type: 'stop'; runId: string }
  | { type: 'deleted'; runIds: string[] };

export interface RunChannel {
  post(message: RunMessage): void;
  /** Calls `onMessage` for messages of other engines. */
  listen(onMessage: (message: RunMessage) => void): void;
}

/**
 * After this time without a message, another tab’s run counts as interrupted. Engines report at least once a second.
 */
const silentMs = 5000;

/** Runs of other engines, as they report them. */
export class RunsElsewhere {
  private readonly seen = new Map<string, { view: RunView; at: number }>();
  private readonly progress = new Map<string, RunProgress>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  note(view: RunView): void {
    this.seen.set(view.id, { view: { ...view, isElsewhere: true }, at: this.now() });
    if (view.phase === 'finished' || view.phase === 'interrupted') this.progress.delete(view.id);
  }

  noteProgress(runId: string, progress: RunProgress): void {
    this.progress.set(runId, progress);
  }

  /** The last progress of a running run. */
  progressOf(runId: string): RunProgress | undefined {
    return this.viewOf(runId) && this.progress.get(runId);
  }

  /** The last view of a running run. */
  viewOf(runId: string): RunView | undefined {
    const seen = this.seen.get(runId);
    if (!seen || seen.view.phase === 'finished' || seen.view.phase === 'interrupted') return undefined;
    return this.now() - seen.at <= silentMs ? seen.view : undefined;
  }
}
