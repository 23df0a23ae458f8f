import type { ElementType } from 'react';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import InterruptedIcon from '@mui/icons-material/PauseCircleOutlined';
import PinIcon from '@mui/icons-material/PushPinOutlined';
import PinnedIcon from '@mui/icons-material/PushPin';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import IconButton from '@mui/material/IconButton';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { listNames } from '#ui/components/list-names.ts';
import { dayAndTime, when } from '#ui/components/numbers.ts';
import { StateBar } from '#ui/runs/state-bar.tsx';
import { rowStates } from '#ui/runs/state-label.tsx';
import { href } from '#ui/state/route.ts';
import { fontSize } from '#ui/theme/tokens.ts';
import { annotationsOfRun, isInterrupted, nameOfRun, stateOfRun } from './run-words.ts';

interface RunItemProps {
  run: ListedRun;
  onPin: (run: ListedRun) => void;
  onSave: (run: ListedRun) => void;
  onDelete: (run: ListedRun) => void;
}

/** One run. In a wide window its cells are columns, in a narrow one two lines. */
export function RunItem({ run, onPin, onSave, onDelete }: RunItemProps) {
  const { id, projects, server, user, createdAt, startedAt, totals, pinned } = run;
  const name = nameOfRun(run);
  const at = startedAt ?? createdAt;
  const where = listNames(projects.map(({ title }) => title));
  const open = href({ at: 'run', id });
  const wideOnly = { display: { xs: 'none', md: 'block' } };
  return (
    <>
      <Box sx={{ gridArea: { xs: 'name', md: 'auto' }, display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <Box component="a" href={open} title={name} sx={nameStyle}>
          {name}
        </Box>
        {pinned && (
          <PinnedIcon titleAccess="Pinned" sx={{ fontSize: 'h3.fontSize', color: 'text.secondary' }} />
        )}
      </Box>
      <Box sx={{ ...wideOnly, color: 'text.secondary' }} title={`${where}, on ${server.name}`}>
        {where}
      </Box>
      <Box sx={wideOnly}>{user.name}</Box>
      <Box
        component="time"
        dateTime={new Date(at).toISOString()}
        title={when(at)}
        sx={{ ...wideOnly, color: 'text.secondary' }}
      >
        {dayAndTime(at)}
      </Box>
      <Box sx={wideOnly}>
        <StateBar totals={totals} isRunning={false} isSmall />
      </Box>
      <Box className="number" sx={{ ...wideOnly, fontVariantNumeric: 'tabular-nums' }}>
        {annotationsOfRun(run)}
      </Box>
      <Box
        sx={{
          display: { xs: 'block', md: 'none' },
          gridArea: 'facts',
          color: 'text.secondary',
          textAlign: 'right',
        }}
      >
        {dayAndTime(at)}
      </Box>
      <Box sx={{ gridArea: { xs: 'state', md: 'auto' } }}>
        <RunStateLabel run={run} />
      </Box>
      <Box
        sx={{
          gridArea: { xs: 'actions', md: 'auto' },
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'flex-end',
        }}
      >
        {isInterrupted(run) && (
          <Box component="a" href={open} aria-label={`Resume ${name}`} sx={{ mr: 2 }}>
            Resume
          </Box>
        )}
        <Box className="actions" sx={{ display: 'flex' }}>
          <IconButton
            aria-label={`${pinned ? 'Unpin' : 'Pin'} ${name}`}
            title={pinned ? 'Unpin' : 'Pin: keep it longer than 90 days'}
            aria-pressed={pinned}
            onClick={() => onPin(run)}
          >
            {pinned ? <PinnedIcon /> : <PinIcon />}
          </IconButton>
          <IconButton
            aria-label={`Save ${name} to a file`}
            title="Save to a file"
            onClick={() => onSave(run)}
          >
            <DownloadIcon />
          </IconButton>
          <IconButton
            aria-label={`Delete ${name}`}
            title={run.isRunning ? 'A running run can’t be deleted' : 'Delete from this browser'}
            disabled={run.isRunning}
            onClick={() => onDelete(run)}
          >
            <DeleteIcon />
          </IconButton>
        </Box>
      </Box>
    </>
  );
}

const nameStyle = {
  minWidth: 0,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  color: 'text.primary',
  fontWeight: 'fontWeightMedium',
  textDecoration: 'none',
  '&:hover': { textDecoration: 'underline' },
  '&:focus-visible': { outlineOffset: -2 },
} as const;

/** The outcome of a run, with the icon of its most urgent state. */
function RunStateLabel({ run }: { run: ListedRun }) {
  const { icon, words } = stateOfRun(run);
  return (
    <Box component="span" title={words} sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minWidth: 0 }}>
      {icon === 'running' ? (
        <CircularProgress size={14} thickness={5} aria-hidden />
      ) : (
        <Icon {...(icon === 'interrupted' ? interrupted : rowStates[icon])} />
      )}
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {words}
      </Box>
    </Box>
  );
}

const interrupted = { Icon: InterruptedIcon, color: 'warning.main' };

const Icon = ({ Icon: Shape, color }: { Icon: ElementType; color: string }) => (
  <Box component={Shape} aria-hidden sx={{ color, fontSize: fontSize.icon }} />
);
