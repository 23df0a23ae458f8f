import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import type { CellProblem } from '#domain/parse/columns/records.ts';
import { limits } from '#wire/limits.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { Keys } from '#ui/components/data-display/keys.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { useBatchActions } from '#ui/import/batch-context.tsx';
import { FixButtons } from '#ui/import/problems/fix-buttons.tsx';
import { SeverityLabel, severityWords } from '#ui/components/feedback/severity-label.tsx';
import { height } from '#ui/theme/tokens.ts';
import type { Grid } from './use-grid.ts';

interface StatusBarProps {
  checked: CheckSummary;
  grid: Grid;
  /** The column's name. */
  name: string;
}

/** Problems of the active cell and its row, keyboard shortcuts, and the table’s size. */
export function StatusBar({ checked, grid, name }: StatusBarProps) {
  const { fix } = useBatchActions();
  const { column } = grid.active;
  const row = grid.activeRow;
  const length = row && grid.cellAt(row.row, column)?.length;
  const listed = checked.problems;
  const problems = row?.problems.filter((problem) => (problem.column ?? column) === column) ?? [];
  const fixable = row && problems.map((problem) => placed(listed, row.row, problem)).find((one) => one?.fix);
  return (
    <Box role="region" aria-label="The active cell" tabIndex={0} sx={style}>
      <Box sx={{ flex: '0 1 auto', minWidth: 0 }}>
        {row && (
          <Box component="span" sx={{ color: 'text.secondary', mr: 3 }}>
            Row {figure(row.row + 1)}, {name}
            {length !== undefined &&
              `: ${figure(length)} characters, of which the first ${figure(limits.shownUnits)} are shown`}
          </Box>
        )}
        <Box component="span" id={grid.detailsId} sx={{ overflowWrap: 'anywhere' }}>
          {problems.map(({ severity, message }) => (
            <Box key={message} component="span" sx={{ mr: 3 }}>
              <SeverityLabel severity={severity}>{`${severityWords[severity]}:`}</SeverityLabel> {message}
            </Box>
          ))}
        </Box>
      </Box>
      <FixButtons problem={fixable} onFix={fix} />
      <Keys label="Keys in the grid" keys={keys} />
      <Box sx={{ ml: 'auto', color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {grid.view.sort && 'Sorted view · '}
        {count(grid.rows, 'row')}, {count(grid.columnCount, 'column')}
      </Box>
    </Box>
  );
}

const keys = [
  ['F8', 'Next problem'],
  ['Space', 'Preview'],
  ['Alt ↓', 'Column menu'],
  ['Alt Shift ← →', 'Column width'],
  ['Ctrl F', 'Find and replace'],
  ['Del', 'Clear'],
] as const;

function placed(listed: readonly PlacedProblem[], row: number, { code, message }: CellProblem) {
  return listed.find((one) => one.entry === row && one.code === code && one.message === message);
}

const style = {
  flex: 'none',
  display: 'flex',
  flexWrap: { xs: 'wrap', sm: 'nowrap' },
  alignItems: 'center',
  columnGap: 4,
  rowGap: 1,
  minHeight: height.rowDense,
  maxHeight: 96,
  overflow: 'auto',
  px: { xs: 3, sm: 4 },
  py: 0.5,
  borderTop: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
  typography: 'body2',
  '& > button': { flexShrink: { lg: 0 } },
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;
