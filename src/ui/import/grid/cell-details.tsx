import Box from '@mui/material/Box';
import type { CellProblem } from '#domain/parse/records/records.ts';
import { limits } from '#wire/limits.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { figure } from '#ui/components/numbers.ts';
import { useBatch, useBatchActions } from '#ui/import/batch-context.tsx';
import { FixButtons } from '#ui/import/problems/fix-buttons.tsx';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import type { Grid } from './use-grid.ts';

interface CellDetailsProps {
  grid: Grid;
  /** The column's name. */
  name: string;
}

/** The problems of the active cell and of its row. The height is fixed, so that nothing moves. */
export function CellDetails({ grid, name }: CellDetailsProps) {
  const { checked } = useBatch();
  const { fix } = useBatchActions();
  const { column } = grid.active;
  const row = grid.activeRow;
  const length = row && grid.cellAt(row.row, column)?.length;
  const listed = checked?.problems ?? [];
  const problems = row?.problems.filter((problem) => (problem.column ?? column) === column) ?? [];
  const fixable = row && problems.map((problem) => placed(listed, row.row, problem)).find((one) => one?.fix);
  return (
    <Box role="region" aria-label="The active cell" tabIndex={0} sx={style}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        {row && (
          <Box sx={{ color: 'text.secondary' }}>
            Row {figure(row.row + 1)}, {name}
            {length !== undefined &&
              `: ${figure(length)} characters, of which the first ${figure(limits.shownUnits)} are shown`}
          </Box>
        )}
        <Box id={grid.detailsId} sx={{ overflowWrap: 'anywhere' }}>
          {problems.map(({ severity, message }) => (
            <Box key={message} sx={{ display: 'flex', gap: 2 }}>
              <SeverityLabel severity={severity} />
              <span>{message}</span>
            </Box>
          ))}
        </Box>
      </Box>
      <FixButtons problem={fixable} onFix={fix} />
    </Box>
  );
}

function placed(listed: readonly PlacedProblem[], row: number, { code, message }: CellProblem) {
  return listed.find((one) => one.entry === row && one.code === code && one.message === message);
}

const style = {
  flex: 'none',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  columnGap: 3,
  rowGap: 1,
  height: 72,
  overflow: 'auto',
  px: { xs: 3, sm: 4 },
  py: 1.5,
  borderTop: 1,
  borderColor: 'divider',
  typography: 'body2',
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;
