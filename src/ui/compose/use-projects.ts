import { useRef, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEngine } from '#ui/shared/use-engine.ts';
import { createLater } from './later.ts';

/** The server's projects whose title holds what was searched for last. */
export function useProjects({ enabled }: { enabled: boolean }) {
  const engine = useEngine();
  const [title, setTitle] = useState('');
  const later = useRef(createLater(250));
  const query = useQuery({
    queryKey: ['projects', title],
    queryFn: () => engine.projects(title),
    enabled,
    placeholderData: keepPreviousData,
    // A failure is a value of its own; an exception is no weather that passes.
    retry: false,
  });
  return { ...query, search: (words: string) => later.current.call(() => setTitle(words)) };
}

/** One project, for its title. */
export function useProject(id: number | undefined, { enabled }: { enabled: boolean }) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['project', id],
    queryFn: () => engine.project(id!),
    enabled: enabled && id !== undefined,
    retry: false,
  });
}
