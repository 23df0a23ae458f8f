import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReadTasks } from '#engine/tasks/tasks-part.ts';
import type { Failure } from '#wire/failure.ts';
import { ago, count } from '#ui/components/numbers.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';

/** `1,240 tasks read 2 minutes ago` */
export const readWords = ({ tasks, readAt }: ReadTasks): string =>
  `${count(tasks, 'task')} read ${ago(Date.now() - readAt)}`;

export interface TaskReading {
  /** Undefined until they were read. */
  tasks: ReadTasks | undefined;
  isReading: boolean;
  progress: Progress | undefined;
  failure: Failure | undefined;
  /** Reads all tasks, or changes since the last time. */
  read: () => void;
  cancel: () => void;
}

interface Progress {
  read: number;
  of: number;
}

/** All tasks of the chosen project, read once `isWanted`. The batch is checked again with them. */
export function useProjectTasks(isWanted: boolean): TaskReading {
  const engine = useEngine();
  const queries = useQueryClient();
  const { workbench, projectId } = useBatch();
  const { connection } = workbench.get();
  const of = [connection && objectId(connection), projectId];
  const progressKey = ['project-tasks-progress', ...of];
  const { data: progress } = useQuery<Progress | undefined>({
    queryKey: progressKey,
    queryFn: () => queries.getQueryData(progressKey),
    enabled: false,
  });
  const { data, isFetching, refetch } = useQuery({
    queryKey: ['project-tasks', ...of],
    queryFn: async () => {
      queries.setQueryData(progressKey, undefined);
      const outcome = await engine.tasks.readAll(projectId!, (read, total) => {
        queries.setQueryData(progressKey, { read, of: total });
      });
      if (outcome.ok) void workbench.checkAgain();
      return outcome;
    },
    enabled: isWanted && connection !== undefined && projectId !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  return {
    tasks: data?.ok ? data.value : undefined,
    isReading: isFetching,
    progress: progress ?? undefined,
    failure: data?.ok === false ? data.failure : undefined,
    read: () => void refetch(),
    cancel: () => void engine.tasks.cancelReadAll(),
  };
}
