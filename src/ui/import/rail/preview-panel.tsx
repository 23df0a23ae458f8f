import { useQuery } from '@tanstack/react-query';
import NextIcon from '@mui/icons-material/KeyboardArrowDown';
import PreviousIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { CheckSummary } from '#domain/check.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { figure } from '#ui/components/numbers.ts';
import type { Grid } from '#ui/import/grid/use-grid.ts';
import { RowPreviewView } from '#ui/preview/row-preview.tsx';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';

interface PreviewPanelProps {
  checked: CheckSummary;
  grid: Grid;
}

/** The active row as it will look on its task. */
export function PreviewPanel({ checked, grid }: PreviewPanelProps) {
  const engine = useEngine();
  const { index, column } = grid.active;
  const row = grid.rowAt(index);
  const { data: shown, isPending } = useQuery({
    queryKey: ['preview', objectId(checked), row],
    queryFn: async () => (await engine.batch.preview(row)) ?? null,
    enabled: grid.count > 0,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  const go = (next: number) => grid.setActive({ index: next, column });
  return (
    <Box role="group" aria-label="Preview" sx={{ p: 4, typography: 'body2' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 3 }}>
        <Box role="status" sx={{ flex: 1, color: 'text.secondary' }}>
          Row {figure(row + 1)} of {figure(grid.rows)}
        </Box>
        <IconButton
          aria-label="Previous row"
          title="Previous row"
          disabled={index === 0}
          onClick={() => go(index - 1)}
        >
          <PreviousIcon />
        </IconButton>
        <IconButton
          aria-label="Next row"
          title="Next row"
          disabled={index + 1 >= grid.count}
          onClick={() => go(index + 1)}
        >
          <NextIcon />
        </IconButton>
      </Box>
      {isPending && grid.count > 0 ? (
        <Waiting>Loading the task …</Waiting>
      ) : shown ? (
        <RowPreviewView key={row} shown={shown} />
      ) : (
        <Box sx={{ color: 'text.secondary' }}>
          No preview: choose a project whose labels are known, and a row that can be read.
        </Box>
      )}
    </Box>
  );
}
