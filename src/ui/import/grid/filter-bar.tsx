import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { count } from '#ui/components/numbers.ts';
import type { Grid } from './use-grid.ts';

/** Says that only some rows are listed, and lists all again. */
export function FilterBar({ grid }: { grid: Grid }) {
  const { filter } = grid;
  if (filter === undefined) return null;
  const what = filter === 'problems' ? 'with problems' : `with: ${filter.message}`;
  return (
    <Box role="group" aria-label="Listed rows" sx={style}>
      <Box role="status" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {count(grid.count, 'row')} {what}
      </Box>
      <Button size="small" variant="outlined" onClick={() => void grid.setFilter(undefined)}>
        Show all rows
      </Button>
    </Box>
  );
}

const style = {
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
