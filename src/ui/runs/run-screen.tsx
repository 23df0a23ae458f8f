import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import PauseIcon from '@mui/icons-material/PauseOutlined';
import StopIcon from '@mui/icons-material/StopOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Typography from '@mui/material/Typography';
import type { RunView } from '#engine/runs/run-view.ts';
import { clock, count, figure, roughly } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { useDeadEngine } from '#ui/state/use-dead-engine.ts';
import { reloadPage } from '#ui/state/use-runs.ts';
import { fontSize, radius } from '#ui/theme/tokens.ts';
import { answeredRows, paceOf, withSample, type PaceSample } from './pace.ts';
import { RunHeading } from './run-heading.tsx';
import { StateBar } from './state-bar.tsx';
import { stopWords } from './stop-words.ts';
import { waitingWords } from './waiting-words.ts';

interface RunProps {
  view: RunView;
  /** Why the run ended early. */
  error: Error | undefined;
  onStop: () => void;
}

/** A run in progress. */
export function RunScreen({ view, error, onStop }: RunProps) {
  const { plan, phase, totals, isElsewhere } = view;
  const isDead = useDeadEngine(error === undefined);
  const toSend = plan.rows - totals.skipped;
  const done = answeredRows(totals);
  const isStoppable = phase === 'sending' && !isDead;

  return (
    <Box sx={{ maxWidth: 960, mx: 'auto', px: { xs: 3, sm: 4 }, py: 4, display: 'grid', gap: 4 }}>
      <title>{`${figure(done)} of ${figure(toSend)} · Sheaf`}</title>
      <RunHeading view={view}>
        <Box sx={{ display: 'flex', gap: 2 }}>
          <Button variant="outlined" startIcon={<PauseIcon />} onClick={onStop} disabled={!isStoppable}>
            Pause
          </Button>
          <Button variant="outlined" startIcon={<StopIcon />} onClick={onStop} disabled={!isStoppable}>
            Stop
          </Button>
        </Box>
      </RunHeading>

      {isDead && (
        <Alert
          severity="error"
          action={
            <Button size="small" variant="outlined" onClick={reloadPage}>
              Reload
            </Button>
          }
        >
          The run stopped responding. Nothing new is sent. Reload the page, then resume the run.
        </Alert>
      )}
      {error && (
        <Alert severity="error">
          The run ended because of an error. Annotations may have been created. {error.message}
        </Alert>
      )}
      {isElsewhere && <Alert severity="info">This run is in progress in another tab.</Alert>}

      <Box
        sx={{
          border: 1,
          borderColor: 'outline.quiet',
          borderRadius: radius.card,
          bgcolor: 'background.paper',
          p: { xs: 3, sm: 5 },
        }}
      >
        <Figures view={view} done={done} toSend={toSend} />
        <StateBar totals={totals} isRunning />
        {!error && !isDead && (
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 2.5, mt: 4, color: 'text.secondary' }}>
            <CircularProgress size={14} thickness={5} color="primary" aria-hidden />
            {waitingWords(view)}
          </Box>
        )}
      </Box>
      <Announced words={`${figure(done)} of ${count(toSend, 'row')} sent. ${waitingWords(view)}`} />
      <Typography variant="body2" sx={{ color: 'text.secondary' }} aria-live="polite">
        {stopWords(view)}
        {phase === 'sending' && ' If this tab closes, the run pauses: open it under Runs to resume.'}
      </Typography>
    </Box>
  );
}

function Figures({ view, done, toSend }: { view: RunView; done: number; toSend: number }) {
  const now = useNow();
  const samples = useSamples(done);
  const pace = view.phase === 'sending' ? paceOf(samples, now, toSend - done) : undefined;
  const facts: [value: string, words: string][] = [[clock(now - view.startedAt), 'so far']];
  if (pace) facts.unshift([figure(Math.round(pace.perSecond)), 'rows per second']);
  if (pace?.secondsLeft !== undefined) facts.push([roughly(pace.secondsLeft), 'left']);

  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', columnGap: 6, rowGap: 2, mb: 3 }}>
      <Typography variant="h2" sx={{ flex: '1 1 220px', fontWeight: 'fontWeightRegular' }}>
        <Box
          component="span"
          sx={{ fontSize: fontSize.figure, fontWeight: 'fontWeightBold', lineHeight: 1.2 }}
        >
          {figure(done)}
        </Box>{' '}
        of {count(toSend, 'row')} sent
      </Typography>
      {facts.map(([value, words]) => (
        <Box key={words} sx={{ textAlign: { sm: 'right' } }}>
          <Box sx={{ typography: 'h2' }}>{value}</Box>
          <Box sx={{ typography: 'caption', color: 'text.secondary' }}>{words}</Box>
        </Box>
      ))}
    </Box>
  );
}

/** How many rows were done in the last seconds. State is set while rendering, since each count is a new fact. */
function useSamples(done: number): PaceSample[] {
  const [known, setKnown] = useState<{ done: number; samples: PaceSample[] }>({ done: -1, samples: [] });
  const now = useNow();
  if (known.done === done) return known.samples;
  const samples = withSample(known.samples, { at: now, rows: done });
  setKnown({ done, samples });
  return samples;
}

/** How often a screen reader hears of progress. */
const announcedEveryMs = 10_000;

/** Words for screen readers, which would be read out ten times a second otherwise. */
function Announced({ words }: { words: string }) {
  const [said, setSaid] = useState(words);
  const latest = useRef(words);
  useEffect(() => {
    latest.current = words;
  }, [words]);
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), announcedEveryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Box role="status" sx={visuallyHidden}>
      {said}
    </Box>
  );
}

/** The current time in milliseconds since 1970, updated every second. */
const useNow = () => useSyncExternalStore(everySecond, wholeSecond);

const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}
