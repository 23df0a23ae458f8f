import { useId, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { PlanView } from '#domain/plan/plan-view.ts';
import type { Comparison, Policy } from '#engine/runs/compare-calls.ts';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { Radio } from '#ui/components/inputs/radio.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';

interface ComparedProps {
  /** The plan with all rows, whatever the policy. */
  plan: PlanView;
  policy: Policy;
  onPolicy: (policy: Policy) => void;
}

/** So many tasks are read without being asked. */
const readAtOnce = 2000;

/** What is on the tasks already, and which rows are sent because of it. */
export function Compared({ plan, policy, onPolicy }: ComparedProps) {
  const engine = useEngine();
  const [isAsked, setAsked] = useState(plan.tasks <= readAtOnce);
  const [progress, setProgress] = useState<{ read: number; of: number }>();
  const { data, refetch } = useQuery({
    // Once for each batch: the plans that a policy makes have fewer rows.
    queryKey: ['comparison', useId()],
    queryFn: () => engine.runs.compare(plan.id, (read, of) => setProgress({ read, of })),
    enabled: isAsked,
    staleTime: Infinity,
    gcTime: 0,
  });

  return (
    <Box component="section" aria-labelledby="compared" sx={{ display: 'grid', gap: 3 }}>
      <Typography id="compared" variant="h2">
        Compared with the server
      </Typography>
      {!isAsked && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
          <Button variant="outlined" onClick={() => setAsked(true)}>
            Compare {count(plan.tasks, 'task')}
          </Button>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            Not compared yet: rows may be on the server already.
          </Box>
        </Box>
      )}
      {isAsked && !data && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
          <Waiting>
            {progress
              ? `Reading ${figure(progress.read)} of ${count(progress.of, 'task')} …`
              : 'Reading the tasks …'}
          </Waiting>
          <Button onClick={() => void engine.runs.cancelCompare()}>Skip this check</Button>
        </Box>
      )}
      {data?.ok === false && (
        <FailureNotice failure={data.failure}>
          <Button variant="outlined" onClick={() => void refetch()}>
            Try again
          </Button>
        </FailureNotice>
      )}
      {data?.ok && <Outcome comparison={data.value} policy={policy} onPolicy={onPolicy} />}
    </Box>
  );
}

interface OutcomeProps {
  comparison: Comparison;
  policy: Policy;
  onPolicy: (policy: Policy) => void;
}

function Outcome({ comparison: { rows, notCompared }, policy, onPolicy }: OutcomeProps) {
  const same = rows['same-by-me'] + rows['same-by-others'];
  const other = rows['other-by-me'] + rows['other-by-others'];
  const mine = rows['same-by-me'] + rows['other-by-me'];
  const all = rows.new + same + other + notCompared;
  const facts: [number, string][] = [
    [rows.new, 'new'],
    [same, 'already there'],
    [other, 'with other labels there'],
    [notCompared, 'not compared'],
  ];
  const choices: { value: Policy; title: string; creates: number }[] = [
    { value: 'all', title: 'Add all', creates: all },
    { value: 'not-same', title: 'Skip what is already there', creates: all - same },
    { value: 'unlabelled', title: 'Only tasks without annotations', creates: all - same - other },
    { value: 'not-mine', title: 'Skip tasks that I annotated', creates: all - mine },
  ];
  return (
    <>
      <Box
        component="ul"
        aria-label="Rows compared"
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 5, m: 0, p: 0, listStyle: 'none' }}
      >
        {facts
          .filter(([number, words]) => number > 0 || words === 'new')
          .map(([number, words]) => (
            <li key={words}>
              <Box component="strong" sx={{ typography: 'h2' }}>
                {figure(number)}
              </Box>{' '}
              {words}
            </li>
          ))}
      </Box>
      {(same > 0 || other > 0 || policy !== 'all') && (
        <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0, display: 'grid', gap: 2 }}>
          <Box component="legend" sx={{ p: 0, mb: 2 }}>
            Which rows to create
          </Box>
          {choices.map(({ value, title, creates }) => (
            <Box component="label" key={value} sx={{ display: 'flex', gap: 2.5, cursor: 'pointer' }}>
              <Radio name="policy" checked={value === policy} onChange={() => onPolicy(value)} />
              <span>
                {title}{' '}
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  creates {figure(creates)}
                </Box>
              </span>
            </Box>
          ))}
        </Box>
      )}
      {same > 0 && policy === 'all' && (
        <Alert severity="warning">
          {count(same, 'task')} {same === 1 ? 'has' : 'have'} the same labels already. Adding all creates{' '}
          {same === 1 ? 'a duplicate' : 'duplicates'}. Sheaf adds annotations; it never replaces existing
          ones.
        </Alert>
      )}
    </>
  );
}
