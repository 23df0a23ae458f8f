import { useDeferredValue, useState } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { count } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import type { Span } from '#ui/import/use-place.ts';
import { entryName } from '#ui/import/format-words.ts';
import { CheckBar } from './check-bar.tsx';
import { isShown, type ProblemFilterState } from './problem-filter.tsx';
import { ProblemGroupList } from './problem-group-list.tsx';
import { problemLine } from './problem-line.ts';

interface ProblemPanelProps {
  /** The current problem in the list. */
  active: number | undefined;
  onActive: (problem: number) => void;
  onGoTo: (problem: number) => void;
  /** The first problem of a group may be missing from the list. */
  onGoToPlace: (place: Span) => void;
  filter: ProblemFilterState;
  onFilter: (filter: ProblemFilterState) => void;
  onStep: (direction: 1 | -1) => void;
}

/** The check’s result below the editor. Its height is fixed, so that nothing moves while problems change. */
export function ProblemPanel(props: ProblemPanelProps) {
  const { active, filter, onActive, onGoTo, onGoToPlace } = props;
  const { checked } = useBatch();
  const {
    summary: { setElement },
  } = useNavigation();
  const [activeGroup, setActiveGroup] = useState(0);
  const problems = checked?.problems ?? [];
  const hasProblems = problems.length > 0;
  // A new list is mounted in a separate task, because it measures its rows.
  const isListMounted = useDeferredValue(hasProblems) && hasProblems;
  // Indices into all problems, which the editor uses.
  const listed = problems.flatMap(({ severity }, index) => (isShown(filter, severity) ? [index] : []));
  const groups = checked?.problemGroups.filter(({ severity }) => isShown(filter, severity)) ?? [];
  // When a problem has been fixed, the next one takes its place.
  const next = listed.findIndex((index) => index >= (active ?? Infinity));
  const current = active === undefined ? undefined : next < 0 ? listed.length - 1 : next;
  const currentGroup = Math.min(activeGroup, groups.length - 1);
  const problem = filter.grouped ? groups[currentGroup]?.first : problems[listed[current ?? -1] ?? -1];
  return (
    <Box component="section" aria-label="Check" sx={panel}>
      <CheckBar
        problem={problem}
        isStepping={listed.length > 0}
        filter={filter}
        onFilter={props.onFilter}
        onStep={props.onStep}
      />
      <Box sx={{ flex: 1, minHeight: 0, borderTop: 1, borderColor: 'divider' }}>
        {isListMounted && (filter.grouped ? groups : listed).length === 0 ? (
          <NothingListed checked={checked!} filter={filter} />
        ) : isListMounted && filter.grouped ? (
          <ProblemGroupList
            ref={setElement}
            groups={groups}
            active={currentGroup}
            onActive={setActiveGroup}
            onChoose={({ first }) => onGoToPlace(first)}
          />
        ) : isListMounted ? (
          <WindowedList
            key="problems"
            ref={setElement}
            label="Problems"
            rows={{ count: listed.length, height: 29 }}
            cursor={{ index: current, onMove: (index) => onActive(listed[index]!) }}
            onChoose={(index) => onGoTo(listed[index]!)}
          >
            {(index) =>
              listed[index] !== undefined && (
                <ProblemRow problem={problems[listed[index]]!} entryName={entryName(checked?.format)} />
              )
            }
          </WindowedList>
        ) : (
          <KeyHints />
        )}
      </Box>
    </Box>
  );
}

const panel = {
  display: 'flex',
  flexDirection: 'column',
  flex: 'none',
  height: 'clamp(132px, 26vh, 220px)',
  borderTop: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
} as const;

interface ProblemRowProps {
  problem: PlacedProblem;
  entryName: string;
}

/** Shown when the filter matches no problem. */
function NothingListed({ checked, filter }: { checked: CheckSummary; filter: ProblemFilterState }) {
  const isUnlisted = filter.show === 'warning' ? checked.warnings > 0 : checked.errors > 0;
  const severityName = filter.show === 'warning' ? 'warning' : 'error';
  return (
    <Box sx={{ px: { xs: 3, sm: 4 }, py: 2, color: 'text.secondary', typography: 'body2' }}>
      {isUnlisted
        ? `No ${severityName} is among the first ${count(checked.problems.length, 'problem')}. Group alike to count them all.`
        : `There is no ${severityName}.`}
    </Box>
  );
}

function ProblemRow({ problem: { severity, line, column, entry, message }, entryName }: ProblemRowProps) {
  return (
    <Box sx={problemLine('auto auto 1fr', '6rem 4.5rem 6.5rem 1fr')}>
      <SeverityLabel severity={severity} />
      <Box component="span" sx={{ color: 'text.secondary' }}>
        <Box component="span" sx={visuallyHidden}>
          line {line}, column {column}
        </Box>
        <span aria-hidden>
          {line}:{column}
        </span>
      </Box>
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {entry !== undefined && `${entryName} ${entry + 1}`}
      </Box>
      <Typography
        variant="body2"
        component="span"
        sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' }, overflowWrap: 'anywhere' }}
      >
        {message}
      </Typography>
    </Box>
  );
}

const isMac = navigator.userAgent.includes('Mac');
const mod = isMac ? '⌘' : 'Ctrl+';

const hints = [
  [isMac ? '⌃Space' : 'Ctrl+Space', 'field names and values'],
  [`${mod}Z`, 'undo'],
  [`${mod}F`, 'find'],
  ['F8', 'next problem'],
  ['Tab', 'leaves the editor'],
];

/** Keyboard shortcuts of the editor, in place of the problem list. */
function KeyHints() {
  return (
    <Box
      component="dl"
      aria-label="Keys in the editor"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'baseline',
        columnGap: 6,
        rowGap: 1,
        m: 0,
        px: { xs: 3, sm: 4 },
        py: 2.5,
        typography: 'caption',
        color: 'text.secondary',
        '& > div': { display: 'flex', alignItems: 'baseline', gap: 2 },
        '& dt': { fontFamily: 'mono', color: 'text.primary' },
        '& dd': { m: 0 },
      }}
    >
      {hints.map(([key, does]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </Box>
  );
}
