import type { ElementType } from 'react';
import SmallerIcon from '@mui/icons-material/CompressOutlined';
import RefusedIcon from '@mui/icons-material/Block';
import AnsweredIcon from '@mui/icons-material/CheckCircleOutlined';
import DeletedIcon from '@mui/icons-material/DeleteOutlined';
import CopiesIcon from '@mui/icons-material/FilterNoneOutlined';
import WaitingIcon from '@mui/icons-material/HourglassEmptyOutlined';
import TokenIcon from '@mui/icons-material/KeyOutlined';
import TroubleIcon from '@mui/icons-material/LinkOffOutlined';
import CheckingIcon from '@mui/icons-material/ManageSearchOutlined';
import StoppedIcon from '@mui/icons-material/PauseOutlined';
import StartedIcon from '@mui/icons-material/PlayArrowOutlined';
import FinishedIcon from '@mui/icons-material/SportsScoreOutlined';
import Box from '@mui/material/Box';
import type { ActivityEntry } from '#domain/results/activity.ts';
import type { RunProgress } from '#engine/runs/run-progress.ts';
import { count, dayAndTime, timeOfDay, when } from '#ui/components/numbers.ts';
import { fontSize } from '#ui/theme/tokens.ts';

const icons: Record<ActivityEntry['kind'], { Icon: ElementType; color: string }> = {
  started: { Icon: StartedIcon, color: 'success.main' },
  stopped: { Icon: StoppedIcon, color: 'text.secondary' },
  waiting: { Icon: WaitingIcon, color: 'warning.main' },
  answered: { Icon: AnsweredIcon, color: 'success.main' },
  checking: { Icon: CheckingIcon, color: 'info.main' },
  trouble: { Icon: TroubleIcon, color: 'warning.main' },
  refused: { Icon: RefusedIcon, color: 'error.main' },
  copies: { Icon: CopiesIcon, color: 'doubled.main' },
  deleted: { Icon: DeletedIcon, color: 'text.secondary' },
  token: { Icon: TokenIcon, color: 'text.secondary' },
  smaller: { Icon: SmallerIcon, color: 'text.secondary' },
  finished: { Icon: FinishedIcon, color: 'text.secondary' },
};

/** The activity log of a run, newest first. Dates are shown where they change. */
export function ActivityList({ activity, earlier }: Pick<RunProgress, 'activity' | 'earlier'>) {
  if (activity.length === 0)
    return <Box sx={{ px: 4, py: 3, color: 'text.secondary' }}>Nothing has happened yet.</Box>;
  return (
    <Box
      component="ul"
      aria-label="Lines, newest first"
      sx={{ m: 0, px: 4, py: 2.5, listStyle: 'none', typography: 'body2', lineHeight: '18px' }}
    >
      {activity.map(({ at, kind, words }, index) => {
        const { Icon, color } = icons[kind];
        const isFirst = index === activity.length - 1;
        return [
          isFirst && earlier > 0 && (
            <Box component="li" key="earlier" sx={{ py: 1.25, color: 'text.secondary' }}>
              {count(earlier, 'earlier line')} not shown
            </Box>
          ),
          <Box
            component="li"
            key={`${at} ${words}`}
            sx={{ display: 'grid', gridTemplateColumns: '62px 16px 1fr', gap: 2, py: 1.25 }}
          >
            <Box
              component="time"
              dateTime={new Date(at).toISOString()}
              title={when(at)}
              sx={{ color: 'text.secondary', fontFamily: 'mono', fontSize: fontSize.small }}
            >
              {timeOfDay(at)}
            </Box>
            <Box component={Icon} aria-hidden sx={{ color, fontSize: fontSize.icon, mt: '1px' }} />
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {words}
              {changesDay(activity, index) && (
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {' '}
                  · {dayAndTime(at).replace(/, [^,]*$/, '')}
                </Box>
              )}
            </Box>
          </Box>,
        ];
      })}
    </Box>
  );
}

/** True for the first line of a day, if there are several days. */
function changesDay(activity: readonly ActivityEntry[], index: number): boolean {
  const dayOf = (one: number) => new Date(activity[one]!.at).toDateString();
  const last = activity.length - 1;
  if (dayOf(0) === dayOf(last)) return false;
  return index === last || dayOf(index) !== dayOf(index + 1);
}
