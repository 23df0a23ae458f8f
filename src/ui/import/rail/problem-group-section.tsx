import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ProblemGroup } from '#domain/problems/problem-groups.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { useBatchActions } from '#ui/import/batch-context.tsx';
import type { Grid } from '#ui/import/grid/use-grid.ts';
import { FixButtons } from '#ui/import/problems/fix-buttons.tsx';
import { focusPanel } from './focus-panel.ts';

interface ProblemGroupSectionProps {
  group: ProblemGroup<PlacedProblem>;
  grid: Grid;
}

/** The code of duplicate rows. */
const duplicate = 'task-again-with-same-result';

/** A group of similar problems: the number of its rows, and actions for all of them. */
export function ProblemGroupSection({ group, grid }: ProblemGroupSectionProps) {
  const { fix } = useBatchActions();
  const { code, severity, message, count: times, rows, first } = group;
  const isOfRow = first.entry !== undefined;
  return (
    <Box role="group" aria-label={message}>
      <Box sx={{ display: 'flex', gap: 2 }}>
        <SeverityLabel severity={severity}>{''}</SeverityLabel>
        <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{message}</Box>
        <Box sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
          {isOfRow ? count(rows, 'row') : figure(times)}
        </Box>
      </Box>
      <Box sx={actions}>
        <FixButtons problem={first} onFix={fix} />
        {isOfRow && (severity === 'error' || code === duplicate) && (
          <Button
            size="small"
            variant="outlined"
            onClick={({ currentTarget }) => {
              focusPanel(currentTarget);
              void grid.deleteGroup(first);
            }}
          >
            Delete {count(rows, code === duplicate ? 'duplicate' : 'row')}
          </Button>
        )}
        <Button
          size="small"
          onClick={() =>
            isOfRow
              ? grid.setView({ ...grid.view, rowsOf: first }, { goesToFirst: true })
              : void grid.goToProblem(first)
          }
        >
          Show
        </Button>
      </Box>
    </Box>
  );
}

/** In line with the message; a text button is, by its text. */
const actions = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: 1,
  mt: 1,
  ml: 7.5,
  '& > .MuiButton-text:first-of-type': { ml: -2 },
} as const;
