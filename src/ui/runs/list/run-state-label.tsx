import type { ElementType } from 'react';
import InterruptedIcon from '@mui/icons-material/PauseCircleOutlined';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { rowStates } from '#ui/runs/state-label.tsx';
import { fontSize } from '#ui/theme/tokens.ts';
import { stateOfRun } from './run-words.ts';

/** The outcome of a run, with the icon of its most urgent state. */
export function RunStateLabel({ run }: { run: ListedRun }) {
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
