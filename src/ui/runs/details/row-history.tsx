import type { ElementType } from 'react';
import SentIcon from '@mui/icons-material/ArrowUpward';
import RefusedIcon from '@mui/icons-material/BlockOutlined';
import FoundIcon from '@mui/icons-material/CheckCircleOutlined';
import DeletedIcon from '@mui/icons-material/DeleteOutlined';
import AnsweredIcon from '@mui/icons-material/DoneOutlined';
import CopiesIcon from '@mui/icons-material/FilterNoneOutlined';
import TroubleIcon from '@mui/icons-material/LinkOffOutlined';
import WaitingIcon from '@mui/icons-material/ScheduleOutlined';
import Box from '@mui/material/Box';
import type { HistoryStep } from '#domain/results/row-history.ts';
import { timeOfDay } from '#ui/components/numbers.ts';
import { fontSize } from '#ui/theme/tokens.ts';

const icons: Record<HistoryStep['kind'], { Icon: ElementType; color: string }> = {
  sent: { Icon: SentIcon, color: 'info.main' },
  answered: { Icon: AnsweredIcon, color: 'success.main' },
  found: { Icon: FoundIcon, color: 'success.main' },
  copies: { Icon: CopiesIcon, color: 'doubled.main' },
  trouble: { Icon: TroubleIcon, color: 'warning.main' },
  refused: { Icon: RefusedIcon, color: 'error.main' },
  waiting: { Icon: WaitingIcon, color: 'text.secondary' },
  deleted: { Icon: DeletedIcon, color: 'text.secondary' },
};

/** The history of a row, oldest first. */
export function RowHistory({ steps }: { steps: HistoryStep[] }) {
  if (steps.length === 0) return <Box sx={{ color: 'text.secondary' }}>Nothing was sent for this row.</Box>;
  return (
    <Box component="ol" aria-label="History" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
      {steps.map(({ at, kind, words }) => {
        const { Icon, color } = icons[kind];
        return (
          <Box component="li" key={`${at} ${words}`} sx={{ display: 'flex', gap: 2.5 }}>
            <Box component={Icon} aria-hidden sx={{ color, fontSize: fontSize.icon, mt: 0.5 }} />
            <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{words}</Box>
            <Box
              component="time"
              dateTime={new Date(at).toISOString()}
              sx={{
                color: 'text.secondary',
                fontFamily: 'mono',
                fontSize: fontSize.small,
                lineHeight: '20px',
              }}
            >
              {timeOfDay(at)}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
