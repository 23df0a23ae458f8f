import { useQuery } from '@tanstack/react-query';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { actionBelow } from '#ui/components/feedback/action-below.ts';
import { count, when } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { runListQuery } from '#ui/state/runs/use-runs.ts';
import { ExpiredRuns } from './expired-runs.tsx';
import { isInterrupted, nameOfRun } from './run-words.ts';

/** Notices for returning visitors: interrupted and expired runs. */
export const ReturnNotices = () => (
  <>
    <InterruptedNotice />
    <ExpiredRuns isBand />
  </>
);

function InterruptedNotice() {
  const engine = useEngine();
  const { data } = useQuery(runListQuery(engine));
  const [newest, ...others] = data?.filter(isInterrupted) ?? [];
  if (!newest) return null;
  const target = others.length === 0 ? href({ at: 'run', id: newest.id }) : href({ at: 'runs' });
  return (
    <Alert
      severity="warning"
      sx={{ ...actionBelow, borderRadius: 0, borderWidth: '0 0 1px' }}
      action={
        <Button size="small" variant="outlined" href={target}>
          {others.length === 0 ? 'Open the run' : 'Show runs'}
        </Button>
      }
    >
      {others.length === 0
        ? `The run of ${nameOfRun(newest)} from ${when(newest.startedAt ?? newest.createdAt)} was interrupted. Nothing is sent twice when you resume it.`
        : `${count(others.length + 1, 'run')} were interrupted. Nothing is sent twice when you resume them.`}
    </Alert>
  );
}
