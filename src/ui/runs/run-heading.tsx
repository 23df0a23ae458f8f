import type { ReactNode } from 'react';
import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { RunView } from '#engine/runs/run-view.ts';
import { listNames } from '#ui/components/list-names.ts';
import { dayAndTime, minuteOfDay } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';

/** The run’s name, user and time, with a back link and its actions. */
export function RunHeading({ view, children }: { view: RunView; children: ReactNode }) {
  const { plan, fileName, startedAt, endedAt } = view;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 2, alignItems: 'start' }}>
      <IconButton href={href({ at: 'runs' })} aria-label="All runs" sx={{ ml: -1 }}>
        <BackIcon />
      </IconButton>
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
          {fileName ?? 'Pasted batch'}
        </Typography>
        <Typography variant="body2" sx={{ mt: 0.5, color: 'text.secondary' }}>
          {listNames(plan.projects.map(({ title }) => title))} on {plan.server}, by {plan.user},{' '}
          {dayAndTime(startedAt)}
          {endedAt !== undefined &&
            minuteOfDay(endedAt) !== minuteOfDay(startedAt) &&
            ` to ${dayAndTime(endedAt)}`}
        </Typography>
      </Box>
      {children}
    </Box>
  );
}
