import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { listNames } from '#ui/components/list-names.ts';
import { count, figure, roughly } from '#ui/components/numbers.ts';
import { radius } from '#ui/theme/tokens.ts';

/** The plan's main facts: server, account, method and size. */
export function Facts({ plan }: { plan: PlanView }) {
  return (
    <Box
      component="dl"
      aria-label="The plan"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', md: 'repeat(4, minmax(0, 1fr))' },
        border: 1,
        borderColor: 'outline.quiet',
        borderRadius: radius.card,
        // The background shows through the gaps as lines.
        gap: '1px',
        bgcolor: 'divider',
        overflow: 'hidden',
      }}
    >
      <Fact term="Annotations" value={figure(plan.rows - plan.skipped)}>
        {plan.skipped > 0
          ? `of ${count(plan.rows, 'row')}; ${figure(plan.skipped)} skipped`
          : 'one for each row'}
      </Fact>
      <Fact term="Tasks" value={figure(plan.tasks)}>
        {plan.projects.length === 1
          ? `in ${plan.projects[0]!.title}`
          : `in ${listNames(plan.projects.map(({ title, rows }) => `${title} (${figure(rows)})`))}`}
      </Fact>
      <Fact term="Calls" value={figure(plan.calls)}>
        {roughly(plan.estimateSeconds)}
      </Fact>
      <Fact term="Server" value={plan.server}>
        as {plan.user}
      </Fact>
      <Box sx={{ ...cell, gridColumn: '1 / -1' }}>
        <dt>Route</dt>
        <Box component="dd" sx={{ m: 0 }}>
          <Box component="span" sx={{ fontWeight: 'fontWeightMedium' }}>
            {plan.route.title}
          </Box>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {plan.route.reason}
          </Box>
        </Box>
      </Box>
    </Box>
  );
}

const cell = {
  px: 4,
  py: 3,
  minWidth: 0,
  overflowWrap: 'anywhere',
  bgcolor: 'background.paper',
  '& dt': { color: 'text.secondary', typography: 'caption' },
} as const;

function Fact({ term, value, children }: { term: string; value: string; children: ReactNode }) {
  return (
    <Box sx={cell}>
      <dt>{term}</dt>
      <Box component="dd" sx={{ m: 0 }}>
        <Box sx={{ typography: 'h1' }}>{value}</Box>
        <Box sx={{ color: 'text.secondary', typography: 'body2' }}>{children}</Box>
      </Box>
    </Box>
  );
}
