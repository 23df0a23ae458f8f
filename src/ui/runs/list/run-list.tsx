import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import PinIcon from '@mui/icons-material/PushPinOutlined';
import PinnedIcon from '@mui/icons-material/PushPin';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { download } from '#ui/components/download.ts';
import { listNames } from '#ui/components/list-names.ts';
import { when } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { radius } from '#ui/theme/tokens.ts';
import { headline } from '#ui/runs/headline.ts';
import { StateBar } from '#ui/runs/state-bar.tsx';

interface RunListProps {
  runs: ListedRun[];
  onPin: (run: ListedRun) => void;
  onDelete: (run: ListedRun) => void;
}

export function RunList({ runs, onPin, onDelete }: RunListProps) {
  return (
    <Box component="ul" aria-label="Runs" sx={look}>
      {runs.map((run) => (
        <li key={run.id}>
          <RunItem run={run} onPin={() => onPin(run)} onDelete={() => onDelete(run)} />
        </li>
      ))}
    </Box>
  );
}

const look = {
  m: 0,
  p: 0,
  listStyle: 'none',
  border: 1,
  borderColor: 'outline.quiet',
  borderRadius: radius.card,
  bgcolor: 'background.paper',
  '& > li + li': { borderTop: 1, borderColor: 'divider' },
  // Only what is in view is laid out and painted.
  '& > li': { contentVisibility: 'auto', containIntrinsicSize: 'auto 76px' },
} as const;

function RunItem({ run, onPin, onDelete }: { run: ListedRun; onPin: () => void; onDelete: () => void }) {
  const engine = useEngine();
  const { id, fileName, projects, server, user, createdAt, startedAt, endedAt, totals, pinned } = run;
  const name = fileName ?? 'Pasted batch';
  const isInterrupted = startedAt === undefined || endedAt === undefined;
  async function save() {
    download(await engine.runs.saveRun(id), `${name}-${id.slice(0, 8)}.sheaf-run`);
  }

  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 3, px: 3, py: 2, flexWrap: 'wrap' }}>
      <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
        <Box
          component="a"
          href={href({ at: 'run', id })}
          sx={{ fontWeight: 'fontWeightMedium', overflowWrap: 'anywhere' }}
        >
          {name}
        </Box>
        <Box sx={{ color: 'text.secondary', typography: 'body2' }}>
          {listNames(projects.map(({ title }) => title))} · {server.name} · {user.name} ·{' '}
          <time dateTime={new Date(createdAt).toISOString()}>{when(createdAt)}</time>
        </Box>
      </Box>
      <Box sx={{ flex: '1 1 200px', minWidth: 160 }}>
        <StateBar totals={totals} isRunning={false} />
        <Box sx={{ mt: 1, typography: 'body2' }}>
          {isInterrupted ? 'Not finished: open it to resume' : headline(totals)}
        </Box>
      </Box>
      <Box sx={{ display: 'flex' }}>
        <IconButton aria-label={`${pinned ? 'Unpin' : 'Pin'} ${name}`} aria-pressed={pinned} onClick={onPin}>
          {pinned ? <PinnedIcon fontSize="small" /> : <PinIcon fontSize="small" />}
        </IconButton>
        <IconButton aria-label={`Save ${name} to a file`} onClick={() => void save()}>
          <DownloadIcon fontSize="small" />
        </IconButton>
        <IconButton aria-label={`Delete ${name}`} onClick={onDelete}>
          <DeleteIcon fontSize="small" />
        </IconButton>
      </Box>
    </Box>
  );
}
