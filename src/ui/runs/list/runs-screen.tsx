import { useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import SearchIcon from '@mui/icons-material/Search';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import Typography from '@mui/material/Typography';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { count } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { runsKey } from '#ui/state/use-runs.ts';
import { DeleteRunsDialog } from './delete-runs-dialog.tsx';
import { RunList } from './run-list.tsx';
import { StorageUsage } from './storage-usage.tsx';

/** All runs that this browser keeps. */
export function RunsScreen() {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [search, setSearch] = useState('');
  const [doomed, setDoomed] = useState<ListedRun[]>();
  const [failure, setFailure] = useState<Error>();
  const fileInput = useRef<HTMLInputElement>(null);
  const { data, error } = useQuery({
    queryKey: runsKey,
    queryFn: async () => {
      const expired = await engine.runs.expire();
      return { expired, runs: await engine.runs.list() };
    },
    staleTime: 0,
  });
  const refresh = () => queryClient.invalidateQueries({ queryKey: runsKey });

  async function attempt(work: () => Promise<unknown>) {
    setFailure(undefined);
    try {
      await work();
      await refresh();
    } catch (cause) {
      setFailure(cause as Error);
    }
  }

  const shown = data?.runs.filter((run) => matches(run, search));
  return (
    <Box sx={{ maxWidth: 1000, mx: 'auto', px: { xs: 3, sm: 4 }, py: 5, display: 'grid', gap: 4 }}>
      <title>Runs · Sheaf</title>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Typography variant="h1" sx={{ flex: '1 1 200px' }}>
          Runs
        </Typography>
        <OutlinedInput
          type="search"
          placeholder="File, project, server or user"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          startAdornment={<SearchIcon aria-hidden sx={{ color: 'text.secondary' }} />}
          slotProps={{ input: { 'aria-label': 'Search runs' } }}
          sx={{ width: { xs: 1, sm: 260 } }}
        />
        <Button variant="outlined" onClick={() => fileInput.current?.click()}>
          Open a run file
        </Button>
        <input
          ref={fileInput}
          type="file"
          hidden
          aria-label="Run file"
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file) void attempt(() => engine.runs.openRunFile(file));
          }}
        />
      </Box>
      {(failure ?? error) && <Alert severity="error">{(failure ?? error)!.message}</Alert>}
      {data && data.expired.length > 0 && (
        <Alert severity="info">
          {count(data.expired.length, 'run')} older than 90 days {data.expired.length === 1 ? 'was' : 'were'}{' '}
          deleted from this browser. Pin a run to keep it longer.
        </Alert>
      )}
      {!data && !error && <Waiting>Loading the runs …</Waiting>}
      {data?.runs.length === 0 && (
        <EmptyState
          level="h2"
          title="No runs yet"
          action={
            <Button variant="contained" href={href({ at: 'import' })}>
              New import
            </Button>
          }
        >
          Runs you create are kept here, in this browser, for 90 days.
        </EmptyState>
      )}
      {data && shown && data.runs.length > 0 && (
        <>
          {shown.length === 0 && <Typography>No run matches “{search}”.</Typography>}
          <RunList
            runs={shown}
            onPin={(run) => void attempt(() => engine.runs.setPinned(run.id, !run.pinned))}
            onDelete={(run) => setDoomed([run])}
          />
          <StorageUsage onDeleteAll={() => setDoomed(data.runs)} />
        </>
      )}
      {doomed && (
        <DeleteRunsDialog
          runs={doomed}
          onClose={() => setDoomed(undefined)}
          onDelete={() => {
            setDoomed(undefined);
            void attempt(() =>
              doomed.length === 1 ? engine.runs.delete(doomed[0]!.id) : engine.runs.deleteAll(),
            );
          }}
        />
      )}
    </Box>
  );
}

function matches({ fileName, projects, server, user, id }: ListedRun, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  const texts = [fileName ?? 'pasted', server.name, user.name, id, ...projects.map(({ title }) => title)];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
