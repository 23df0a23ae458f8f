import { useDeferredValue } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { useNavigation } from '#ui/import/batch-context.tsx';
import { MappingBar } from '#ui/import/mapping/mapping-bar.tsx';
import { CellDetails } from './cell-details.tsx';
import { GridTools, SourceProblems } from './grid-tools.tsx';
import { RowGrid } from './row-grid.tsx';
import { useGrid, type Grid } from './use-grid.ts';

/** A table or records as a grid of cells, with its import settings above and the active cell's problems below. */
export function GridView({ checked }: { checked: CheckSummary }) {
  const grid = useGrid(checked);
  // The many cells of the first look are rendered in short tasks.
  const isReady = useDeferredValue(grid !== undefined, false);
  if (!grid || !isReady)
    return (
      <Box sx={{ p: 6 }}>
        <Waiting>Reading the rows …</Waiting>
      </Box>
    );
  return (
    <Box sx={{ height: 1, display: 'flex', flexDirection: 'column', overflow: { xs: 'auto', sm: 'hidden' } }}>
      <MappingBar checked={checked} reading={checked.reading!} history={grid.history} />
      {grid.rows === 0 ? <NoRow checked={checked} /> : <GridRows checked={checked} grid={grid} />}
    </Box>
  );
}

function GridRows({ checked, grid }: { checked: CheckSummary; grid: Grid }) {
  const {
    summary: { setElement },
  } = useNavigation();
  return (
    <>
      <GridTools checked={checked} grid={grid} />
      <SourceProblems checked={checked} />
      <RowGrid ref={setElement} grid={grid} />
      {grid.count === 0 && (
        <Box role="status" sx={{ p: 4, color: 'text.secondary' }}>
          No problems found.
        </Box>
      )}
      <CellDetails grid={grid} name={grid.columnAt(grid.active.column)?.name ?? ''} />
    </>
  );
}

function NoRow({ checked }: { checked: CheckSummary }) {
  const { showInText } = useNavigation();
  const refusal = checked.problems.find(({ code }) => code === 'too-many-columns');
  return (
    <EmptyState
      title={refusal ? 'Too many columns' : 'No rows yet'}
      action={
        <Button variant="outlined" onClick={() => showInText({ from: 0, to: 0 })}>
          Show the text
        </Button>
      }
    >
      {refusal?.message ?? 'The table has a header, but no rows yet.'}
    </EmptyState>
  );
}
