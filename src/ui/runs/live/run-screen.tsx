import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import PauseIcon from '@mui/icons-material/PauseOutlined';
import StopIcon from '@mui/icons-material/StopOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Typography from '@mui/material/Typography';
import type { RunView } from '#engine/runs/run-view.ts';
import { flatSurface } from '#ui/components/data-display/card.tsx';
import { clock, count, figure, roughly } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { reloadPage } from '#ui/state/runs/use-runs.ts';
import { fontSize } from '#ui/theme/tokens.ts';
import { ActivityList } from '#ui/runs/activity-list.tsx';
import { RunHeading } from '#ui/runs/run-heading.tsx';
import { StateBar } from '#ui/runs/state-bar.tsx';
import { useProgress } from '#ui/runs/use-progress.ts';
import { stopText, waitingText } from '#ui/runs/progress-text.ts';
import { useDeadEngine } from './use-dead-engine.ts';
import { LiveRows } from './live-rows.tsx';
import { answeredRows, paceOf, withSample, type PaceSample } from './pace.ts';
import { Panel } from './panel.tsx';
import { SpeedChart } from './speed-chart.tsx';

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
  const { data: progress } = useProgress(view, !isDead && error === undefined);
  const now = useNow();
  const samples = useSamples(done, now);
  const pace = phase === 'sending' ? paceOf(samples, now, toSend - done) : undefined;

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: 1 }}>
      <title>{`${figure(done)} of ${figure(toSend)} · Sheaf`}</title>
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
        <Box sx={page}>
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
          {isDead && <DeadEngine />}
          {error && (
            <Alert severity="error">
              The run ended because of an error. Annotations may have been created. {error.message}
            </Alert>
          )}
          {isElsewhere && <Alert severity="info">This run is in progress in another tab.</Alert>}

          <Box sx={card}>
            <Figures soFar={now - view.startedAt} done={done} toSend={toSend} pace={pace} />
            <StateBar totals={totals} notFoundAt={view.notFoundAt} isRunning>
              {!error && !isDead && (
                <>
                  <CircularProgress size={14} thickness={5} color="primary" aria-hidden />
                  {waitingText(view)}
                </>
              )}
            </StateBar>
          </Box>
          <Box sx={lower}>
            <LiveRows rows={progress?.rows ?? []} />
            <Box sx={{ display: 'flex', flexDirection: 'column', gap: 4, minHeight: 0, minWidth: 0 }}>
              <Box sx={{ flex: 'none' }}>
                <Panel title="Speed" action={<Small>rows per second</Small>}>
                  <SpeedChart speed={progress?.speed} now={now} secondsLeft={pace?.secondsLeft} />
                </Panel>
              </Box>
              <Panel title="What happened">
                <Box
                  tabIndex={0}
                  role="group"
                  aria-label="What happened"
                  sx={{ overflow: 'auto', '&:focus-visible': { outlineOffset: -2 } }}
                >
                  <ActivityList activity={progress?.activity ?? []} earlier={progress?.earlier ?? 0} />
                </Box>
              </Panel>
            </Box>
          </Box>
        </Box>
      </Box>
      <Announced words={`${figure(done)} of ${count(toSend, 'row')} sent. ${waitingText(view)}`} />
      <Box sx={footer} aria-live="polite">
        <InfoIcon aria-hidden sx={{ fontSize: fontSize.icon, flex: 'none' }} />
        <span>
          {stopText(view)}
          {phase === 'sending' && ' If this tab closes, the run pauses: open it under Runs to resume.'}
        </span>
      </Box>
    </Box>
  );
}

const DeadEngine = () => (
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
);

const Small = ({ children }: { children: string }) => (
  <Box component="span" sx={{ typography: 'caption', color: 'text.secondary' }}>
    {children}
  </Box>
);

interface FiguresProps {
  /** In milliseconds. */
  soFar: number;
  done: number;
  toSend: number;
  pace: ReturnType<typeof paceOf>;
}

function Figures({ soFar, done, toSend, pace }: FiguresProps) {
  const facts: [value: string, words: string][] = [[clock(soFar), 'so far']];
  if (pace) facts.unshift([figure(Math.round(pace.perSecond)), 'rows per second']);
  if (pace?.secondsLeft !== undefined) facts.push([roughly(pace.secondsLeft), 'left']);

  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', columnGap: 7, rowGap: 2, mb: 3 }}>
      <Typography variant="h2" sx={{ flex: '1 1 220px', fontWeight: 'fontWeightRegular' }}>
        <Box
          component="span"
          sx={{ fontSize: fontSize.figure, fontWeight: 'fontWeightBold', lineHeight: 1.2 }}
        >
          {figure(done)}
        </Box>{' '}
        <Box component="span" sx={{ fontSize: fontSize.lead, color: 'text.secondary' }}>
          of {count(toSend, 'row')} sent
        </Box>
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

/** Samples of finished rows during the last seconds. State is set while rendering, because each count is new data. */
function useSamples(done: number, now: number): PaceSample[] {
  const [known, setKnown] = useState<{ done: number; samples: PaceSample[] }>({ done: -1, samples: [] });
  if (known.done === done) return known.samples;
  const samples = withSample(known.samples, { at: now, rows: done });
  setKnown({ done, samples });
  return samples;
}

/** Interval of progress announcements for screen readers. */
const announcedEveryMs = 10_000;

/** Text for screen readers, limited because progress changes ten times a second. */
function Announced({ words }: { words: string }) {
  const [announced, setAnnounced] = useState(words);
  const latest = useRef(words);
  useEffect(() => {
    latest.current = words;
  }, [words]);
  useEffect(() => {
    const timer = setInterval(() => setAnnounced(latest.current), announcedEveryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Box role="status" sx={visuallyHidden}>
      {announced}
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

const page = {
  display: 'flex',
  flexDirection: 'column',
  gap: 4,
  maxWidth: 1320,
  height: { md: 1 },
  minHeight: { md: 620 },
  mx: 'auto',
  px: { xs: 3, sm: 4 },
  py: 4,
} as const;

const card = {
  flex: 'none',
  ...flatSurface,
  p: { xs: 3, sm: 5 },
} as const;

const lower = {
  flex: 1,
  minHeight: 0,
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 340px', lg: 'minmax(0, 1fr) 380px' },
  gridTemplateRows: { md: 'minmax(0, 1fr)' },
  gap: 4,
} as const;

const footer = {
  flex: 'none',
  display: 'flex',
  alignItems: 'center',
  gap: 2.5,
  minHeight: 36,
  px: { xs: 3, sm: 4 },
  py: 1.5,
  borderTop: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
  typography: 'caption',
  color: 'text.secondary',
} as const;
