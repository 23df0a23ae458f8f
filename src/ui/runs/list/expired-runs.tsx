import { useQuery, useQueryClient } from '@tanstack/react-query';
import Alert from '@mui/material/Alert';
import { listNames } from '#ui/components/list-names.ts';
import { count } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { limits } from '#wire/limits.ts';
import { nameOfRun } from './run-words.ts';

const expiredKey = ['expired-runs'];

/** Deletes expired runs once a visit, and keeps their names until the person has seen them. */
export function useExpiredRuns() {
  const engine = useEngine();
  return useQuery({
    queryKey: expiredKey,
    async queryFn() {
      const expired = await engine.runs.expire();
      const names = [...readNotedRuns(), ...expired.map(nameOfRun)];
      if (expired.length > 0) noteRuns(names);
      return names;
    },
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/** Lists deleted expired runs until dismissed. */
export function ExpiredRuns({
  isBand = false,
}: {
  /** Across the window, without an edge at its sides. */ isBand?: boolean;
}) {
  const queryClient = useQueryClient();
  const { data: names = [] } = useExpiredRuns();
  if (names.length === 0) return null;
  return (
    <Alert
      severity="info"
      onClose={() => {
        noteRuns([]);
        queryClient.setQueryData(expiredKey, []);
      }}
      sx={isBand ? { borderRadius: 0, borderWidth: '0 0 1px' } : {}}
    >
      {count(names.length, 'run')} older than 90 days {names.length === 1 ? 'was' : 'were'} deleted from this
      browser: {listNames(names)}. The annotations are still on the server. Pin a run to keep it longer.
    </Alert>
  );
}

const storageKey = 'sheaf-expired-runs';

function readNotedRuns(): string[] {
  try {
    const noted: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(noted) ? noted.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** Without storage, they are shown only on this visit. */
function noteRuns(names: readonly string[]): void {
  try {
    if (names.length === 0) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, JSON.stringify(names.slice(-limits.listed)));
  } catch {
    // Blocked or full.
  }
}
