import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { count } from '#ui/components/numbers.ts';

/** The columns without a target. */
export function IgnoredColumns({ checked: { reading } }: { checked: CheckSummary }) {
  const ignored = (reading?.columns ?? 0) - (reading?.mapped ?? 0);
  if (ignored === 0) return null;
  const names = reading?.ignored ?? [];
  const more = ignored - names.length;
  return (
    <Box sx={{ px: 4, py: 3, typography: 'body2' }}>
      <SeverityLabel severity="info">{`${count(ignored, 'column')} ignored`}</SeverityLabel>
      <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {names.join(', ')}
        {more > 0 && ` and ${count(more, 'more column')}`}
      </Box>
    </Box>
  );
}
