import NextIcon from '@mui/icons-material/KeyboardArrowDown';
import PreviousIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import type { CheckSummary } from '#domain/check.ts';
import { count } from '#ui/components/numbers.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { useBatchActions } from '#ui/import/batch-context.tsx';
import { ProblemsByGroup } from '#ui/import/problems/problems-by-group.tsx';
import type { Grid } from './use-grid.ts';

interface GridToolsProps {
  checked: CheckSummary;
  grid: Grid;
}

/** The check's summary of all rows, and actions for them. */
export function GridTools({ checked, grid }: GridToolsProps) {
  const { writeAsRequests } = useBatchActions();
  const { errors, warnings, notChecked } = checked;
  const hasProblems = errors + warnings > 0;
  const isReady = checked.rows > 0 && errors === 0;
  return (
    <Box role="group" aria-label="Rows" sx={look}>
      <Box role="status" sx={{ flex: 1, display: 'flex', flexWrap: 'wrap', columnGap: 4 }}>
        <span>{count(grid.rows, 'row')}</span>
        {errors > 0 && <SeverityLabel severity="error">{count(errors, 'error')}</SeverityLabel>}
        {warnings > 0 && <SeverityLabel severity="warning">{count(warnings, 'warning')}</SeverityLabel>}
        {!hasProblems && <span>No problems found</span>}
        {notChecked.map((reason) => (
          <Box key={reason} component="span" sx={{ color: 'text.secondary' }}>
            {reason}
          </Box>
        ))}
      </Box>
      <ProblemsByGroup checked={checked} onGoTo={(problem) => void grid.goToProblem(problem)} />
      <FormControlLabel
        label="Only rows with problems"
        control={<Checkbox checked={grid.isFiltered} onChange={(_, next) => void grid.setFiltered(next)} />}
      />
      <Box sx={{ display: 'flex' }}>
        <IconButton
          aria-label="Previous problem"
          title="Previous problem (Shift+F8)"
          disabled={!hasProblems}
          onClick={() => void grid.step(-1)}
        >
          <PreviousIcon />
        </IconButton>
        <IconButton
          aria-label="Next problem"
          title="Next problem (F8)"
          disabled={!hasProblems}
          onClick={() => void grid.step(1)}
        >
          <NextIcon />
        </IconButton>
      </Box>
      <Button size="small" variant="outlined" disabled={!isReady} onClick={writeAsRequests}>
        Convert to requests
      </Button>
    </Box>
  );
}

const look = {
  flex: 'none',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 3,
  px: { xs: 3, sm: 4 },
  py: 0.5,
  borderBottom: 1,
  borderColor: 'divider',
  typography: 'body2',
} as const;

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
