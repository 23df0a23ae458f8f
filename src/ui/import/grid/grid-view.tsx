import { useDeferredValue, useEffect, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import type { CheckSummary } from '#domain/check.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { useNavigation } from '#ui/import/batch-context.tsx';
import { useDrafts } from '#ui/state/drafts/use-drafts.ts';
import { Rail } from '#ui/import/rail/rail.tsx';
import { FindBar, useFindKeys } from './find/find-bar.tsx';
import { FilterBar, SourceProblems } from './above-rows.tsx';
import { StatusBar } from './status-bar.tsx';
import { RowGrid } from './row-grid.tsx';
import { useGrid, type Grid } from './use-grid.ts';

/** A table or records as a grid, with the batch’s problems beside it and those of the active cell below. */
export function GridView({ checked }: { checked: CheckSummary }) {
  const grid = useGrid(checked);
  const { rail } = useNavigation();
  const { batchDrawn } = useDrafts();
  // Deferred, so that the cells are first rendered in short tasks.
  const isReady = useDeferredValue(grid !== undefined, false);
  useEffect(() => {
    if (isReady) batchDrawn();
  }, [isReady, batchDrawn]);
  if (!grid || !isReady)
    return (
      <Box sx={{ p: 6 }}>
        <Waiting>Reading the rows …</Waiting>
      </Box>
    );
  return (
    <Box sx={work}>
      <Box sx={main}>
        {grid.rows === 0 ? <NoRow checked={checked} /> : <GridRows checked={checked} grid={grid} />}
      </Box>
      {rail.isBeside ? (
        rail.isOpen && (
          <Box
            component="aside"
            aria-label="Beside the grid"
            sx={{ ...beside, ...(rail.tab === 'preview' && { width: 'clamp(360px, 42vw, 600px)' }) }}
          >
            <Rail checked={checked} grid={grid} />
          </Box>
        )
      ) : (
        <Drawer
          anchor="bottom"
          open={rail.isOpen}
          onClose={() => rail.setOpen(false)}
          slotProps={{ paper: { 'aria-label': 'Beside the grid', sx: { height: '60%' } } }}
        >
          <Rail checked={checked} grid={grid} />
        </Drawer>
      )}
    </Box>
  );
}

function GridRows({ checked, grid }: { checked: CheckSummary; grid: Grid }) {
  const {
    summary: { setElement, focus },
  } = useNavigation();
  const [find, setFind] = useState({ isOpen: false, opening: 0 });
  useFindKeys(() => setFind(({ opening }) => ({ isOpen: true, opening: opening + 1 })));
  function closeFind() {
    setFind((now) => ({ ...now, isOpen: false }));
    focus();
  }
  return (
    <>
      <SourceProblems checked={checked} />
      {find.isOpen && <FindBar checked={checked} grid={grid} opening={find.opening} onClose={closeFind} />}
      <FilterBar grid={grid} />
      <RowGrid ref={setElement} checked={checked} grid={grid} />
      {grid.count === 0 && (
        <Box role="status" sx={{ p: 4, color: 'text.secondary' }}>
          No problems found.
        </Box>
      )}
      <StatusBar checked={checked} grid={grid} name={grid.columnAt(grid.active.column)?.name ?? ''} />
    </>
  );
}

const work = { height: 1, display: 'flex', overflow: 'hidden' } as const;
const main = { flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' } as const;
const beside = {
  flex: 'none',
  width: { md: 320, lg: 392 },
  borderLeft: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
} as const;

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
