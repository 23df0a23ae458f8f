import { useState, type ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { Field } from '#ui/components/inputs/field.tsx';
import { listNames } from '#ui/components/list-names.ts';
import { count, roughly } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';
import { useRunElsewhere, type Runs } from '#ui/state/use-runs.ts';

interface StartProps {
  plan: PlanView;
  runs: Runs;
  /** True while another plan is made; this one must not be started. */
  isReplanning: boolean;
  /** How many rows would be sent a second time. */
  sentRows: number;
}

/** So many rows are a pilot: enough to look at in Label Studio. */
const pilotRows = 10;

/** The main action, always visible. */
export function Start({ plan, runs, isReplanning, sentRows }: StartProps) {
  const [typed, setTyped] = useState('');
  const [isSecondTime, setSecondTime] = useState(false);
  const annotations = plan.rows - plan.skipped;
  const elsewhere = useRunElsewhere(plan.projects, runs.startError !== null);
  const title = listNames(plan.projects.map((project) => project.title));
  const isConfirmed = (!plan.wholeProject || typed.trim() === title) && (sentRows === 0 || isSecondTime);
  const isStartable = annotations > 0 && isConfirmed && !isReplanning && !runs.isRunning;

  return (
    <Box
      role="group"
      aria-label="Start"
      sx={{
        position: 'sticky',
        bottom: 0,
        zIndex: 1,
        bgcolor: 'background.paper',
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ maxWidth: 1000, mx: 'auto', px: { xs: 3, sm: 4 }, py: 3, display: 'grid', gap: 3 }}>
        {runs.startError && (
          <Alert
            severity="error"
            action={
              elsewhere && (
                <Button size="small" variant="outlined" href={href({ at: 'run', id: elsewhere.id })}>
                  Open that run
                </Button>
              )
            }
          >
            The run did not start, and nothing was sent. {runs.startError.message}
          </Alert>
        )}
        {sentRows > 0 && !runs.isRunning && (
          <Alert severity="warning">
            {count(sentRows, 'row')} of this batch {sentRows === 1 ? 'was' : 'were'} already sent by this
            browser. Skip {sentRows === 1 ? 'it' : 'them'} above, or confirm:
            <Box
              component="label"
              sx={{ display: 'flex', alignItems: 'center', gap: 2, mt: 1, cursor: 'pointer' }}
            >
              <Box
                component="input"
                type="checkbox"
                checked={isSecondTime}
                onChange={() => setSecondTime(!isSecondTime)}
                sx={{ accentColor: 'var(--sheaf-palette-primary-main)', width: 16, height: 16, m: 0 }}
              />
              Send {sentRows === 1 ? 'it' : 'them'} again and create duplicates
            </Box>
          </Alert>
        )}
        {plan.wholeProject && (
          <Field
            label={`This labels every task of the project. Type its title to confirm: ${title}`}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
          <Button
            variant="contained"
            disabled={!isStartable}
            onClick={() => runs.start(plan.id)}
            sx={{ whiteSpace: 'normal', textAlign: 'left' }}
          >
            <span>
              Create {count(annotations, 'annotation')}
              {plan.projects.length === 1 ? (
                <>
                  {' in '}
                  <em>{title}</em>
                </>
              ) : (
                ` in ${count(plan.projects.length, 'project')}`
              )}
            </span>
          </Button>
          {annotations > 2 * pilotRows && (
            <Button
              variant="outlined"
              disabled={!isStartable}
              onClick={() => runs.startFirst(plan.id, pilotRows)}
            >
              Start with the first {pilotRows} rows
            </Button>
          )}
          <Button href={href({ at: 'import' })} sx={{ display: { xs: 'none', sm: 'inline-flex' } }}>
            Back to Import
          </Button>
          <Box component="span" role="status" sx={{ color: 'text.secondary', typography: 'body2' }}>
            {words()}
          </Box>
        </Box>
      </Box>
    </Box>
  );

  function words(): ReactNode {
    if (runs.isRunning) return 'Another run is in progress. Only one can run at a time.';
    if (isReplanning) return 'Updating the plan …';
    if (annotations === 0) return 'Nothing to create.';
    if (!isConfirmed) return 'Waiting for your confirmation.';
    return `${count(plan.calls, 'call')}, ${roughly(plan.estimateSeconds)}. Nothing has been sent yet.`;
  }
}
