import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import { count } from '#ui/components/numbers.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';

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
