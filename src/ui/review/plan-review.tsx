import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { Policy } from '#engine/runs/compare-calls.ts';
import type { PlanChoices } from '#engine/runs/runs-part.ts';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { href } from '#ui/state/route.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { Runs } from '#ui/state/use-runs.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { fileNameOf, type Workbench } from '#ui/state/workbench.ts';
import { RemainingRows } from '#ui/remaining-rows/remaining-rows.tsx';
import { AcceptedValues } from './accepted-values.tsx';
import { Compared } from './compared.tsx';
import { Facts } from './facts.tsx';
import { Groups } from './groups.tsx';
import { SelectionChoice } from './selection-choice.tsx';
import { SentBefore } from './sent-before.tsx';
import { Start } from './start.tsx';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { SimpleTable } from '#ui/components/data-display/simple-table.tsx';

interface PlanReviewProps {
  bench: Workbench;
  settled: () => Promise<void>;
  runs: Runs;
}

export function PlanReview({ bench, settled, runs }: PlanReviewProps) {
  const engine = useEngine();
  const [selection, setSelection] = useState<PlanChoices['selection']>('resolve');
  const [skipSent, setSkipSent] = useState(false);
  const [policy, setPolicy] = useState<Policy>('all');
  const { data, isPlaceholderData, refetch } = useQuery({
    queryKey: ['plan', bench.revision, selection, skipSent, policy],
    queryFn: async () => {
      await settled();
      const fileName = fileNameOf(bench);
      return engine.runs.plan({
        selection,
        skipSent,
        policy,
        skipInvalid: bench.skipsInvalidRows,
        ...(fileName !== undefined && { fileName }),
      });
    },
    // Keeps the old plan on screen while the next one is made; its button waits.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    throwOnError: true,
  });
  const plan = data?.ok ? data.value : undefined;

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', minHeight: 1 }}>
      <Box sx={{ flex: 1, width: 1, maxWidth: 1000, mx: 'auto', px: { xs: 3, sm: 4 }, py: 5 }}>
        <Typography variant="h1">Review</Typography>
        <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 5, mt: 4 }}>
          {!data && <Waiting>Reading the projects and tasks of this batch …</Waiting>}
          {data?.ok === false && (
            <FailureNotice failure={data.failure}>
              <Button variant="outlined" onClick={() => void refetch()}>
                Try again
              </Button>
              <Button href={href({ at: 'import' })}>Back to Import</Button>
            </FailureNotice>
          )}
          {plan && (
            <>
              {plan.sentBefore.length > 0 && (
                <SentBefore sentBefore={plan.sentBefore} areSkipped={skipSent} onSkip={setSkipSent} />
              )}
              <Facts plan={plan} />
              {(plan.tasks > 0 || policy !== 'all') && (
                <Compared
                  key={`${bench.revision} ${selection}`}
                  plan={plan}
                  policy={policy}
                  onPolicy={setPolicy}
                />
              )}
              <RemainingRows planId={plan.id} withErrors={plan.withErrors} />
              {plan.hasSelection && <SelectionChoice value={selection} onChange={setSelection} />}
              {plan.effects.length > 0 && (
                <Alert severity="warning">
                  <AlertTitle component="h2">Before you start</AlertTitle>
                  <Box component="ul" sx={{ m: 0, pl: 5 }}>
                    {plan.effects.map((effect) => (
                      <li key={effect}>{effect}</li>
                    ))}
                  </Box>
                </Alert>
              )}
              <AcceptedValues revision={bench.revision} />
              {plan.groupCount > 0 && <Groups plan={plan} />}
              {plan.skipped > 0 && <Skips plan={plan} />}
            </>
          )}
        </Box>
      </Box>
      {plan && (
        <Start
          key={plan.id}
          plan={plan}
          runs={runs}
          isReplanning={isPlaceholderData}
          sentRows={skipSent ? 0 : plan.sentBefore.reduce((sum, { rows }) => sum + rows, 0)}
        />
      )}
    </Box>
  );
}

/** Skipped rows and the reasons. */
function Skips({ plan: { skips, skipped, withErrors } }: { plan: PlanView }) {
  return (
    <section>
      <Typography variant="h2" gutterBottom>
        {count(skipped, 'row')} will be skipped
      </Typography>
      <SimpleTable label="Rows that will be skipped">
        <thead>
          <tr>
            <th className="number">{withErrors.unit === 'row' ? 'Row' : 'Request'}</th>
            <th className="number">Task</th>
            <th className="rest">Why</th>
          </tr>
        </thead>
        <tbody>
          {skips.map((skip, index) => (
            // A request can name a task twice, so only the index is unique.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              <td className="number">{figure(skip.entry + 1)}</td>
              <td className="number">{skip.task}</td>
              <td>{skip.reason}</td>
            </tr>
          ))}
        </tbody>
      </SimpleTable>
      {skipped > skips.length && (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          The first {figure(skips.length)} of {figure(skipped)}. All of them are in the results.
        </Typography>
      )}
    </section>
  );
}
