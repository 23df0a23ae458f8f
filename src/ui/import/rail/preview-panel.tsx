import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import { figure } from '#ui/components/numbers.ts';
import type { Grid } from '#ui/import/grid/use-grid.ts';
import { QueriedPreview } from '#ui/preview/queried-preview.tsx';
import { Steps } from '#ui/preview/steps.tsx';
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
  return (
    <Box role="group" aria-label="Preview" sx={{ typography: 'body2' }}>
      <Steps
        what="row"
        shown={`Row ${figure(row + 1)} of ${figure(grid.rows)}`}
        index={index}
        count={grid.count}
        onGo={(next) => grid.setActive({ index: next, column })}
      />
      <QueriedPreview
        key={row}
        shown={shown}
        isLoading={isPending && grid.count > 0}
        none="No preview: choose a project whose labels are known, and a row that can be read."
      />
    </Box>
  );
}
