import Box from '@mui/material/Box';
import type { RunView } from '#engine/engine.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { StateLabel } from './state-label.tsx';

/** Why rows are not simply created, in the server's own words, at the request they belong to. */
export function Reasons({ reasons }: Pick<RunView, 'reasons'>) {
  return (
    <Box component="ul" aria-label="Reasons" tabIndex={0} sx={look}>
      {reasons.map(({ entry, state, reason, rows }) => (
        <li key={`${entry} ${state} ${reason}`}>
          <Box component="span" sx={{ width: 104, flex: 'none' }}>
            <StateLabel state={state} />
          </Box>
          <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap', order: { sm: 1 } }}>
            Request {figure(entry + 1)} · {count(rows, 'row')}
          </Box>
          <Box component="span" sx={{ flex: { xs: '1 0 100%', sm: 1 }, overflowWrap: 'anywhere' }}>
            {reason}
          </Box>
        </li>
      ))}
    </Box>
  );
}

const look = {
  flex: 'none',
  maxHeight: 176,
  overflow: 'auto',
  m: 0,
  p: 0,
  listStyle: 'none',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
  typography: 'body2',
  '& > li': { display: 'flex', flexWrap: { xs: 'wrap', sm: 'nowrap' }, columnGap: 3, px: 3, py: 1.5 },
  '& > li + li': { borderTop: 1, borderColor: 'divider' },
  '&:focus-visible': { outlineOffset: -2 },
} as const;
