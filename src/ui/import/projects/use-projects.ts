import { useRef, useState } from 'react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ProjectPage } from '#engine/tasks/tasks-part.ts';
import { readOrThrow, type ReadFailure } from '#ui/import/task-picker/read-or-throw.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { createDebounce } from '#ui/components/debounce.ts';
import { nextPage } from '#ui/components/next-page.ts';
import { count, figure } from '#ui/components/numbers.ts';

/** Not cached: another server has other projects with the same numbers. */
const ofThisServer = { gcTime: 0, retry: false } as const;

/** Projects whose title contains the search text, loaded while scrolling. */
export function useProjects({ connected }: { connected: boolean }) {
  const engine = useEngine();
  const [title, setTitle] = useState('');
  const later = useRef(createDebounce(250));
  const query = useInfiniteQuery<ProjectPage, ReadFailure, { pages: ProjectPage[] }, unknown[], number>({
    ...ofThisServer,
    queryKey: ['projects', connected, title],
    queryFn: ({ pageParam }) => readOrThrow(engine.tasks.projects(title, pageParam)),
    initialPageParam: 1,
    getNextPageParam: (_, pages) =>
      nextPage(pages.map(({ projects, listed }) => ({ ids: projects.map(({ id }) => id), listed }))),
    enabled: connected,
  });
  const pages = query.data?.pages ?? [];
  const total = pages.at(-1)?.total ?? 0;
  const listed = [
    ...new Map(pages.flatMap(({ projects }) => projects).map((project) => [project.id, project])).values(),
  ];
  const isCut = pages.length > 0 && !query.hasNextPage && listed.length < total;
  const cut = `The first ${figure(listed.length)} of ${count(total, 'project')}. Type a title or an ID to find others.`;
  return {
    listed,
    isFetching: query.isFetching,
    failure: query.error?.failure,
    /** A note below the list if it doesn’t end at its last project. */
    note: query.isFetchingNextPage ? 'Loading more projects …' : isCut ? cut : undefined,
    readAgain: () => void query.refetch(),
    readMore: () => {
      if (query.hasNextPage && !query.isFetching && !query.isError) void query.fetchNextPage();
    },
    search: (words: string) => later.current.call(() => setTitle(words)),
  };
}

export type Projects = ReturnType<typeof useProjects>;

/** One project, for its title. */
export function useProject(id: number | undefined, { connected }: { connected: boolean }) {
  const engine = useEngine();
  return useQuery({
    ...ofThisServer,
    queryKey: ['project', connected, id],
    queryFn: () => engine.tasks.project(id!),
    enabled: connected && id !== undefined,
  });
}
