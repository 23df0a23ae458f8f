import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { runsKey } from '#ui/state/runs/use-runs.ts';
import { nameOfRun } from '#ui/runs/list/run-words.ts';

/** Searching for an ID reads all runs, so it waits for a pause in typing. */
const pauseMs = 400;

/** The runs with a matching name, task ID or annotation ID. */
export function useFoundRuns(runs: ListedRun[], search: string) {
  const engine = useEngine();
  const wanted = search.trim().toLowerCase();
  const digits = /^#?(\d{1,15})$/.exec(wanted)?.[1];
  const id = digits === undefined ? undefined : Number(digits);
  const [asked, setAsked] = useState<number>();
  useEffect(() => {
    const pause = setTimeout(() => setAsked(id), pauseMs);
    return () => clearTimeout(pause);
  }, [id]);
  const { data, isLoading } = useQuery({
    queryKey: [...runsKey, 'with', asked],
    queryFn: () => engine.runs.runsWith(asked!),
    enabled: asked !== undefined,
    gcTime: 10_000,
  });
  const withId = new Set(asked === id && id !== undefined ? data : []);
  return {
    found: runs.filter((run) => withId.has(run.id) || matches(run, wanted)),
    isSearching: id !== undefined && (asked !== id || isLoading),
  };
}

function matches(run: ListedRun, wanted: string): boolean {
  const { projects, server, user, id } = run;
  const texts = [nameOfRun(run), server.name, user.name, id, ...projects.map(({ title }) => title)];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
