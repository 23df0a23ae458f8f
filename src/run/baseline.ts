import { inOneLine } from '#api/failure-of.ts';
import { stateOf } from '#domain/results/account.ts';
import { rowsOfGroups, wasSent } from './calls.ts';
import { dependsOnTasks, readBaseline } from './read-back.ts';
import type { RunContext } from './run-context.ts';

/**
 * Records which annotations exist already, on tasks where only that tells ours from others'. Rows of a task that the
 * server cannot read stay unsent.
 *
 * @returns why the run cannot start, where no task can be read
 */
export async function recordBaselines({
  client,
  plan,
  route,
  account,
  append,
}: RunContext): Promise<string | undefined> {
  const taskOf = (row: number): number => plan.rows.task[row]!;
  const rows = rowsOfGroups(plan)
    .filter(({ row, group }) => route.proofOf(plan, row, group).by === 'baseline')
    .map(({ row }) => row);
  // A task that already has annotations of this run was recorded before they were sent.
  const recorded = new Set(rows.filter((row) => wasSent(account, row)).map(taskOf));
  const tasksOfProject = new Map<number, Set<number>>();
  for (const row of rows) {
    if (stateOf(account, row) !== 'waiting' || recorded.has(taskOf(row))) continue;
    const project = plan.projects[plan.rows.entry[row]!]!;
    const tasks = tasksOfProject.get(project) ?? new Set<number>();
    tasksOfProject.set(project, tasks.add(taskOf(row)));
  }
  for (const [project, tasks] of tasksOfProject) {
    const { annotations, failed } = await readBaseline(client, project, [...tasks]);
    await append({ type: 'baseline', annotations });
    for (const { tasks: unread, failure } of failed) {
      const reason = `Not sent: the task’s existing annotations could not be read first. ${inOneLine(failure)}`;
      if (!dependsOnTasks(failure)) return reason;
      const unreadable = new Set(unread);
      const waiting = rows.filter(
        (row) => unreadable.has(taskOf(row)) && stateOf(account, row) === 'waiting',
      );
      await append({ type: 'left-unsent', rows: waiting, reason });
    }
  }
  return undefined;
}
