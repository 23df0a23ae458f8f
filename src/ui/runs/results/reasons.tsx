import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { limits } from '#wire/limits.ts';
import { flatSurface } from '#ui/components/data-display/card.tsx';
import { figure } from '#ui/components/numbers.ts';
import { allRows } from '#ui/state/runs/all-rows.ts';
import { StateLabel } from '#ui/runs/state-label.tsx';

/** Why rows weren’t created, grouped regardless of numbers; each filters the table. */
export function Reasons({
  reasons,
  notFoundAt,
  onShow,
}: Pick<RunView, 'reasons' | 'notFoundAt'> & { onShow: (query: RowQuery) => void }) {
  return (
    <Box component="ul" aria-label="Reasons" tabIndex={0} sx={list}>
      {reasons.map(({ state, reason, rows, differs }) => (
        <li key={`${state} ${reason}`}>
          <Box component="span" sx={{ minWidth: 112, flex: 'none' }}>
            <StateLabel state={state} notFoundAt={notFoundAt} />
          </Box>
          <Box component="span" sx={{ fontWeight: 'fontWeightBold', whiteSpace: 'nowrap' }}>
            {figure(rows)} ×
          </Box>
          <Box
            component="span"
            sx={{
              flex: { xs: '1 0 100%', sm: 1 },
              order: { xs: 1, sm: 0 },
              minWidth: 0,
              overflowWrap: 'anywhere',
            }}
          >
            {differs ? withoutNumbers(reason) : reason}
          </Box>
          <Button
            size="small"
            sx={{ color: 'primary.main', my: '-3px', ml: 'auto' }}
            onClick={() => onShow({ ...allRows, states: [state], reason })}
          >
            Show
          </Button>
        </li>
      ))}
      {reasons.length >= limits.listedReasons && (
        <Box component="li" sx={{ color: 'text.secondary' }}>
          At most {limits.listedReasons} reasons are listed here, the most frequent ones. The table below has
          all rows.
        </Box>
      )}
    </Box>
  );
}

/** `Task … isn’t in Product reviews.` */
const withoutNumbers = (reason: string) => reason.replaceAll(/\d+/g, '…');

const list = {
  flex: 'none',
  maxHeight: 176,
  overflow: 'auto',
  m: 0,
  p: 0,
  listStyle: 'none',
  ...flatSurface,
  typography: 'body2',
  '& > li': {
    display: 'flex',
    flexWrap: { xs: 'wrap', sm: 'nowrap' },
    alignItems: 'start',
    columnGap: 3,
    px: 3,
    py: 1.5,
  },
  '& > li + li': { borderTop: 1, borderColor: 'divider' },
  '&:focus-visible': { outlineOffset: -2 },
} as const;
