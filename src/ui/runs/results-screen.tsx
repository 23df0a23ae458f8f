import { useRef, useState } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { limits } from '#wire/limits.ts';
import { listNames } from '#ui/components/list-names.ts';
import { count, figure, took } from '#ui/components/numbers.ts';
import { RemainingRows } from '#ui/remaining-rows/remaining-rows.tsx';
import { StateBar } from './state-bar.tsx';
import type { Runs } from '#ui/state/use-runs.ts';
import { waitingWords } from './waiting-words.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { everything } from './every-row.ts';
import { headline } from './headline.ts';
import { RunActions } from './run-actions.tsx';
import { RunNotices } from './run-notices.tsx';
import { ResultsTable } from './results-table.tsx';
import { ResultsTools } from './results-tools.tsx';
import { StateLabel } from './state-label.tsx';
import { radius } from '#ui/theme/tokens.ts';

interface ResultsProps {
  view: RunView;
  runs: Runs;
  onNewBatch: () => void;
}

/** A run's results: every row with its state, and a link or a reason. */
export function ResultsScreen({ view, runs, onNewBatch }: ResultsProps) {
  const [query, setQuery] = useState(everything);
  const table = useRef<HTMLDivElement>(null);
  const { plan, totals } = view;
  const isWorking = runs.workingOn === view.id;

  /** Changes filter or order and scrolls to the top. */
  function changeQuery(next: RowQuery) {
    setQuery(next);
    table.current?.scrollTo({ top: 0 });
  }

  return (
    <Box
      sx={{
        display: 'flex',
        flexDirection: 'column',
        gap: 4,
        maxWidth: 1200,
        minHeight: 1,
        mx: 'auto',
        px: { xs: 3, sm: 4 },
        pt: 5,
        pb: 4,
      }}
    >
      <title>{`${headline(totals)} · Sheaf`}</title>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, alignItems: 'start' }}>
        <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
          <Typography variant="h1">{headline(totals)}</Typography>
          <Typography variant="body2" sx={{ mt: 0.5, color: 'text.secondary' }}>
            On {plan.server} as {plan.user}, in {listNames(plan.projects.map(({ title }) => title))}.{' '}
            {figure(view.calls.sent)} of {figure(view.calls.total)} calls sent
            {view.endedAt !== undefined && `, ${took(view.endedAt - view.startedAt)}`}.
          </Typography>
        </Box>
        <RunActions view={view} runs={runs} onNewBatch={onNewBatch} />
      </Box>

      {isWorking && <Waiting>{waitingWords(view)}</Waiting>}
      <RunNotices view={view} error={runs.errorOf(view.id)} />

      <StateBar totals={totals} isRunning={false} />
      <RemainingRows planId={view.id} withErrors={plan.withErrors} notCreated={notCreated(totals)} isSent />
      {view.reasons.length > 0 && <Reasons reasons={view.reasons} />}

      <Box
        component="section"
        aria-label="All rows"
        sx={{ ...frame, flex: plan.rows > fewRows ? '1 0 440px' : 'none' }}
      >
        <ResultsTools view={view} query={query} onQuery={changeQuery} />
        <ResultsTable view={view} query={query} onQuery={changeQuery} scroller={table} />
      </Box>
    </Box>
  );
}

/** Number of rows that can be imported again safely. */
const notCreated = (totals: RunView['totals']) => totals.skipped + totals.refused + totals['never-sent'];

/** Up to this many rows the table fits its rows; with more it fills the window and scrolls. */
const fewRows = 12;

const frame = {
  minHeight: 0,
  display: 'flex',
  flexDirection: 'column',
  border: 1,
  borderColor: 'outline.quiet',
  borderRadius: radius.card,
  bgcolor: 'background.paper',
  overflow: 'hidden',
} as const;

/** Why rows weren't created: the server's messages by request. */
function Reasons({ reasons }: Pick<RunView, 'reasons'>) {
  return (
    <Box component="ul" aria-label="Reasons" tabIndex={0} sx={look}>
      {reasons.map(({ entry, state, reason, rows }) => (
        <li key={`${entry} ${state} ${reason}`}>
          <Box component="span" sx={{ width: 104, flex: 'none' }}>
            <StateLabel state={state} />
          </Box>
          <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap', order: { sm: 1 } }}>
            Request {figure(entry + 1)} · {count(rows, 'row')}
          </Box>
          <Box component="span" sx={{ flex: { xs: '1 0 100%', sm: 1 }, overflowWrap: 'anywhere' }}>
            {reason}
          </Box>
        </li>
      ))}
      {reasons.length >= limits.listedReasons && (
        <Box component="li" sx={{ color: 'text.secondary' }}>
          At most {limits.listedReasons} reasons are listed here, the most frequent ones. The table below has
          all rows.
        </Box>
      )}
    </Box>
  );
}

const look = {
  flex: 'none',
  maxHeight: 176,
  overflow: 'auto',
  m: 0,
  p: 0,
  listStyle: 'none',
  border: 1,
  borderColor: 'outline.quiet',
  borderRadius: radius.card,
  bgcolor: 'background.paper',
  typography: 'body2',
  '& > li': { display: 'flex', flexWrap: { xs: 'wrap', sm: 'nowrap' }, columnGap: 3, px: 3, py: 1.5 },
  '& > li + li': { borderTop: 1, borderColor: 'divider' },
  '&:focus-visible': { outlineOffset: -2 },
} as const;
