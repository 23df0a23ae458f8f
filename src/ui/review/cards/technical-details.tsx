import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { PlanView, RouteView } from '#domain/plan/plan-view.ts';
import type { ReviewChoices } from '#engine/runs/review-choices.ts';
import { count, figure, roughly } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { surface } from '#ui/components/data-display/card.tsx';
import { radius } from '#ui/theme/tokens.ts';
import { Groups } from './groups.tsx';

interface TechnicalDetailsProps {
  plan: PlanView;
  choices: ReviewChoices;
  onChoices: (change: Partial<ReviewChoices>) => void;
}

/** Calls, routes and groups. Folded, because most people never need them. */
export function TechnicalDetails({ plan, choices, onChoices }: TechnicalDetailsProps) {
  // The groups measure their height, so they are rendered only while open.
  const [isOpen, setOpen] = useState(false);
  return (
    <Box
      component="details"
      open={isOpen}
      onToggle={(event: React.SyntheticEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open)}
      sx={{
        ...surface,
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
            <dt>{plan.routes.length > 1 ? 'Routes' : 'Route'}</dt>
            <dd>
              {plan.routes.map((route) => (
                <RouteFacts key={route.title} route={route} isOnly={plan.routes.length === 1} />
              ))}
            </dd>
            <dt>Calls</dt>
            <dd>
              {figure(plan.calls)}, {roughly(plan.estimateSeconds)}
            </dd>
          </Box>
          {(choices.oneByOne || plan.routes.some(({ sideEffects }) => sideEffects.length > 0)) && (
            <Box component="label" sx={{ display: 'flex', alignItems: 'center', gap: 2, cursor: 'pointer' }}>
              <Box
                component="input"
                type="checkbox"
                checked={choices.oneByOne}
                onChange={() => onChoices({ oneByOne: !choices.oneByOne })}
                sx={{ accentColor: 'var(--sheaf-palette-primary-main)', width: 16, height: 16, m: 0 }}
              />
              One by one: each task gets its own call
            </Box>
          )}
          <Differences planId={plan.id} />
          {plan.groupCount > 0 && <Groups plan={plan} />}
        </Box>
      )}
    </Box>
  );
}

/** A route, why it is used, and its side effects on the server. */
function RouteFacts({ route, isOnly }: { route: RouteView; isOnly: boolean }) {
  const { title, reason, rows, sideEffects, passedOver } = route;
  return (
    <Box sx={{ '& + &': { mt: 2 } }}>
      <Box component="span" sx={{ fontWeight: 'fontWeightMedium' }}>
        {title}
        {!isOnly && `, ${count(rows, 'row')}`}
      </Box>{' '}
      {reason}
      {(sideEffects.length > 0 || passedOver.length > 0) && (
        <Box component="ul" sx={{ m: 0, pl: 5 }}>
          {sideEffects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
          {passedOver.map(({ reason: why, rows: some }) => (
            <li key={why}>
              {count(some, 'row')}: {why}
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
}

/** Why rows can’t share calls. Computed on demand, because there may be a million rows. */
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
