import { useRef, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { flatSurface } from '#ui/components/data-display/card.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { count } from '#ui/components/numbers.ts';
import { ActivityList } from '#ui/runs/activity-list.tsx';
import { RowDetails } from '#ui/runs/details/row-details.tsx';
import { allRows } from '#ui/state/runs/all-rows.ts';
import { ExportMenu } from '#ui/runs/exports/export-menu.tsx';
import { useExport } from '#ui/state/runs/use-export.ts';
import { headline } from '#ui/state/runs/headline.ts';
import { RunActions } from '#ui/runs/run-actions.tsx';
import { RunHeading } from '#ui/runs/run-heading.tsx';
import { RunNotices } from '#ui/runs/run-notices.tsx';
import { StateBar } from '#ui/runs/state-bar.tsx';
import { useProgress } from '#ui/runs/use-progress.ts';
import { waitingText } from '#ui/runs/progress-text.ts';
import type { Runs } from '#ui/state/runs/use-runs.ts';
import { Reasons } from './reasons.tsx';
import { ResultsTable } from './results-table.tsx';
import { ResultsTools } from './results-tools.tsx';

interface ResultsProps {
  view: RunView;
  runs: Runs;
  onNewBatch: () => void;
  /** True if the run’s server is connected. */
  isConnected: boolean;
}

/** A run’s results: every row with its state, and a link or a reason. */
export function ResultsScreen({ view, runs, onNewBatch, isConnected }: ResultsProps) {
  const [query, setQuery] = useState(allRows);
  const [showsActivity, setShowsActivity] = useState(false);
  const [opened, setOpened] = useState<{ index: number; total: number }>();
  const table = useRef<HTMLDivElement>(null);
  const isWide = useMediaQuery('(min-width: 1100px)');
  const exporting = useExport(view.id, query);
  const { plan, totals } = view;

  /** Changes filter or order and scrolls to the top. */
  function changeQuery(next: RowQuery) {
    setQuery(next);
    setOpened(undefined);
    table.current?.scrollTo({ top: 0 });
  }

  function open(index: number | undefined, total: number) {
    setOpened(index === undefined ? undefined : { index, total });
    if (index === undefined) table.current?.focus();
  }

  const details = opened && (
    <RowDetails
      view={view}
      query={query}
      index={opened.index}
      total={opened.total}
      onMove={(index) => open(index, opened.total)}
      onClose={() => open(undefined, 0)}
      isConnected={isConnected}
    />
  );

  return (
    <Box sx={{ display: 'flex', height: 1 }}>
      <title>{`${headline(totals)} · Sheaf`}</title>
      <Box sx={{ flex: 1, minWidth: 0, overflow: 'auto' }}>
        <Box sx={page}>
          <RunHeading view={view}>
            <RunActions view={view} runs={runs} onNewBatch={onNewBatch}>
              <ExportMenu
                view={view}
                query={query}
                isExporting={exporting.isExporting}
                onExport={(kind) => void exporting.exportFile(kind)}
              />
            </RunActions>
          </RunHeading>

          <Box>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 2, mb: 2 }}>
              <Typography variant="h2">{headline(totals)}</Typography>
              <Box sx={{ color: 'text.secondary' }}>of {count(plan.rows, 'row')}</Box>
              <Button
                size="small"
                aria-expanded={showsActivity}
                onClick={() => setShowsActivity(!showsActivity)}
                sx={{ ml: 'auto', my: -1 }}
              >
                What happened
              </Button>
            </Box>
            <StateBar totals={totals} isRunning={false} />
          </Box>
          {showsActivity && <ActivityLog view={view} />}
          {runs.workingOn === view.id && <Waiting>{waitingText(view)}</Waiting>}
          {exporting.message && (
            <Alert severity={exporting.message.severity} onClose={exporting.dismiss}>
              {exporting.message.words}
            </Alert>
          )}
          <RunNotices
            view={view}
            error={runs.errorOf(view.id)}
            onCleanUp={runs.isRunning ? undefined : () => runs.cleanUp(view.id)}
          />
          {view.reasons.length > 0 && <Reasons {...view} onShow={changeQuery} />}

          <Box
            component="section"
            aria-label="All rows"
            sx={{ ...card, flex: plan.rows > fewRows ? '1 0 440px' : 'none' }}
          >
            <ResultsTools view={view} query={query} onQuery={changeQuery} />
            <ResultsTable
              view={view}
              query={query}
              onQuery={changeQuery}
              scroller={table}
              opened={opened?.index}
              onOpen={open}
              isConnected={isConnected}
            />
          </Box>
        </Box>
      </Box>
      {isWide
        ? details && (
            <Box component="aside" aria-label="Row details" sx={aside}>
              {details}
            </Box>
          )
        : details && (
            <Drawer
              open
              anchor="right"
              onClose={() => open(undefined, 0)}
              slotProps={{ paper: { 'aria-label': 'Row details', sx: { width: 1, maxWidth: 440 } } }}
            >
              {details}
            </Drawer>
          )}
    </Box>
  );
}

function ActivityLog({ view }: { view: RunView }) {
  const { data, error } = useProgress(view, false);
  return (
    <Box
      component="section"
      aria-label="What happened"
      tabIndex={0}
      sx={{ ...card, flex: 'none', display: 'block', maxHeight: 280, overflow: 'auto' }}
    >
      {error && <Alert severity="error">{error.message}</Alert>}
      {!data && !error && (
        <Box sx={{ px: 4 }}>
          <Waiting>Reading what happened …</Waiting>
        </Box>
      )}
      {data && <ActivityList {...data} />}
    </Box>
  );
}

/** With fewer rows the table is as high as its rows; with more it fills the window and scrolls. */
const fewRows = 12;

const page = {
  display: 'flex',
  flexDirection: 'column',
  gap: 4,
  maxWidth: 1320,
  minHeight: 1,
  mx: 'auto',
  px: { xs: 3, sm: 4 },
  pt: 4,
  pb: 4,
} as const;

const aside = {
  flex: 'none',
  width: 390,
  overflow: 'auto',
  borderLeft: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
} as const;

const card = {
  minHeight: 0,
  display: 'flex',
  flexDirection: 'column',
  ...flatSurface,
  overflow: 'hidden',
} as const;
