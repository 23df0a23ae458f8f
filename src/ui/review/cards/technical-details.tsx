import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { count, figure, roughly } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { radius } from '#ui/theme/tokens.ts';
import { Groups } from './groups.tsx';

/** Calls, the route and the groups, folded: most people never need them. */
export function TechnicalDetails({ plan }: { plan: PlanView }) {
  // The groups measure their height, so they are drawn only while they are open.
  const [isOpen, setOpen] = useState(false);
  return (
    <Box
      component="details"
      open={isOpen}
      onToggle={(event: React.SyntheticEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open)}
      sx={{
        minWidth: 0,
        border: 1,
        borderColor: 'outline.quiet',
        borderRadius: radius.card,
        bgcolor: 'background.paper',
        boxShadow: 'var(--sheaf-palette-shadow-card)',
        '& > summary': { px: 4, py: 2.5, cursor: 'pointer', borderRadius: radius.card },
      }}
    >
      <summary>
        <Box component="span" sx={{ fontWeight: 'fontWeightMedium' }}>
          Technical details
        </Box>{' '}
        <Box component="span" sx={{ typography: 'caption', color: 'text.secondary' }}>
          {count(plan.calls, 'call')}
        </Box>
      </summary>
      {isOpen && (
        <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 4, px: 4, pb: 4 }}>
          <Box component="dl" aria-label="The plan" sx={facts}>
            <dt>Route</dt>
            <dd>
              <Box component="span" sx={{ fontWeight: 'fontWeightMedium' }}>
                {plan.route.title}
              </Box>{' '}
              {plan.route.reason}
            </dd>
            <dt>Calls</dt>
            <dd>
              {figure(plan.calls)}, {roughly(plan.estimateSeconds)}
            </dd>
          </Box>
          <Differences planId={plan.id} />
          {plan.groupCount > 0 && <Groups plan={plan} />}
        </Box>
      )}
    </Box>
  );
}

/** Why rows don't share calls. Compared only when it is looked at: there may be a million of them. */
function Differences({ planId }: { planId: string }) {
  const engine = useEngine();
  const { data = [] } = useQuery({
    queryKey: ['differences', planId],
    queryFn: () => engine.runs.differences(planId),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (data.length === 0) return null;
  return (
    <div>
      <Typography variant="h3" gutterBottom>
        Why rows don’t share calls
      </Typography>
      <Box component="ul" aria-label="Why rows don’t share calls" sx={{ m: 0, pl: 5 }}>
        {data.map(({ field, values }) => (
          <Box component="li" key={field} sx={{ overflowWrap: 'anywhere' }}>
            {figure(values)} different values of <code>{field}</code>
          </Box>
        ))}
      </Box>
    </div>
  );
}

const facts = {
  m: 0,
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr)',
  columnGap: 4,
  rowGap: 1,
  '& dt': { color: 'text.secondary' },
  '& dd': { m: 0, overflowWrap: 'anywhere' },
} as const;
