import type { ElementType } from 'react';
import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import DoNotDisturbOnIcon from '@mui/icons-material/DoNotDisturbOnOutlined';
import HelpIcon from '@mui/icons-material/HelpOutlined';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import MarkEmailReadIcon from '@mui/icons-material/TaskAltOutlined';
import RedoIcon from '@mui/icons-material/RedoOutlined';
import SendIcon from '@mui/icons-material/NorthEast';
import SearchOffIcon from '@mui/icons-material/SearchOff';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import FilterNoneIcon from '@mui/icons-material/FilterNone';
import Box from '@mui/material/Box';
import { fontSize } from '#ui/theme/tokens.ts';
import type { RowState } from '#domain/results/account.ts';
import { stateWords } from '#domain/results/state-words.ts';

/** Each state has a word and an icon, since colour alone isn’t accessible. */
export const rowStates: Record<
  RowState,
  { color: string; /** In a bar. */ bar: string; Icon: ElementType; means: string }
> = {
  created: {
    color: 'success.main',
    bar: 'success.solid',
    Icon: CheckCircleIcon,
    means: 'The annotation is on the server; its ID was read back.',
  },
  duplicated: {
    color: 'doubled.main',
    bar: 'doubled.solid',
    Icon: FilterNoneIcon,
    means: 'The annotation is on the server more than once; all its ids are listed.',
  },
  refused: {
    color: 'error.main',
    bar: 'error.solid',
    Icon: BlockIcon,
    means: 'The server did not accept it, and said why.',
  },
  unknown: {
    color: 'warning.main',
    bar: 'warning.solid',
    Icon: HelpIcon,
    means: 'It was sent, but it couldn’t be read whether it was created.',
  },
  'not-found': {
    color: 'warning.main',
    bar: 'warning.solid',
    Icon: SearchOffIcon,
    means: 'It was sent, but wasn’t on the task when it was read.',
  },
  'never-sent': {
    color: 'info.main',
    bar: 'info.solid',
    Icon: DoNotDisturbOnIcon,
    means: 'Proven not to have been sent, so it can be sent.',
  },
  deleted: {
    color: 'text.secondary',
    bar: 'idle.solid',
    Icon: DeleteIcon,
    means: 'It was created, and then deleted by undoing.',
  },
  skipped: {
    color: 'text.secondary',
    bar: 'idle.solid',
    Icon: RedoIcon,
    means: 'Skipped by the plan, with a reason.',
  },
  unconfirmed: {
    color: 'primary.main',
    bar: 'wheat.edge',
    Icon: MarkEmailReadIcon,
    means: 'It was sent; whether it was created is still to be checked.',
  },
  'in-flight': {
    color: 'primary.main',
    bar: 'wheat.edge',
    Icon: SendIcon,
    means: 'Sent, and not answered yet.',
  },
  waiting: {
    color: 'text.secondary',
    bar: 'idle.solid',
    Icon: HourglassIcon,
    means: 'Not sent yet.',
  },
};

/** The order on screen: succeeded, needs attention, not created, in progress. */
export const stateOrder = [
  'created',
  'duplicated',
  'refused',
  'unknown',
  'not-found',
  'never-sent',
  'skipped',
  'deleted',
  'unconfirmed',
  'in-flight',
  'waiting',
] as const satisfies readonly RowState[];

export function StateLabel({ state }: { state: RowState }) {
  const { color, Icon, means } = rowStates[state];
  return (
    <Box
      component="span"
      title={means}
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 1.5, whiteSpace: 'nowrap' }}
    >
      <Box component={Icon} aria-hidden sx={{ color, fontSize: fontSize.icon }} />
      {stateWords[state]}
    </Box>
  );
}
