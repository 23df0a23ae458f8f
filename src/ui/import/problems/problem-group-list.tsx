import type { Ref } from 'react';
import Box from '@mui/material/Box';
import type { ProblemGroup } from '#domain/problems/problem-groups.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { problemLine } from './problem-line.ts';

interface ProblemGroupListProps {
  groups: readonly ProblemGroup<PlacedProblem>[];
  active: number;
  onActive: (group: number) => void;
  onChoose?: (group: ProblemGroup<PlacedProblem>) => void;
  ref?: Ref<HTMLDivElement>;
}

/** All problems, one line per group of similar ones. */
export function ProblemGroupList({ groups, active, onActive, onChoose, ref }: ProblemGroupListProps) {
  return (
    <WindowedList
      key="groups"
      label="Groups of problems"
      rows={{ count: groups.length, height: 29 }}
      cursor={{ index: active, onMove: onActive }}
      {...(ref !== undefined && { ref })}
      {...(onChoose && { onChoose: (index: number) => onChoose(groups[index]!) })}
    >
      {(index) => groups[index] && <ProblemGroupRow group={groups[index]} />}
    </WindowedList>
  );
}

/** A group's severity, count and message. */
function ProblemGroupRow({ group: { severity, count, message } }: { group: ProblemGroup }) {
  return (
    <Box sx={problemLine('auto 1fr', '6rem 4.5rem 1fr')}>
      <SeverityLabel severity={severity} />
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {figure(count)}
        <Box component="span" sx={visuallyHidden}>
          {' '}
          times
        </Box>
      </Box>
      <Box component="span" sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' }, overflowWrap: 'anywhere' }}>
        {message}
      </Box>
    </Box>
  );
}
