import Box from '@mui/material/Box';
import type { Policy } from '#engine/runs/review-choices.ts';
import type { ReviewSummary } from '#engine/runs/review.ts';
import { Radio } from '#ui/components/inputs/radio.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { Card } from '#ui/components/data-display/card.tsx';

interface PoliciesProps {
  summary: ReviewSummary;
  policy: Policy;
  /** Number of rows that were decided individually. */
  decided: number;
  onPolicy: (policy: Policy) => void;
}

/** What happens to rows whose task has annotations, with the number that each policy would create. */
export function Policies({ summary: { kinds, byMe, creates }, policy, decided, onPolicy }: PoliciesProps) {
  const mine = byMe.same + byMe.other;
  const labelled = kinds.same + kinds.other;
  const choices: { value: Policy; title: string; description: string }[] = [
    { value: 'all', title: 'Add all', description: 'Another annotation where one exists' },
    {
      value: 'not-same',
      title: 'Skip what is already there',
      description: `${count(kinds.same, 'row')} ${kinds.same === 1 ? 'has' : 'have'} the same labels`,
    },
    {
      value: 'not-mine',
      title: 'Skip tasks I labelled',
      description: `${count(mine, 'row')} ${mine === 1 ? 'has' : 'have'} an annotation by you`,
    },
    {
      value: 'unlabelled',
      title: 'Only tasks without annotations',
      description: `${count(labelled, 'row')} ${labelled === 1 ? 'is' : 'are'} for labelled tasks`,
    },
  ];
  return (
    <Card
      title="Tasks that have annotations"
      end={<Box sx={{ typography: 'caption', color: 'text.secondary' }}>creates</Box>}
    >
      <Box role="radiogroup" aria-label="Tasks that have annotations">
        {choices.map(({ value, title, description }) => (
          <Box
            component="label"
            key={value}
            sx={{
              display: 'flex',
              gap: 2.5,
              px: 4,
              py: 2,
              cursor: 'pointer',
              '& + &': { borderTop: 1, borderColor: 'divider' },
              bgcolor: value === policy ? 'action.selected' : 'transparent',
              '&:hover': { bgcolor: value === policy ? 'action.selected' : 'action.hover' },
            }}
          >
            <Radio name="policy" checked={value === policy} onChange={() => onPolicy(value)} />
            <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
              <Box component="span" sx={{ fontWeight: 'fontWeightMedium' }}>
                {title}
              </Box>
              <Box component="span" sx={{ display: 'block', typography: 'caption', color: 'text.secondary' }}>
                {description}
              </Box>
            </Box>
            <Box component="strong">{figure(creates[value])}</Box>
          </Box>
        ))}
      </Box>
      <Box
        sx={{
          px: 4,
          py: 2,
          borderTop: 1,
          borderColor: 'divider',
          typography: 'caption',
          color: 'text.secondary',
        }}
      >
        {decided > 0 && `${count(decided, 'row')} ${decided === 1 ? 'is' : 'are'} decided one by one. `}
        Sheaf adds annotations; it never replaces existing ones.
      </Box>
    </Card>
  );
}
