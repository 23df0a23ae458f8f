import StopIcon from '@mui/icons-material/StopCircleOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useSyncExternalStore } from 'react';
import type { RunPhase, RunView } from '#engine/runs/run-view.ts';
import { clock, count, figure } from '#ui/components/numbers.ts';
import { StateBar } from './state-bar.tsx';
import { stopWords } from './stop-words.ts';
import { waitingWords } from './waiting-words.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';

interface RunProps {
  view: RunView;
  /** Why the run ended early. */
  error: Error | undefined;
  onStop: () => void;
}

/** A run in progress. */
export function RunScreen({ view, error, onStop }: RunProps) {
  const now = useNow();
  const { plan, phase, calls, totals } = view;
  const annotations = count(plan.rows - plan.skipped, 'annotation');
  const where = plan.projects.length === 1 ? plan.projects[0]!.title : count(plan.projects.length, 'project');

  return (
    <Box sx={{ maxWidth: 800, mx: 'auto', px: { xs: 3, sm: 4 }, py: { xs: 5, sm: 8 } }}>
      <title>{`${figure(calls.sent)} of ${figure(calls.total)} calls · Sheaf`}</title>
      <Typography variant="h1">{phaseWords[phase]}</Typography>
      <Typography sx={{ mt: 1, mb: 5, color: 'text.secondary' }}>
        {annotations} in {where}, on {plan.server} as {plan.user}
      </Typography>

      <StateBar totals={totals} isRunning />

      <Box sx={{ my: 5 }}>
        {error ? (
          <Alert severity="error">
            The run ended because of an error. Annotations may have been created. {error.message}
          </Alert>
        ) : (
          <Waiting>{waitingWords(view)}</Waiting>
        )}
      </Box>

      <Box component="dl" sx={{ display: 'flex', gap: 8, m: 0, mb: 6, '& dd': { m: 0, typography: 'h2' } }}>
        <div>
          <Typography component="dt" variant="caption" sx={{ color: 'text.secondary' }}>
            Calls sent
          </Typography>
          <dd>
            {figure(calls.sent)} of {figure(calls.total)}
          </dd>
        </div>
        <div>
          <Typography component="dt" variant="caption" sx={{ color: 'text.secondary' }}>
            Elapsed
          </Typography>
          <dd>{clock(now - view.startedAt)}</dd>
        </div>
      </Box>

      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
        <Button variant="outlined" startIcon={<StopIcon />} onClick={onStop} disabled={phase !== 'sending'}>
          Stop
        </Button>
        <Typography variant="body2" sx={{ color: 'text.secondary', flex: '1 1 260px' }} aria-live="polite">
          {stopWords(view)}
        </Typography>
      </Box>
    </Box>
  );
}

const phaseWords: Record<RunPhase, string> = {
  sending: 'Creating annotations',
  stopping: 'Stopping',
  settling: 'Waiting for the server to finish',
  'reading-back': 'Reading back what was created',
  deleting: 'Deleting annotations',
  interrupted: 'Interrupted',
  finished: 'Finished',
};

/** The current time in milliseconds since 1970, updated every second. */
const useNow = () => useSyncExternalStore(everySecond, wholeSecond);

const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}
