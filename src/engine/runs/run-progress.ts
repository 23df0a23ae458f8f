import { Activity, type ActivityEntry, type Speed } from '#domain/results/activity.ts';
import { resultRow, type ResultRow } from '#domain/results/result-rows.ts';
import type { RunStore } from '#run/store/run-store.ts';
import type { LiveRun } from './live-run.ts';

/** What a screen shows of a run besides its figures. */
export interface RunProgress {
  /** Newest first, at most `limits.listedActivity`. */
  activity: ActivityEntry[];
  /** Number of dropped lines between the first one and the others. */
  earlier: number;
  speed?: Speed;
  /** Rows that were sent last, newest first, at most `limits.liveRows`; none after a reload. */
  rows: ResultRow[];
}

/** The progress of a run that this tab has in memory. */
export function progressOf({ plan, account }: LiveRun, activity: Activity): RunProgress {
  const { speed, earlier } = activity;
  return {
    activity: activity.list(),
    earlier,
    ...(speed && { speed }),
    rows: activity.latestRows().map((row) => resultRow(plan, account, row, plan.server.address)),
  };
}

/** The activity of a run; read from the store unless known. */
export async function activityOf(run: LiveRun, store: RunStore): Promise<Activity> {
  if (run.activity) return run.activity;
  // A running run always has an activity, so no event is added in the meantime.
  const activity = run.unstored ? new Activity() : Activity.of(await store.events(run.plan.id));
  return (run.activity ??= activity);
}
