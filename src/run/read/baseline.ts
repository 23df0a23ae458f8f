import { inOneLine } from '#api/http/failure-of.ts';
import { proofOfGroup, rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { stateOf } from '#domain/results/account.ts';
import { dependsOnTasks, readBaseline } from './read-back.ts';
import type { RunContext } from '#run/run-context.ts';

/**
 * Before the first call, records annotations without regions on the tasks of rows without proof, so that second copies
 * can be noticed later. Rows whose task can’t be read stay unsent.
 *
 * @returns why the run can’t start, if no task can be read
 */
export async function recordBaseline({
  client,
  plan,
  account,
  append,
  now,
}: RunContext): Promise<string | undefined> {
  const { groups } = plan;
  const tasksOfProject = new Map<number, Map<number, number[]>>();
  for (let group = 0; group < groups.count; group += 1) {
    if (proofOfGroup(groups, group) !== 'answer') continue;
    for (const row of rowsOfGroup(groups, group)) {
      const task = plan.rows.task[row]!;
      // A second baseline would contain our own annotations.
      if (stateOf(account, row) !== 'waiting' || account.baseline.tasks.has(task)) continue;
      const project = projectOf(plan, row);
      const rowsOfTask = tasksOfProject.get(project) ?? new Map<number, number[]>();
      tasksOfProject.set(project, rowsOfTask.set(task, [...(rowsOfTask.get(task) ?? []), row]));
    }
  }
  for (const [project, rowsOfTask] of tasksOfProject) {
    const { annotations, failed } = await readBaseline(client, project, [...rowsOfTask.keys()]);
    const unread = new Set(failed.flatMap(({ tasks }) => tasks));
    const tasks = [...rowsOfTask.keys()].filter((task) => !unread.has(task));
    await append({ type: 'baseline', at: now(), tasks, annotations });
    for (const { tasks: unreadable, failure } of failed) {
      const reason = `Not sent: the task’s existing annotations could not be read first. ${inOneLine(failure)}`;
      if (!dependsOnTasks(failure)) return reason;
      const rows = unreadable.flatMap((task) => rowsOfTask.get(task)!);
      await append({ type: 'left-unsent', at: now(), rows, reason });
    }
  }
  return undefined;
}
