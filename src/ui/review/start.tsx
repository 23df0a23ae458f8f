import { useState, type ReactNode } from 'react';
import BackIcon from '@mui/icons-material/ArrowBack';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { Field } from '#ui/components/inputs/field.tsx';
import { listNames } from '#ui/components/list-names.ts';
import { count, roughly } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';
import { useRunElsewhere, type Runs } from '#ui/state/runs/use-runs.ts';
import type { ComparisonState } from './use-review.ts';

interface StartProps {
  plan: PlanView;
  runs: Runs;
  /** True while another plan is being made; the current one must not be started. */
  isReplanning: boolean;
  comparison: ComparisonState['state'];
  /** Number of rows that would be sent a second time. */
  sentRows: number;
}

/** The buttons fill a line. */
const onPhone = { flex: { xs: '1 1 auto', sm: 'none' } } as const;

/** Rows of a pilot: enough to look at in Label Studio. */
const pilotRows = 10;

/** The main action, always visible at the bottom right. */
export function Start({ plan, runs, isReplanning, comparison, sentRows }: StartProps) {
  const [isSecondTime, setSecondTime] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const annotations = plan.rows - plan.skipped;
  const elsewhere = useRunElsewhere(plan.projects, runs.startError !== null);
  const isConfirmed = sentRows === 0 || isSecondTime;
  const isStartable =
    annotations > 0 && isConfirmed && !isReplanning && !runs.isRunning && comparison !== 'reading';
  const start = () => runs.start(plan.id);

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
      <Box sx={{ maxWidth: 1360, mx: 'auto', px: { xs: 3, sm: 6 }, py: 3, display: 'grid', gap: 3 }}>
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
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
          <Button
            href={href({ at: 'import' })}
            startIcon={<BackIcon />}
            sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
          >
            Back to import
          </Button>
          <Box
            component="span"
            role="status"
            sx={{
              flex: { xs: '1 0 100%', sm: '1 1 180px' },
              textAlign: { sm: 'right' },
              color: 'text.secondary',
            }}
          >
            {words()}
          </Box>
          {annotations > 2 * pilotRows && !plan.wholeProject && (
            <Button
              variant="outlined"
              disabled={!isStartable}
              onClick={() => runs.startFirst(plan.id, pilotRows)}
              sx={onPhone}
            >
              Start with the first {pilotRows}
            </Button>
          )}
          <Button
            variant="contained"
            disabled={!isStartable}
            onClick={plan.wholeProject ? () => setAsking(true) : start}
            sx={onPhone}
          >
            Create {count(annotations, 'annotation')}
            {(comparison === 'skipped' || comparison === 'failed') && ', not checked'}
          </Button>
        </Box>
      </Box>
      {isAsking && (
        <WholeProject
          title={listNames(plan.projects.map((project) => project.title))}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            start();
          }}
        />
      )}
    </Box>
  );

  function words(): ReactNode {
    if (runs.busyWith === plan.id) return 'Starting …';
    if (runs.isRunning) return 'Another run is in progress. Only one can run at a time.';
    if (isReplanning) return 'Updating the plan …';
    if (annotations === 0) return 'Nothing to create.';
    if (!isConfirmed) return 'Waiting for your confirmation.';
    if (comparison === 'reading') return 'Comparing with the server. Nothing has been sent yet.';
    const duration = roughly(plan.estimateSeconds);
    return `${duration.slice(0, 1).toUpperCase()}${duration.slice(1)}. Nothing has been sent yet.`;
  }
}

interface WholeProjectProps {
  title: string;
  onCancel: () => void;
  onConfirm: () => void;
}

/** Asks to type the project’s name before labelling all of it. */
function WholeProject({ title, onCancel, onConfirm }: WholeProjectProps) {
  const [typed, setTyped] = useState('');
  const isRight = typed.trim() === title;
  return (
    <Dialog open onClose={onCancel} fullWidth maxWidth="sm" aria-labelledby="whole-project">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isRight) onConfirm();
        }}
      >
        <DialogTitle id="whole-project" variant="h2">
          Label the whole project?
        </DialogTitle>
        <DialogContent>
          <Typography sx={{ mb: 3, overflowWrap: 'anywhere' }}>
            This creates an annotation on every task of {title}, also on those that are added until the server
            receives the call.
          </Typography>
          <Field
            label={`Type the project’s name to confirm: ${title}`}
            value={typed}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" variant="contained" disabled={!isRight}>
            Label the whole project
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
