import Box from '@mui/material/Box';
import type { RowState, RunTotals } from '#domain/results/account.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { rowStates, StateLabel, stateOrder } from './state-label.tsx';

interface StateBarProps {
  totals: RunTotals;
  /** During a run the bar is announced as progress, with its text below. */
  isRunning: boolean;
  /** In a list. */
  isSmall?: boolean;
}

/** The number of rows in each state, as a bar and in words below or beside it. */
export function StateBar({ totals, isRunning, isSmall = false }: StateBarProps) {
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
          height: isSmall ? 6 : 10,
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
              // Unfinished states are paler.
              opacity: state === 'in-flight' ? 0.35 : state === 'unconfirmed' ? 0.65 : 1,
              minWidth: '3px',
            }}
          />
        ))}
      </Box>
      {isRunning && <Legend totals={totals} states={there} />}
    </div>
  );
}

function Legend({ totals, states }: { totals: RunTotals; states: RowState[] }) {
  return (
    <Box
      component="ul"
      aria-label="Rows by state"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 5,
        rowGap: 1,
        m: 0,
        mt: 2,
        p: 0,
        listStyle: 'none',
        typography: 'body2',
        minHeight: 20,
      }}
    >
      {states.map((state) => (
        <Box component="li" key={state} sx={{ display: 'flex', gap: 1.5 }}>
          <StateLabel state={state} />
          <Box component="span" sx={{ fontWeight: 'fontWeightBold' }}>
            {figure(totals[state])}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
