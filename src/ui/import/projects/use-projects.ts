import { useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '#ui/state/use-engine.ts';
import { createDebounce } from '#ui/components/debounce.ts';

/** Nothing is kept for later: the next server's projects are others, under the same numbers. */
const ofThisServer = { gcTime: 0, retry: false } as const;

/** The server's projects whose title holds what was searched for last. */
export function useProjects({ connected }: { connected: boolean }) {
  const engine = useEngine();
  const [title, setTitle] = useState('');
  const later = useRef(createDebounce(250));
  const query = useQuery({
    ...ofThisServer,
    queryKey: ['projects', connected, title],
    queryFn: () => engine.tasks.projects(title),
    enabled: connected,
  });
  return { ...query, search: (words: string) => later.current.call(() => setTitle(words)) };
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
