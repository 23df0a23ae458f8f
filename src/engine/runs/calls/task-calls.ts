import { readTasksById, type TaskDataPage } from '#api/tasks.ts';
import { displayedFields, type DisplayedField } from '#config/label-config.ts';
import { projectOf } from '#domain/plan/plan.ts';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { ProjectConfigs } from '#engine/batch/project-configs.ts';
import type { CurrentSession, Session } from '#engine/session/open-session.ts';
import { taskInList } from '#engine/tasks/task-in-list.ts';
import { refused, type Outcome } from '#wire/failure.ts';
import { limits } from '#wire/limits.ts';
import { firstUnits, shorten } from '#wire/words.ts';
import type { LiveRun } from '#engine/runs/live-run.ts';
import type { LiveRuns } from '#engine/runs/live-runs.ts';
import { orderOf } from './result-calls.ts';

/** A task as the details of a row show it. */
export interface ShownTask {
  /** First what annotators see; at most `limits.shownTaskFields`. */
  fields: { name: string; text: string; /** Of the whole text, if it is cut. */ length?: number }[];
  /** How many further fields there are. */
  more: number;
}

/** What the server has about the tasks of a run. Read when it is asked for; nothing of it is kept. */
export function taskCalls(
  runs: LiveRuns,
  current: CurrentSession,
  currentConfigs: () => ProjectConfigs | undefined,
) {
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
      return { ok: true, value: task ? shownTask(task, fieldsOf(projectOf(run.plan, row))) : null };
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
        const { text, image } = taskInList(task, shown, session.connection.server);
        return text === '' && image ? image.url : text;
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

function shownTask({ data }: Task, shown: DisplayedField[]): ShownTask {
  const first = shown.map(({ key }) => key).filter((key) => Object.hasOwn(data, key));
  const names = [...new Set([...first, ...Object.keys(data)])];
  return {
    fields: names.slice(0, limits.shownTaskFields).map((name) => {
      const value = data[name];
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const isCut = text.length > limits.shownTaskUnits;
      return {
        name: shorten(name, limits.shownUnits),
        text: isCut ? firstUnits(text, limits.shownTaskUnits) : text,
        ...(isCut && { length: text.length }),
      };
    }),
    more: Math.max(0, names.length - limits.shownTaskFields),
  };
}
