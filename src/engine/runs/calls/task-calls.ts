import { readTasksById, type TaskDataPage } from '#api/tasks/tasks.ts';
import { displayedFields, type DisplayedField } from '#config/label-config.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { bodyOf } from '#domain/plan/planned-groups.ts';
import { groupOf, type RowQuery } from '#domain/results/result-rows.ts';
import type { ProjectConfigs } from '#engine/batch/project-configs.ts';
import type { CurrentSession, Session } from '#engine/session/open-session.ts';
import { shownTask, type ShownTask } from '#engine/tasks/shown-task.ts';
import { RowPreviews, type RowPreview } from '#engine/tasks/row-previews.ts';
import { textOfTask } from '#engine/tasks/task-in-list.ts';
import { refused, type Outcome } from '#wire/failure.ts';
import { limits } from '#wire/limits.ts';
import type { LiveRun } from '#engine/runs/live-run.ts';
import type { LiveRuns } from '#engine/runs/live-runs.ts';
import { orderOf } from './result-calls.ts';

/** Data of a run’s tasks, read from the server on request. Nothing is kept. */
export function taskCalls(
  runs: LiveRuns,
  current: CurrentSession,
  currentConfigs: () => ProjectConfigs | undefined,
) {
  const previews = new RowPreviews(current);

  /** The tasks of these rows, in the same order; undefined for deleted ones. */
  async function tasksOf(run: LiveRun, session: Session, rows: Uint32Array) {
    const { plan } = run;
    const idsOf = new Map<number, Set<number>>();
    for (const row of rows) {
      const project = projectOf(plan, row);
      idsOf.set(project, (idsOf.get(project) ?? new Set()).add(plan.rows.task[row]!));
    }
    await currentConfigs()?.load(idsOf.keys());
    const found = new Map<string, Task>();
    for (const [project, ids] of idsOf) {
      const read = await readTasksById(session.client, project, [...ids]);
      if (!read.ok) return read;
      for (const task of read.value) found.set(`${project} ${task.id}`, task);
    }
    const tasks = Array.from(rows, (row) => found.get(`${projectOf(plan, row)} ${plan.rows.task[row]}`));
    return { ok: true as const, value: tasks };
  }

  function fieldsOf(project: number): DisplayedField[] {
    const { config } = currentConfigs()?.of(project) ?? {};
    return config ? displayedFields(config) : [];
  }

  return {
    /** The data of a row’s task; null if the task was deleted. */
    async taskOfRow(runId: string, row: number): Promise<Outcome<ShownTask | null>> {
      const run = await runs.find(runId);
      const { session } = current;
      if (!session || !isSameServer(run, session)) return elsewhere(run);
      const read = await tasksOf(run, session, Uint32Array.of(row));
      if (!read.ok) return read;
      const [task] = read.value;
      if (!task) return { ok: true, value: null };
      const first = fieldsOf(projectOf(run.plan, row)).map(({ key }) => key);
      return { ok: true, value: shownTask(task.data, { first }) };
    },
    /**
     * What was sent for a row, on its task. Undefined if nothing is sent for it, its labels can’t be read, or the run’s
     * server isn’t connected.
     */
    async previewOfRow(runId: string, row: number): Promise<RowPreview | undefined> {
      const run = await runs.find(runId);
      const { plan } = run;
      const { session } = current;
      const group = groupOf(plan, row);
      if (group === undefined || !session || !isSameServer(run, session)) return undefined;
      const project = projectOf(plan, row);
      await currentConfigs()?.load([project]);
      const { config } = currentConfigs()?.of(project) ?? {};
      if (!config) return undefined;
      return previews.of({ request: bodyOf(plan.groups, group), config, project, task: plan.rows.task[row] });
    },
    /** The main data field of the tasks of matching rows, at most `limits.taskTexts`; empty for deleted tasks. */
    async taskTexts(runId: string, query: RowQuery, from: number): Promise<Outcome<string[]>> {
      const run = await runs.find(runId);
      const { session } = current;
      if (!session || !isSameServer(run, session)) return elsewhere(run);
      const rows = orderOf(run, query).slice(from, from + limits.taskTexts);
      const read = await tasksOf(run, session, rows);
      if (!read.ok) return read;
      const texts = read.value.map((task, index) => {
        if (!task) return '';
        const shown = fieldsOf(projectOf(run.plan, rows[index]!));
        return textOfTask(task, shown, session.connection.server);
      });
      return { ok: true, value: texts };
    },
  };
}

type Task = TaskDataPage['tasks'][number];

const isSameServer = ({ plan }: LiveRun, { connection }: Session): boolean =>
  connection.server.linkBase === plan.server.address;

const elsewhere = ({ view, plan }: LiveRun) =>
  refused(
    'token-missing',
    'The task’s data is on the server.',
    `Connect to ${view.server} (${plan.server.address}) to see it.`,
  );
