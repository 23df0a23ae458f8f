import type { PlacedProblem } from '#wire/problem.ts';
import Box from '@mui/material/Box';
import type { GridRow } from '#domain/parse/records/grid.ts';
import type { CellProblem } from '#domain/parse/records/records.ts';
import { figure } from '#ui/components/numbers.ts';
import { FixButtons, type OnFix } from '#ui/import/problems/fix-buttons.tsx';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';

interface CellDetailsProps {
  id: string;
  row: GridRow | undefined;
  column: number;
  name: string;
  /** The problems that are listed, of which some can be mended with a click. */
  listed: readonly PlacedProblem[];
  onFix: OnFix;
}

/** What is wrong with the active cell, and with its row as a whole. Its height never changes, so that nothing jumps. */
export function CellDetails({ id, row, column, name, listed, onFix }: CellDetailsProps) {
  const problems = row?.problems.filter((problem) => (problem.column ?? column) === column) ?? [];
  const fixable = row && problems.map((problem) => placed(listed, row.row, problem)).find((one) => one?.fix);
  return (
    <Box role="region" aria-label="The active cell" tabIndex={0} sx={style}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        {row && (
          <Box sx={{ color: 'text.secondary' }}>
            Row {figure(row.row + 1)}, {name}
          </Box>
        )}
        <Box id={id} sx={{ overflowWrap: 'anywhere' }}>
          {problems.map(({ severity, message }) => (
            <Box key={message} sx={{ display: 'flex', gap: 2 }}>
              <SeverityLabel severity={severity} />
              <span>{message}</span>
            </Box>
          ))}
        </Box>
      </Box>
      <FixButtons problem={fixable} onFix={onFix} />
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
