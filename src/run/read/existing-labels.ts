import { exportLabels, tasksAnExport, type ExistingLabels } from '#api/export.ts';
import type { HttpClient } from '#api/http-client.ts';
import type { Failure } from '#wire/failure.ts';
import { chunksOf, inParallel } from '#run/in-parallel.ts';
import { dependsOnTasks } from './read-back.ts';

const readsInFlight = 4;

/** How a row compares with what is on its task. Only annotations count, not predictions. */
export type RowClass = 'new' | 'same-by-me' | 'same-by-others' | 'other-by-me' | 'other-by-others';

/** What is on tasks already, as it was read once. Kept for a session, so that a new plan needs no new reading. */
export class TaskLabels {
  private readonly byTask = new Map<string, ExistingLabels[]>();

  set(project: number, task: number, labels: ExistingLabels[]): void {
    this.byTask.set(`${project} ${task}`, labels);
  }

  /** Undefined for a task that was not read. */
  classOf(project: number, task: number, labels: number, me: number): RowClass | undefined {
    const existing = this.byTask.get(`${project} ${task}`);
    if (!existing) return undefined;
    if (existing.length === 0) return 'new';
    const same = existing.filter((one) => one.labels === labels);
    if (same.some(({ by }) => by === me)) return 'same-by-me';
    if (same.length > 0) return 'same-by-others';
    return existing.some(({ by }) => by === me) ? 'other-by-me' : 'other-by-others';
  }
}

/**
 * Reads what is on these tasks, in bulk.
 *
 * @returns why it ended early; undefined if every task was read or can’t be read by itself
 */
export async function readExistingLabels(
  client: HttpClient,
  known: TaskLabels,
  tasksOfProject: ReadonlyMap<number, readonly number[]>,
  { stop, onProgress }: { stop: AbortSignal; onProgress: (read: number, of: number) => void },
): Promise<Failure | undefined> {
  const chunks = [...tasksOfProject].flatMap(([project, tasks]) =>
    chunksOf([...tasks], tasksAnExport).map((chunk) => ({ project, chunk })),
  );
  const total = [...tasksOfProject.values()].reduce((sum, tasks) => sum + tasks.length, 0);
  let done = 0;
  let failure: Failure | undefined;
  const read = async (project: number, tasks: number[]): Promise<void> => {
    if (stop.aborted || failure) return;
    const outcome = await exportLabels(client, project, tasks);
    if (!outcome.ok && dependsOnTasks(outcome.failure) && tasks.length > 1) {
      const middle = tasks.length >> 1;
      await read(project, tasks.slice(0, middle));
      return read(project, tasks.slice(middle));
    }
    if (outcome.ok) for (const [task, labels] of outcome.value) known.set(project, task, labels);
    else if (!dependsOnTasks(outcome.failure)) failure = outcome.failure;
    done += tasks.length;
    onProgress(done, total);
  };
  await inParallel(
    () => (stop.aborted || failure ? undefined : chunks.shift()),
    readsInFlight,
    ({ project, chunk }) => read(project, chunk),
  );
  return failure;
}
