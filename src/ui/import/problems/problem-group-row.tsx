import Box from '@mui/material/Box';
import type { ProblemKind } from '#domain/checked.ts';
import { figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { problemLine } from './problem-line.ts';

/** All problems of one kind in one line: how grave, how many, and what they say. */
export function KindRow({ kind: { severity, count, message } }: { kind: ProblemKind }) {
  return (
    <Box sx={problemLine('auto 1fr', '6rem 4.5rem 1fr')}>
      <SeverityLabel severity={severity} />
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {figure(count)}
        <Box component="span" sx={visuallyHidden}>
          {' '}
          times
        </Box>
      </Box>
      <Box component="span" sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' }, overflowWrap: 'anywhere' }}>
        {message}
      </Box>
    </Box>
  );
}
