import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { dayAndTime } from '#ui/components/numbers.ts';
import { headline } from '#ui/state/runs/headline.ts';
import { href } from '#ui/state/route.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { runsKey } from '#ui/state/runs/use-runs.ts';

const shown = 5;

/** The latest runs of this browser. */
export function RecentRuns() {
  const engine = useEngine();
  const { data: runs = [] } = useQuery({ queryKey: runsKey, queryFn: () => engine.runs.list() });
  if (runs.length === 0) return null;
  return (
    <Box component="section" aria-label="Recent runs">
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', mb: 2 }}>
        <Typography variant="h3" component="h2">
          Recent runs
        </Typography>
        <Link href={href({ at: 'runs' })}>All runs</Link>
      </Box>
      <Box component="ul" sx={list}>
        {runs.slice(0, shown).map((run) => (
          <Box component="li" key={run.id} sx={row}>
            <Link
              href={href({ at: 'run', id: run.id })}
              underline="hover"
              sx={{ fontWeight: 'fontWeightMedium' }}
            >
              {run.fileName ?? 'Pasted'}
            </Link>
            <Box sx={{ color: 'text.secondary' }}>{run.projects.map(({ title }) => title).join(', ')}</Box>
            <span>{headline(run.totals)}</span>
            <Box sx={{ color: 'text.secondary', textAlign: { sm: 'right' } }}>
              {dayAndTime(run.startedAt ?? run.createdAt)}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}

const list = {
  m: 0,
  p: 0,
  listStyle: 'none',
  border: 1,
  borderColor: 'outline.quiet',
  borderRadius: 1,
  bgcolor: 'background.paper',
  typography: 'body2',
} as const;

const row = {
  display: 'grid',
  gridTemplateColumns: { xs: '1fr', sm: '1.3fr 1fr 1.6fr auto' },
  columnGap: 4,
  px: 3,
  py: 2,
  '& + &': { borderTop: 1, borderColor: 'divider' },
  '& > *': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: { sm: 'nowrap' } },
} as const;
