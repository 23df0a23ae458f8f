import { useState, useRef } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import FolderOpenIcon from '@mui/icons-material/FolderOpenOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { flatSurface } from '#ui/components/data-display/card.tsx';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { download } from '#ui/components/download.ts';
import { href } from '#ui/state/route.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { isoDay } from '#wire/text/words.ts';
import { runListQuery, runsKey } from '#ui/state/runs/use-runs.ts';
import { everyRun, filterRuns } from '#ui/runs/list/search/run-filter.ts';
import { RunTools } from '#ui/runs/list/search/run-tools.tsx';
import { useFoundRuns } from '#ui/runs/list/search/use-found-runs.ts';
import { DeleteOldRunsDialog, DeleteRunDialog } from './delete-runs-dialog.tsx';
import { ExpiredRuns, useExpiredRuns } from './expired-runs.tsx';
import { RunList } from './run-list.tsx';
import { runCount, nameOfRun } from './run-words.ts';
import { StorageUsage } from './storage-usage.tsx';

/** All runs that this browser keeps. */
export function RunsScreen() {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [search, setSearch] = useState('');
  const [deleting, setDeleting] = useState<ListedRun | 'old'>();
  const [failure, setFailure] = useState<Error>();
  const [notice, setNotice] = useState<string>();
  const [filter, setFilter] = useState(everyRun);
  const { isPending: isExpiring } = useExpiredRuns();
  const { data: runs, error } = useQuery({
    ...runListQuery(engine),
    enabled: !isExpiring,
  });
  const searched = useFoundRuns(runs ?? [], search);
  const found = filterRuns(searched.found, filter);
  const { isSearching } = searched;

  async function attempt(work: () => Promise<unknown>) {
    setFailure(undefined);
    setNotice(undefined);
    try {
      await work();
      await queryClient.invalidateQueries({ queryKey: runsKey });
    } catch (cause) {
      setFailure(cause as Error);
    }
  }

  const save = async ({ id, fileName }: ListedRun) =>
    download(await engine.runs.saveRun(id), `${nameOfRun({ fileName })}-${id.slice(0, 8)}.sheaf-run`);
  async function saveAll() {
    const { file, failed } = await engine.runs.saveAllRuns();
    download(file, `sheaf-runs-${isoDay(Date.now())}.zip`);
    if (failed.length === 0) return;
    const [first] = failed;
    throw new Error(
      `${count(failed.length, 'run')} couldn’t be saved, such as “${nameOfRun(first!)}”: ${first!.reason}`,
    );
  }
  async function open(file: File) {
    const { added, known } = await engine.runs.openRunFile(file);
    const rest = known === 0 ? '' : `; ${figure(known)} ${known === 1 ? 'was' : 'were'} here already`;
    setNotice(`${count(added, 'run')} added${rest}.`);
  }
  const deleteRuns = (runs: ListedRun[]) => {
    setDeleting(undefined);
    void attempt(() => engine.runs.delete(runs.map(({ id }) => id)));
  };
  const problem = failure ?? error;

  return (
    <Box sx={page}>
      <title>Runs · Sheaf</title>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 240px' }}>
          <Typography variant="h1">Runs</Typography>
          <Typography sx={{ color: 'text.secondary' }}>
            Every run of this browser, kept for 90 days unless pinned.
          </Typography>
        </Box>
        <OpenRunFile onOpen={(file) => void attempt(() => open(file))} />
        {runs?.length !== 0 && newImport}
      </Box>
      {problem && <Alert severity="error">{problem.message}</Alert>}
      {notice !== undefined && (
        <Alert severity="info" onClose={() => setNotice(undefined)}>
          {notice}
        </Alert>
      )}
      <ExpiredRuns />
      {!runs && !problem && <Waiting>Loading the runs …</Waiting>}
      {runs?.length === 0 && (
        <EmptyState level="h2" title="No runs yet" action={newImport}>
          Runs you create are kept here, in this browser.
        </EmptyState>
      )}
      {runs && runs.length > 0 && (
        <>
          <Box component="section" aria-label="All runs" sx={card}>
            <RunTools
              runs={runs}
              search={search}
              onSearch={setSearch}
              filter={filter}
              onFilter={setFilter}
              words={isSearching ? 'Searching rows …' : runCount(found.length, runs.length)}
            />
            {found.length === 0 && !isSearching && (
              <NothingFound
                search={search}
                onClear={() => {
                  setSearch('');
                  setFilter(everyRun);
                }}
              />
            )}
            {found.length > 0 && (
              <RunList
                runs={found}
                onPin={(run) => void attempt(() => engine.runs.setPinned(run.id, !run.pinned))}
                onSave={(run) => void attempt(() => save(run))}
                onDelete={setDeleting}
              />
            )}
          </Box>
          <StorageUsage onSaveAll={() => void attempt(saveAll)} onDelete={() => setDeleting('old')} />
        </>
      )}
      {deleting === 'old' && (
        <DeleteOldRunsDialog runs={runs ?? []} onDelete={deleteRuns} onClose={() => setDeleting(undefined)} />
      )}
      {deleting !== undefined && deleting !== 'old' && (
        <DeleteRunDialog run={deleting} onDelete={deleteRuns} onClose={() => setDeleting(undefined)} />
      )}
    </Box>
  );
}

/** Adds a run from a file that was saved here or in another browser. */
function OpenRunFile({ onOpen }: { onOpen: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="outlined" startIcon={<FolderOpenIcon />} onClick={() => input.current?.click()}>
        Open a saved run…
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Run file"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) onOpen(file);
        }}
      />
    </>
  );
}

const newImport = (
  <Button variant="contained" href={href({ at: 'import' })}>
    New import
  </Button>
);

const NothingFound = ({ search, onClear }: { search: string; onClear: () => void }) => (
  <Box sx={{ p: 6, textAlign: 'center', color: 'text.secondary' }}>
    {search.trim() === ''
      ? 'No run matches these filters.'
      : `No run matches “${search}”. Search for a file, project, server or user, or for the whole ID of a task or an annotation.`}
    <Box sx={{ mt: 3 }}>
      <Button variant="outlined" onClick={onClear}>
        Show all runs
      </Button>
    </Box>
  </Box>
);

const page = {
  display: 'flex',
  flexDirection: 'column',
  gap: 4,
  height: 1,
  minHeight: 480,
  maxWidth: 1320,
  mx: 'auto',
  px: { xs: 3, sm: 4 },
  pt: 5,
  pb: 4,
} as const;

const card = {
  display: 'flex',
  flexDirection: 'column',
  minHeight: 0,
  ...flatSurface,
  overflow: 'hidden',
} as const;
