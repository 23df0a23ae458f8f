import { useState } from 'react';
import CheckIcon from '@mui/icons-material/CheckCircleOutlined';
import RefreshIcon from '@mui/icons-material/Refresh';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { PlanChoices } from '#engine/runs/calls/plan-calls.ts';
import { noChoices, type ReviewChoices, type RowDecision } from '#engine/runs/review-choices.ts';
import type { RowFilter } from '#engine/runs/review.ts';
import { limits } from '#wire/limits.ts';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { listNames } from '#ui/components/list-names.ts';
import { minuteOfDay } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';
import type { Runs } from '#ui/state/runs/use-runs.ts';
import { batchName, type Workbench } from '#ui/state/workbench-state.ts';
import { AcceptedValues } from './cards/accepted-values.tsx';
import { BeforeYouCreate } from './cards/before-you-create.tsx';
import { Comparison } from './cards/comparison.tsx';
import { Labels } from './cards/labels.tsx';
import { Policies } from './cards/policies.tsx';
import { TechnicalDetails } from './cards/technical-details.tsx';
import { ReviewRows } from './rows/review-rows.tsx';
import { SelectionChoice } from './selection-choice.tsx';
import { SentBefore } from './sent-before.tsx';
import { Start } from './start.tsx';
import { useReview, type BatchChecks } from './use-review.ts';

interface PlanReviewProps {
  workbench: Workbench;
  checks: BatchChecks;
  runs: Runs;
}

export function PlanReview({ workbench, checks, runs }: PlanReviewProps) {
  const [selection, setSelection] = useState<PlanChoices['selection']>('resolve');
  const [choices, setChoices] = useState(noChoices);
  const [filter, setFilter] = useState<RowFilter>('all');
  const review = useReview(workbench, checks, selection, choices);
  const { reviewId, failure, isReading, plan, isReplanning, summary, comparison, again } = review;

  const choose = (change: Partial<ReviewChoices>) => setChoices((now) => ({ ...now, ...change }));
  function decide(row: number, decision: RowDecision | undefined) {
    setChoices((now) => {
      const others = now.decisions.filter(([other]) => other !== row);
      return { ...now, decisions: decision === undefined ? others : [...others, [row, decision]] };
    });
  }
  /** Row numbers of a selection may change when it is read again. */
  const forgetDecisions = () => plan?.hasSelection && choose({ decisions: [] });
  function compareAgain() {
    forgetDecisions();
    again();
  }
  const titles = plan?.projects.map(({ title }) => title) ?? [];

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', minHeight: 1 }}>
      <Box sx={{ flex: 1, width: 1, maxWidth: 1360, mx: 'auto', px: { xs: 3, sm: 6 }, py: 5 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', columnGap: 4, rowGap: 2, mb: 4 }}>
          <Box sx={{ flex: '1 1 280px', minWidth: 0 }}>
            <Typography variant="h1">Review</Typography>
            {plan && (
              <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                {batchName(workbench) ?? 'Pasted batch'}
                {titles.length > 0 && ` to ${listNames(titles, 3)}`} on {plan.server} as {plan.user}
              </Box>
            )}
          </Box>
          {plan && comparison.state === 'compared' && (
            <Box
              sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, typography: 'body2' }}
            >
              <CheckIcon fontSize="small" color="success" />
              <Box component="span" sx={{ color: 'text.secondary' }}>
                Compared with the server at {minuteOfDay(comparison.at)}
              </Box>
              <Button size="small" startIcon={<RefreshIcon />} onClick={compareAgain}>
                Compare again
              </Button>
            </Box>
          )}
        </Box>
        <Box sx={stack}>
          {isReading && <Waiting>Reading the projects and tasks of this batch …</Waiting>}
          {failure && (
            <FailureNotice failure={failure}>
              <Button variant="outlined" onClick={again}>
                Try again
              </Button>
              <Button href={href({ at: 'import' })}>Back to import</Button>
            </FailureNotice>
          )}
          {plan && !failure && (
            <>
              {plan.sentBefore.length > 0 && (
                <SentBefore
                  sentBefore={plan.sentBefore}
                  areSkipped={choices.skipSent}
                  onSkip={(skipSent) => choose({ skipSent })}
                />
              )}
              <Box sx={columns}>
                <Box sx={stack}>
                  <Comparison
                    comparison={comparison}
                    summary={summary}
                    projects={titles}
                    filter={filter}
                    onFilter={setFilter}
                  />
                  {summary && <Labels shares={summary.shares} />}
                  <ReviewRows
                    key={reviewId}
                    reviewId={reviewId}
                    planId={plan.id}
                    version={`${comparison.state} ${comparison.at}`}
                    unit={plan.withErrors.unit}
                    summary={summary}
                    filter={filter}
                    onFilter={setFilter}
                    onDecide={decide}
                    canDecide={choices.decisions.length < limits.decidedRows}
                  />
                  <AcceptedValues revision={workbench.revision} />
                </Box>
                <Box sx={stack}>
                  {plan.hasSelection && (
                    <SelectionChoice
                      value={selection}
                      onChange={(next) => {
                        forgetDecisions();
                        setSelection(next);
                      }}
                    />
                  )}
                  {summary && comparison.state === 'compared' && (
                    <Policies
                      summary={summary}
                      policy={choices.policy}
                      decided={choices.decisions.length}
                      onPolicy={(policy) => choose({ policy })}
                    />
                  )}
                  <BeforeYouCreate
                    plan={plan}
                    token={workbench.connection?.token}
                    summary={summary}
                    checked={workbench.checked}
                    choices={choices}
                    onChoices={choose}
                    onFilter={setFilter}
                  />
                  <TechnicalDetails plan={plan} choices={choices} onChoices={choose} />
                </Box>
              </Box>
            </>
          )}
        </Box>
      </Box>
      {plan && !failure && (
        <Start
          key={plan.id}
          plan={plan}
          runs={runs}
          isReplanning={isReplanning}
          comparison={comparison.state}
          sentRows={choices.skipSent ? 0 : plan.sentBefore.reduce((sum, { rows }) => sum + rows, 0)}
        />
      )}
    </Box>
  );
}

const stack = { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 4, minWidth: 0 } as const;

const columns = {
  display: 'grid',
  gridTemplateColumns: {
    xs: 'minmax(0, 1fr)',
    md: 'minmax(0, 1fr) 324px',
    lg: 'minmax(0, 1fr) 396px',
  },
  gap: 4,
  alignItems: 'start',
} as const;
