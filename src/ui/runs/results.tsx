import { useRef, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { RowQuery, RunView } from '#engine/engine.ts';
import { count, figure, took } from '#ui/components/numbers.ts';
import { LeftOut } from '#ui/remaining-rows/remaining-rows.tsx';
import { StateBar } from './state-bar.tsx';
import type { Runs } from '#ui/state/use-runs.ts';
import { waitingWords } from './waiting-words.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { headline } from './headline.ts';
import { Reasons } from './reasons.tsx';
import { ResultsTable } from './results-table.tsx';
import { ResultsTools } from './results-tools.tsx';

interface ResultsProps {
  view: RunView;
  runs: Runs;
  onNewBatch: () => void;
}

const everything: RowQuery = { sort: { by: 'source', descending: false }, states: [], search: '' };

/** The whole account of a run: every row in one state, with its proof or its reason. */
export function Results({ view, runs, onNewBatch }: ResultsProps) {
  const [query, setQuery] = useState(everything);
  const table = useRef<HTMLDivElement>(null);
  const { plan, totals } = view;
  const isChecking = runs.checkingAgain === view.id;
  const isUnknown = totals.unknown > 0 || isChecking;
  const isUnsent = totals['not-sent'] > 0;

  /** Other rows, or in another order: they are read from the top. */
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
            On {plan.server} as {plan.user}, in {plan.projects.map(({ title }) => title).join(', ')}.{' '}
            {figure(view.calls.sent)} of {figure(view.calls.total)} calls sent
            {view.endedAt !== undefined && `, ${took(view.endedAt - view.startedAt)}`}.
          </Typography>
        </Box>
        {/* First to know what became of all that was sent, then to send the rest; a row may stay unknown for ever. */}
        {isUnknown && (
          <Button variant="contained" disabled={runs.isRunning} onClick={() => runs.checkAgain(view.id)}>
            Check again
          </Button>
        )}
        {isUnsent && (
          <Button
            variant={isUnknown ? 'outlined' : 'contained'}
            disabled={runs.isRunning}
            onClick={() => runs.resume(view.id)}
          >
            {totals['not-sent'] === 1
              ? 'Send the remaining row'
              : `Send the remaining ${count(totals['not-sent'], 'row')}`}
          </Button>
        )}
        <Button
          variant={isUnknown || isUnsent ? 'outlined' : 'contained'}
          onClick={onNewBatch}
          disabled={runs.isRunning}
        >
          New batch
        </Button>
      </Box>

      {isChecking && <Waiting>{waitingWords(view)}</Waiting>}
      {runs.goOnError && <Alert severity="error">{runs.goOnError.message}</Alert>}

      <StateBar totals={totals} isRunning={false} />
      <LeftOut planId={view.id} leftOut={plan.leftOut} notCreated={notCreated(totals)} isSent />
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

/** Rows without an annotation that is proven to be there. */
const notCreated = (totals: RunView['totals']) =>
  totals.skipped + totals.refused + totals['not-sent'] + totals.unknown;

/** Up to here the table is as high as its rows; beyond, it takes what is left of the window and scrolls. */
const fewRows = 12;

const frame = {
  minHeight: 0,
  display: 'flex',
  flexDirection: 'column',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
  overflow: 'hidden',
} as const;
