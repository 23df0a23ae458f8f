import { useId } from 'react';
import Box from '@mui/material/Box';
import type { Comparison } from '#domain/match/comparison.ts';
import type { MatchTrials } from '#engine/batch/calls/match-calls.ts';
import { Radio } from '#ui/components/inputs/radio.tsx';
import { figure } from '#ui/components/numbers.ts';
import { mono } from '#ui/theme/tokens.ts';

const compareWords: Record<Comparison, string> = {
  value: 'The whole value',
  'file-stem': 'File name without ending',
  'file-name': 'File name with ending',
};

const compareOrder: readonly Comparison[] = ['value', 'file-stem', 'file-name'];

interface CompareChoiceProps {
  trials: MatchTrials | undefined;
  value: Comparison;
  onChange: (compare: Comparison) => void;
}

/** Which part of the values is compared, with the number of rows that each would match. */
export function CompareChoice({ trials, value, onChange }: CompareChoiceProps) {
  const name = useId();
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Box component="legend" sx={{ p: 0, mb: 1, fontWeight: 'fontWeightMedium' }}>
        Compare
      </Box>
      <Box sx={{ border: 1, borderColor: 'outline.quiet', borderRadius: 1, overflow: 'hidden' }}>
        {compareOrder.map((compare) => {
          const found = trials?.comparisons.find((one) => one.compare === compare);
          return (
            <Box component="label" key={compare} sx={{ ...option, ...(compare === value && chosenOption) }}>
              <Radio name={name} checked={compare === value} onChange={() => onChange(compare)} />
              <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
                {compareWords[compare]}
                <Box component="span" sx={example}>
                  {found?.example ?? ''}
                </Box>
              </Box>
              <Box
                component="span"
                sx={{ typography: 'caption', color: 'text.secondary', whiteSpace: 'nowrap' }}
              >
                {found && trials ? `${figure(found.matched)} of ${figure(trials.trial.rows)}` : '…'}
              </Box>
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}

const option = {
  display: 'flex',
  alignItems: 'flex-start',
  gap: 2.5,
  px: 3,
  py: 2,
  cursor: 'pointer',
  '& + &': { borderTop: 1, borderColor: 'divider' },
} as const;

const chosenOption = { bgcolor: 'action.selected' } as const;

const example = {
  display: 'block',
  minHeight: '1.4em',
  typography: 'caption',
  fontFamily: mono,
  color: 'text.secondary',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;
