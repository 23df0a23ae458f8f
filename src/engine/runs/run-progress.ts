import { Activity, type ActivityEntry, type Speed } from '#domain/results/activity.ts';
import { displayedFields } from '#config/label-config.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { resultRow, type ResultRow } from '#domain/results/result-rows.ts';
import type { ProjectConfigs } from '#engine/batch/project-configs.ts';
import type { Session } from '#engine/session/open-session.ts';
import type { TaskCache } from '#engine/tasks/task-cache.ts';
import { textOfTask } from '#engine/tasks/task-in-list.ts';
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
  rows: LiveRow[];
}

/** A row that was sent, with the main data field of its task, if that was read. */
export interface LiveRow extends ResultRow {
  text?: string;
}

/** The progress of a run that this tab has in memory. */
export function progressOf(
  { plan, account }: LiveRun,
  activity: Activity,
  textOf: (row: number) => string | undefined,
): RunProgress {
  const { speed, earlier } = activity;
  return {
    activity: activity.list(),
    earlier,
    ...(speed && { speed }),
    rows: activity.latestRows().map((row) => {
      const text = textOf(row);
      return { ...resultRow(plan, account, row, plan.server.address), ...(text !== undefined && { text }) };
    }),
  };
}

/** What was read in a session. */
interface SessionReads {
  session: Session | undefined;
  configs: ProjectConfigs | undefined;
  tasks: TaskCache | undefined;
}

/**
 * The texts of a run’s tasks, one line each, from what its review or the task cache has read. Requests nothing, so that the
 * server has its time for the run.
 */
export function knownTexts(run: LiveRun, read: SessionReads): (row: number) => string | undefined {
  const { plan, textOf } = run;
  const server = read.session?.connection.server;
  const tasks = server?.linkBase === plan.server.address ? read.tasks : undefined;
  return (row) => {
    const [project, task] = [projectOf(plan, row), plan.rows.task[row]!];
    const data = tasks?.of(project)?.tasks.dataOf(task);
    if (!data) return textOf?.(project, task);
    const { config } = read.configs?.of(project) ?? {};
    return textOfTask({ id: task, data }, config ? displayedFields(config) : [], server!);
  };
}

/** The activity of a run; read from the store unless known. */
export async function activityOf(run: LiveRun, store: RunStore): Promise<Activity> {
  if (run.activity) return run.activity;
  // A running run always has an activity, so no event is added in the meantime.
  const activity = run.unstored ? new Activity() : Activity.of(await store.events(run.plan.id));
  return (run.activity ??= activity);
}
