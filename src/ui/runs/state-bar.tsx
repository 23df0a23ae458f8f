import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import type { RowState, RunTotals } from '#domain/results/account.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { height, radius } from '#ui/theme/tokens.ts';
import { rowStates, StateLabel, stateOrder } from './state-label.tsx';

interface StateBarProps {
  totals: RunTotals;
  /** When missing rows were last looked for. */
  notFoundAt?: number | undefined;
  /** During a run the bar is announced as progress, with its text below. */
  isRunning: boolean;
  /** For a list of runs. */
  isSmall?: boolean;
  /** Shown at the end of the legend. */
  children?: ReactNode;
}

/** The number of rows in each state, as a bar with a legend below or beside it. */
export function StateBar({ totals, notFoundAt, isRunning, isSmall = false, children }: StateBarProps) {
  const rows = Object.values(totals).reduce((sum, value) => sum + value, 0);
  const open = totals.waiting + totals['in-flight'] + totals.unconfirmed;
  const there = stateOrder.filter((state) => totals[state] > 0);
  const words = `${figure(rows - open)} of ${count(rows, 'row')} settled`;
  const asProgress = {
    role: 'progressbar',
    'aria-label': 'Progress',
    'aria-valuemin': 0,
    'aria-valuemax': rows,
    'aria-valuenow': rows - open,
    'aria-valuetext': words,
  };

  return (
    <div>
      <Box
        {...(isRunning ? asProgress : { 'aria-hidden': true })}
        sx={{
          display: 'flex',
          gap: '2px',
          height: isSmall ? 6 : isRunning ? 12 : 10,
          borderRadius: 1,
          overflow: 'hidden',
          bgcolor: 'sunken.pressed',
        }}
      >
        {there.map((state) => (
          <Box
            key={state}
            // Widths change ten times a second; an inline style avoids a new class each time.
            style={{ flexGrow: totals[state] }}
            sx={{
              bgcolor: state === 'waiting' ? 'transparent' : rowStates[state].bar,
              minWidth: '3px',
              forcedColorAdjust: 'none',
              // States in progress are striped.
              ...((state === 'in-flight' || state === 'unconfirmed') && { backgroundImage: stripes }),
            }}
          />
        ))}
      </Box>
      {isRunning && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3, mt: 3.5 }}>
          <Legend totals={totals} states={there} notFoundAt={notFoundAt} />
          <Box
            sx={{
              ml: 'auto',
              display: 'flex',
              alignItems: 'center',
              gap: 2,
              typography: 'caption',
              color: 'text.secondary',
            }}
          >
            {children}
          </Box>
        </Box>
      )}
    </div>
  );
}

const stripes =
  'repeating-linear-gradient(-45deg, transparent 0 6px, color-mix(in srgb, var(--sheaf-palette-background-paper) 30%, transparent) 6px 12px)';

interface LegendProps extends Pick<StateBarProps, 'totals' | 'notFoundAt'> {
  states: RowState[];
}

const Legend = ({ totals, states, notFoundAt }: LegendProps) => (
  <Box
    component="ul"
    aria-label="Rows by state"
    sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, m: 0, p: 0, listStyle: 'none', typography: 'body2' }}
  >
    {states.map((state) => (
      <Box
        component="li"
        key={state}
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.5,
          height: height.controlSmall,
          px: 2.5,
          border: 1,
          borderColor: 'outline.quiet',
          borderRadius: radius.dialog,
        }}
      >
        <StateLabel state={state} notFoundAt={notFoundAt} />
        <Box component="span" sx={{ fontWeight: 'fontWeightBold' }}>
          {figure(totals[state])}
        </Box>
      </Box>
    ))}
  </Box>
);
