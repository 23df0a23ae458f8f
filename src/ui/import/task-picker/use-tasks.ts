import { createContext, use, useRef, useState } from 'react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { TaskInList } from '#engine/tasks/task-in-list.ts';
import type { TaskPage, TaskViews } from '#engine/tasks/tasks-part.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { createDebounce } from '#ui/components/debounce.ts';
import { nextPage } from '#ui/components/next-page.ts';
import { readOrThrow, type ReadFailure } from './read-or-throw.ts';

/** Identifies an opening of the dialog: earlier data may be from another server. */
export const Opening = createContext(0);

/** Not cached, as in the list of projects. */
const uncached = { gcTime: 0, staleTime: Infinity, retry: false } as const;

/** A page, and its search text. */
type FoundPage = TaskPage & { search: string };

/** Matching tasks of the project, loaded while scrolling. */
export function useTasks(project: number) {
  const engine = useEngine();
  const opening = use(Opening);
  const [search, setSearch] = useState('');
  const later = useRef(createDebounce(250));
  const query = useInfiniteQuery<FoundPage, ReadFailure, { pages: FoundPage[] }, unknown[], number>({
    ...uncached,
    queryKey: ['tasks', opening, project, search],
    queryFn: async ({ pageParam: page }) => ({
      search,
      ...(await readOrThrow(engine.tasks.page(project, { search, page }))),
    }),
    initialPageParam: 1,
    getNextPageParam: (_, pages) =>
      nextPage(pages.map(({ tasks, listed }) => ({ ids: tasks.map(({ id }) => id), listed }))),
    placeholderData: keepPreviousData,
  });

  const pages = query.data?.pages;
  const tasks = pages && onceEach(pages.flatMap((page) => page.tasks));
  const total = pages?.at(-1)?.total ?? 0;
  return {
    search,
    /** Starts another search after a pause in typing. */
    searchLater: (words: string) => later.current.call(() => setSearch(words.trim())),
    /** Undefined before the first page. While `isStale`, they belong to the previous search, `foundBy`. */
    tasks,
    foundBy: pages?.[0]?.search,
    total,
    /** True if there are more tasks that won’t be listed. */
    isCut: tasks !== undefined && !query.hasNextPage && !query.isPlaceholderData && tasks.length < total,
    notSearched: pages?.[0]?.notSearched ?? [],
    isStale: query.isPlaceholderData,
    isReading: query.isFetching,
    failure: query.error?.failure,
    readAgain: () => void (pages && !query.isPlaceholderData ? query.fetchNextPage() : query.refetch()),
    readMore: () => {
      if (query.hasNextPage && !query.isFetching && !query.isError) void query.fetchNextPage();
    },
  };
}

/** Created or deleted tasks shift the pages, so a task may be on two of them. */
function onceEach(tasks: TaskInList[]): TaskInList[] {
  return [...new Map(tasks.map((task) => [task.id, task])).values()];
}

/** Reads the IDs of all tasks found by a search, on request. */
export function useFoundTasks(project: number, onFound: (ids: number[]) => void) {
  const engine = useEngine();
  return useMutation<number[], ReadFailure, string>({
    mutationFn: (search) => readOrThrow(engine.tasks.idsBySearch(project, search)),
    onSuccess: onFound,
    retry: 0,
    networkMode: 'always',
    gcTime: 0,
  });
}

export function useViews(project: number) {
  const engine = useEngine();
  const opening = use(Opening);
  return useQuery<TaskViews, ReadFailure>({
    ...uncached,
    queryKey: ['views', opening, project],
    queryFn: () => readOrThrow(engine.tasks.views(project)),
  });
}

export function useTasksOfView(view: number | undefined) {
  const engine = useEngine();
  const opening = use(Opening);
  return useQuery<number[], ReadFailure>({
    ...uncached,
    queryKey: ['tasks of view', opening, view],
    queryFn: () => readOrThrow(engine.tasks.idsByView(view!)),
    enabled: view !== undefined,
  });
}
