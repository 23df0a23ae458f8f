import type { ElementType } from 'react';
import SendingIcon from '@mui/icons-material/ArrowUpward';
import RefusedIcon from '@mui/icons-material/Block';
import CreatedIcon from '@mui/icons-material/CheckCircleOutlined';
import DeletedIcon from '@mui/icons-material/DeleteOutlined';
import SkippedIcon from '@mui/icons-material/DoNotDisturbOnOutlined';
import DuplicatedIcon from '@mui/icons-material/FilterNoneOutlined';
import UnknownIcon from '@mui/icons-material/HelpOutlined';
import CheckingIcon from '@mui/icons-material/ManageSearchOutlined';
import NotSentIcon from '@mui/icons-material/PauseCircleOutlined';
import WaitingIcon from '@mui/icons-material/ScheduleOutlined';
import NotFoundIcon from '@mui/icons-material/VisibilityOffOutlined';
import Box from '@mui/material/Box';
import { fontSize } from '#ui/theme/tokens.ts';
import type { RowState } from '#domain/results/account.ts';
import { stateInWords } from '#domain/results/state-words.ts';

/** Each state has a word and an icon, because colour alone isn’t accessible. */
export const rowStates: Record<
  RowState,
  { color: string; /* In a bar. */ bar: string; Icon: ElementType; means: string }
> = {
  created: {
    color: 'success.main',
    bar: 'success.solid',
    Icon: CreatedIcon,
    means: 'The annotation is on the server; its ID was read back.',
  },
  duplicated: {
    color: 'doubled.main',
    bar: 'doubled.solid',
    Icon: DuplicatedIcon,
    means: 'The annotation is on the server more than once; all its IDs are listed.',
  },
  refused: {
    color: 'error.main',
    bar: 'error.solid',
    Icon: RefusedIcon,
    means: 'The server did not accept it, and said why.',
  },
  unknown: {
    color: 'warning.main',
    bar: 'warning.solid',
    Icon: UnknownIcon,
    means: 'It was sent, but it couldn’t be read whether it was created.',
  },
  'not-found': {
    color: 'warning.main',
    bar: 'warning.solid',
    Icon: NotFoundIcon,
    means: 'It was sent, but wasn’t on the task when it was read.',
  },
  'never-sent': {
    color: 'text.secondary',
    bar: 'idle.solid',
    Icon: NotSentIcon,
    means: 'Proven not to have been sent, so it can be sent.',
  },
  deleted: {
    color: 'text.secondary',
    bar: 'idle.solid',
    Icon: DeletedIcon,
    means: 'It was created, and then deleted by undoing.',
  },
  skipped: {
    color: 'text.secondary',
    bar: 'idle.solid',
    Icon: SkippedIcon,
    means: 'Skipped by the plan, with a reason.',
  },
  unconfirmed: {
    color: 'info.main',
    bar: 'info.solid',
    Icon: CheckingIcon,
    means: 'It was sent; whether it was created is still to be checked.',
  },
  'in-flight': {
    color: 'info.main',
    bar: 'info.solid',
    Icon: SendingIcon,
    means: 'Sent, and not answered yet.',
  },
  waiting: {
    color: 'text.secondary',
    bar: 'idle.solid',
    Icon: WaitingIcon,
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

/** These words are coloured like their icon. */
const alarming: ReadonlySet<RowState> = new Set(['refused', 'duplicated']);

const wordsToday = (state: RowState, notFoundAt: number | undefined) =>
  stateInWords(state, notFoundAt, Date.now());

/** @param notFoundAt - when a missing row was last looked for */
export function StateLabel({ state, notFoundAt }: { state: RowState; notFoundAt?: number | undefined }) {
  const { color, Icon, means } = rowStates[state];
  return (
    <Box
      component="span"
      title={means}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        gap: 1.5,
        whiteSpace: 'nowrap',
        ...(alarming.has(state) && { color }),
      }}
    >
      <Box component={Icon} aria-hidden sx={{ color, fontSize: fontSize.icon }} />
      {wordsToday(state, notFoundAt)}
    </Box>
  );
}
