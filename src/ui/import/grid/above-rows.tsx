import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import { count } from '#ui/components/numbers.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import type { Grid } from './use-grid.ts';

const maxShown = 3;

/** Problems of the table as a whole or of its column names, which belong to no row. */
export function SourceProblems({ checked }: { checked: CheckSummary }) {
  const problems = checked.problems.filter(
    ({ entry, severity }) => entry === undefined && severity !== 'info',
  );
  if (problems.length === 0) return null;
  const more = problems.length - maxShown;
  return (
    <Box
      component="ul"
      aria-label="Problems of the whole"
      sx={{ flex: 'none', m: 0, p: 0, px: { xs: 3, sm: 4 }, py: 1, listStyle: 'none', typography: 'body2' }}
    >
      {problems.slice(0, maxShown).map(({ severity, message, from }) => (
        <Box component="li" key={`${from} ${message}`} sx={{ display: 'flex', gap: 2 }}>
          <SeverityLabel severity={severity} />
          <span>{message}</span>
        </Box>
      ))}
      {more > 0 && <li>{count(more, 'more problem')} in the text.</li>}
    </Box>
  );
}

/** Says that only some rows are listed, and lists all again. */
export function FilterBar({ grid }: { grid: Grid }) {
  const { filter } = grid;
  if (filter === undefined) return null;
  const what = filter === 'problems' ? 'with problems' : `with: ${filter.message}`;
  return (
    <Box role="group" aria-label="Listed rows" sx={filterBar}>
      <Box role="status" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {count(grid.count, 'row')} {what}
      </Box>
      <Button size="small" variant="outlined" onClick={() => void grid.setFilter(undefined)}>
        Show all rows
      </Button>
    </Box>
  );
}

const filterBar = {
  flex: 'none',
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  px: { xs: 3, sm: 4 },
  py: 1,
  bgcolor: 'action.selected',
  borderBottom: 1,
  borderColor: 'divider',
  typography: 'body2',
} as const;
