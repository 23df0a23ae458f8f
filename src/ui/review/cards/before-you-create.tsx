import type { ReactNode } from 'react';
import ColumnIcon from '@mui/icons-material/ViewColumnOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import WarningIcon from '@mui/icons-material/WarningRounded';
import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import type { PlanView } from '#domain/plan/plan-view.ts';
import type { ProblemGroup } from '#domain/problems/problem-groups.ts';
import type { ReviewChoices } from '#engine/runs/review-choices.ts';
import type { ReviewSummary, RowFilter } from '#engine/runs/review.ts';
import type { Connection } from '#engine/session/open-session.ts';
import { listNames } from '#ui/components/list-names.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';
import { Card } from '#ui/components/data-display/card.tsx';
import { allRows } from '#ui/state/runs/all-rows.ts';
import { useExport } from '#ui/state/runs/use-export.ts';
import { tokenNote } from './token-note.ts';

interface BeforeYouCreateProps {
  plan: PlanView;
  token: Connection['token'] | undefined;
  summary: ReviewSummary | undefined;
  checked: CheckSummary | undefined;
  choices: ReviewChoices;
  onChoices: (change: Partial<ReviewChoices>) => void;
  onFilter: (filter: RowFilter) => void;
}

const icons = {
  error: <ErrorIcon fontSize="small" color="error" aria-label="Error" />,
  warning: <WarningIcon fontSize="small" color="warning" aria-label="Warning" />,
  info: <InfoIcon fontSize="small" aria-label="Note" />,
  columns: <ColumnIcon fontSize="small" aria-label="Note" />,
};

/** Everything worth knowing before anything is sent, with its actions. */
export function BeforeYouCreate(props: BeforeYouCreateProps) {
  const { plan, token, summary, checked, choices, onChoices, onFilter } = props;
  const { withErrors, skipped, repeatedTasks, groundTruths } = plan;
  const same = summary?.kinds.same ?? 0;
  const cleared = summary?.clearedGroundTruths;
  const reading = checked?.reading;
  const ignored = reading ? reading.columns - reading.mapped : 0;

  const items: ReactNode[] = [];
  const add = (icon: keyof typeof icons, words: ReactNode, action?: ReactNode) =>
    items.push(
      <Box component="li" key={items.length} sx={item}>
        {icons[icon]}
        <Box component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {words}
        </Box>
        {action}
      </Box>,
    );
  const show = (filter: RowFilter) => <Action onClick={() => onFilter(filter)}>Show</Action>;

  if (withErrors.entries > 0)
    add(
      'error',
      <RemainingRows planId={plan.id} withErrors={withErrors} />,
      <Action href={href({ at: 'import' })}>Fix</Action>,
    );
  const aboutToken = token && tokenNote(token, plan.estimateSeconds);
  if (aboutToken !== undefined) add('warning', aboutToken);
  if (same > 0 && choices.policy === 'all')
    add(
      'warning',
      `${count(same, 'row')} ${same === 1 ? 'has' : 'have'} the same labels on the task already. Adding all creates ${same === 1 ? 'a duplicate' : 'duplicates'}.`,
      <Action onClick={() => onChoices({ policy: 'not-same' })}>
        {same === 1 ? 'Skip it' : 'Skip them'}
      </Action>,
    );
  if (choices.keepFirst)
    add(
      'info',
      'Only the first row of each task is sent.',
      <Action onClick={() => onChoices({ keepFirst: false })}>Send all</Action>,
    );
  else if (repeatedTasks > 0)
    add(
      'warning',
      `${count(repeatedTasks, 'task')} ${repeatedTasks === 1 ? 'gets' : 'get'} several annotations from this batch.`,
      <>
        {show('repeated')}
        <Action onClick={() => onChoices({ keepFirst: true })}>Keep first</Action>
      </>,
    );
  if (cleared && cleared.count > 0)
    add(
      'warning',
      <>
        {count(cleared.count, 'task')} {cleared.count === 1 ? 'has' : 'have'} a ground truth that this batch
        replaces:{' '}
        {cleared.tasks.map(({ task, link }, index) => (
          <span key={link}>
            {index > 0 && ', '}
            <a href={link} target="_blank" rel="noreferrer">
              {task}
            </a>
          </span>
        ))}
        {cleared.count > cleared.tasks.length && ` and ${figure(cleared.count - cleared.tasks.length)} more`}.
      </>,
      show('ground-truth'),
    );
  else if (groundTruths > 0)
    add(
      'warning',
      `${count(groundTruths, 'task')} ${groundTruths === 1 ? 'gets' : 'get'} a ground truth, which replaces any other on the task.`,
    );
  if (choices.omitLeadTime)
    add(
      'info',
      'lead_time is not sent.',
      <Action onClick={() => onChoices({ omitLeadTime: false })}>Send it</Action>,
    );
  else if (plan.slowedByLeadTime > 0)
    add(
      'warning',
      `${count(plan.slowedByLeadTime, 'row')} ${plan.slowedByLeadTime === 1 ? 'has' : 'have'} a lead_time, so each is created by its own call, about eight times as slowly.`,
      <Action onClick={() => onChoices({ omitLeadTime: true })}>Leave lead_time out</Action>,
    );
  for (const effect of plan.effects) add('warning', effect);
  if (skipped > 0) add('info', `${count(skipped, 'row')} will be skipped.`, show('skipped'));
  for (const words of notImported(checked?.problemGroups ?? [])) add('info', words);
  if (reading && ignored > 0)
    add(
      'columns',
      `${count(ignored, 'column')} ${ignored === 1 ? 'is' : 'are'} ignored: ${listNames(reading.ignored, 20)}${
        ignored > reading.ignored.length ? ` and ${figure(ignored - reading.ignored.length)} more` : ''
      }.`,
      <Action href={href({ at: 'import' })}>Change</Action>,
    );
  if (items.length === 0) return null;
  return (
    <Card title="Before you create">
      <Box component="ul" aria-label="Before you create" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {items}
      </Box>
    </Card>
  );
}

/** What the source has besides its rows, from the notes about the whole source. Empty lines aren’t worth a look. */
const notImported = (groups: readonly ProblemGroup[]): string[] =>
  groups
    .filter(
      ({ severity, code, first }) =>
        severity === 'info' && first.entry === undefined && code !== 'line-empty',
    )
    .map(({ code, message, count: rows }) =>
      code === 'row-above-table'
        ? `${count(rows, 'row')} above the table ${rows === 1 ? 'isn’t' : 'aren’t'} imported.`
        : message,
    );

interface RemainingRowsProps {
  planId: string;
  withErrors: PlanView['withErrors'];
}

/** The number of rows that won’t be sent because of errors, and a download to fix and import them again. */
function RemainingRows({ planId, withErrors: { entries, unit } }: RemainingRowsProps) {
  const { isExporting, message, exportFile } = useExport(planId, allRows);
  return (
    <Box
      role="group"
      aria-label="Rows to fix"
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 4, rowGap: 2 }}
    >
      <Box sx={{ flex: '1 1 280px' }}>
        {count(entries, unit)} with errors will not be sent.
        <Box role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
          {message?.words}
        </Box>
      </Box>
      <Button
        variant="outlined"
        startIcon={<DownloadIcon />}
        loading={isExporting}
        onClick={() => void exportFile('to-fix')}
      >
        Download rows to fix
      </Button>
    </Box>
  );
}

const item = {
  display: 'flex',
  gap: 2.5,
  px: 4,
  py: 2,
  alignItems: 'flex-start',
  '& + &': { borderTop: 1, borderColor: 'divider' },
  '& > svg': { mt: '1px', flex: 'none' },
} as const;

const Action = (props: { href?: string; onClick?: () => void; children: ReactNode }) => (
  <Button
    size="small"
    {...props}
    sx={{ color: 'primary.main', my: '-3px', flex: 'none', minWidth: 0, px: 1, textDecoration: 'underline' }}
  />
);
