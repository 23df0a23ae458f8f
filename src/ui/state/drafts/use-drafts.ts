import { createContext, use } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Drafts, ListedDraft } from './keep-drafts.ts';

export const DraftsContext = createContext<Drafts | undefined>(undefined);

export function useDrafts(): Drafts {
  const drafts = use(DraftsContext);
  if (!drafts) throw new Error('Drafts are used outside of their context.');
  return drafts;
}

const queryKey = ['drafts'];

/** The drafts of this browser, newest first; empty until known, or without storage. */
export function useDraftList(): { drafts: ListedDraft[]; refresh: () => Promise<void> } {
  const kept = useDrafts();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey,
    queryFn: async () => (await kept.list()) ?? [],
    // Other tabs change the list, too.
    refetchOnWindowFocus: 'always',
    refetchOnMount: 'always',
  });
  return { drafts: data ?? [], refresh: () => client.invalidateQueries({ queryKey }) };
}
