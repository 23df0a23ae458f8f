import type { KeyboardEvent, Ref } from 'react';
import Box from '@mui/material/Box';
import type { PlacedProblem } from '#wire/problem.ts';
import type { ProblemGroup } from '#domain/problems/problem-groups.ts';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { problemLine } from './problem-line.ts';

interface ProblemGroupListProps {
  kinds: readonly ProblemGroup<PlacedProblem>[];
  active: number;
  onActive: (kind: number) => void;
  onChoose?: (kind: ProblemGroup<PlacedProblem>) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  ref?: Ref<HTMLDivElement>;
}

/** Everything that is wrong, each kind of it in one line. */
export function ProblemGroupList({
  kinds,
  active,
  onActive,
  onChoose,
  onKeyDown,
  ref,
}: ProblemGroupListProps) {
  return (
    <WindowedList
      key="kinds"
      label="Groups of problems"
      count={kinds.length}
      rowHeight={29}
      active={active}
      onActive={onActive}
      {...(ref !== undefined && { ref })}
      {...(onChoose && { onChoose: (index: number) => onChoose(kinds[index]!) })}
      {...(onKeyDown && { onKeyDown })}
    >
      {(index) => kinds[index] && <ProblemGroupRow kind={kinds[index]} />}
    </WindowedList>
  );
}

/** All problems of one kind in one line: how grave, how many, and what they say. */
function ProblemGroupRow({ kind: { severity, count, message } }: { kind: ProblemGroup }) {
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
