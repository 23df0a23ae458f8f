import NextIcon from '@mui/icons-material/KeyboardArrowDown';
import PreviousIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { CheckSummary } from '#domain/check.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { entryName } from '#ui/import/format-words.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { count } from '#ui/components/numbers.ts';
import { useBatch, useBatchActions } from '#ui/import/batch-context.tsx';
import { FixButtons } from './fix-buttons.tsx';
import { ProblemFilter, type ProblemFilterState } from './problem-filter.tsx';
import { RepairAction } from './repair-action.tsx';

interface CheckBarProps {
  /** The current problem, whose fixes are offered. */
  problem: PlacedProblem | undefined;
  /** Whether there are problems to step through. */
  isStepping: boolean;
  filter: ProblemFilterState;
  onFilter: (filter: ProblemFilterState) => void;
  onStep: (direction: 1 | -1) => void;
}

/** The check’s summary, the fixes of the current problem, and navigation. */
export function CheckBar({ problem, isStepping, filter, onFilter, onStep }: CheckBarProps) {
  const { checked, checking } = useBatch();
  const { fix } = useBatchActions();
  const hasProblems = checked !== undefined && checked.problems.length > 0;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: { xs: 'wrap', md: 'nowrap' },
        alignItems: 'center',
        columnGap: 3,
        rowGap: 1,
        minHeight: 36,
        py: 0.5,
        px: { xs: 3, sm: 4 },
      }}
    >
      <Box
        role="status"
        sx={{
          flex: { xs: hasProblems ? '1 1 100%' : 1, sm: 1 },
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 4,
        }}
      >
        <CheckStatus checked={checked} checking={checking} isGrouped={filter.grouped} />
      </Box>
      <RepairAction />
      <FixButtons problem={problem} onFix={fix} />
      {hasProblems && <ProblemFilter filter={filter} onFilter={onFilter} />}
      <IconButton
        aria-label="Previous problem"
        title="Previous problem (Shift+F8)"
        disabled={!isStepping}
        onClick={() => onStep(-1)}
      >
        <PreviousIcon />
      </IconButton>
      <IconButton
        aria-label="Next problem"
        title="Next problem (F8)"
        disabled={!isStepping}
        onClick={() => onStep(1)}
        sx={{ ml: -2 }}
      >
        <NextIcon />
      </IconButton>
    </Box>
  );
}

interface CheckStatusProps {
  checked: CheckSummary | undefined;
  checking: boolean;
  isGrouped: boolean;
}

function CheckStatus({ checked, checking, isGrouped }: CheckStatusProps) {
  if (!checked) return checking ? 'Checking …' : 'Nothing to check yet';
  const { format, entries, rows, errors, warnings, truncated, notChecked, moreGroups } = checked;
  if (format === 'empty') return 'Nothing to check yet';
  const listed = checked.problems.length;
  return (
    <>
      {errors > 0 && <SeverityLabel severity="error">{count(errors, 'error')}</SeverityLabel>}
      {warnings > 0 && <SeverityLabel severity="warning">{count(warnings, 'warning')}</SeverityLabel>}
      {errors === 0 && warnings === 0 && <span>No problems found</span>}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {format === 'unreadable'
          ? 'The text can’t be read yet'
          : `${count(entries, entryName(format))}, ${count(rows, 'annotation')}`}
        {truncated && !isGrouped && `. The first ${count(listed, 'problem')} are listed`}
        {isGrouped && moreGroups > 0 && `. ${count(moreGroups, 'more group')} of problems aren’t listed`}
        {notChecked.map((reason) => `. ${reason}`)}
      </Box>
    </>
  );
}
