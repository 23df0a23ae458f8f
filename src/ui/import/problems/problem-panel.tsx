import type { PlacedProblem } from '#wire/problem.ts';
import { useState, type ReactNode, type Ref } from 'react';
import NextIcon from '@mui/icons-material/KeyboardArrowDown';
import PreviousIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import { count } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { FixButtons, type OnFix } from './fix-buttons.tsx';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { problemLine } from './problem-line.ts';
import { ProblemGroupList } from './problem-group-list.tsx';
import { isShown, ProblemFilter, type ProblemFilterState } from './problem-filter.tsx';

interface ProblemPanelProps {
  checked: CheckSummary | undefined;
  checking: boolean;
  /** The problem that stands out in the list. */
  active: number | undefined;
  onActive: (problem: number) => void;
  onGoTo: (problem: number) => void;
  /** The first problem of a kind need not be among those listed. */
  onGoToPlace: (place: { from: number; to: number }) => void;
  look: ProblemFilterState;
  onLook: (look: ProblemFilterState) => void;
  onStep: (direction: 1 | -1) => void;
  onFix: OnFix;
  /** The way out of a text that cannot be read, where there is one. */
  repair: ReactNode;
  listRef: Ref<HTMLDivElement>;
}

/** What the check found, below the editor. Its height never changes, so that nothing jumps as problems come and go. */
export function ProblemPanel({
  checked,
  checking,
  active,
  onActive,
  onGoTo,
  onGoToPlace,
  look,
  onLook,
  onStep,
  onFix,
  repair,
  listRef,
}: ProblemPanelProps) {
  const [activeKind, setActiveKind] = useState(0);
  const problems = checked?.problems ?? [];
  const hasProblems = problems.length > 0;
  // Their numbers among all problems: by these the editor and the screen around it know them.
  const listed = problems.flatMap(({ severity }, number) => (isShown(look, severity) ? [number] : []));
  const kinds = checked?.kinds.filter(({ severity }) => isShown(look, severity)) ?? [];
  // A problem that was mended is gone, and the next one stands in its place.
  const next = listed.findIndex((number) => number >= (active ?? Infinity));
  const standsOut = active === undefined ? undefined : next < 0 ? listed.length - 1 : next;
  const kindInFront = Math.min(activeKind, kinds.length - 1);
  const inFront = look.grouped ? kinds[kindInFront]?.first : problems[listed[standsOut ?? -1] ?? -1];
  return (
    <Box
      component="section"
      aria-label="Check"
      sx={{
        display: 'flex',
        flexDirection: 'column',
        flex: 'none',
        height: 'clamp(132px, 26vh, 220px)',
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
      }}
    >
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
          <Verdict checked={checked} checking={checking} />
        </Box>
        {repair}
        <FixButtons problem={inFront} onFix={onFix} />
        {hasProblems && <ProblemFilter look={look} onLook={onLook} />}
        <IconButton
          aria-label="Previous problem"
          title="Previous problem (Shift+F8)"
          disabled={listed.length === 0}
          onClick={() => onStep(-1)}
        >
          <PreviousIcon />
        </IconButton>
        <IconButton
          aria-label="Next problem"
          title="Next problem (F8)"
          disabled={listed.length === 0}
          onClick={() => onStep(1)}
          sx={{ ml: -2 }}
        >
          <NextIcon />
        </IconButton>
      </Box>
      <Box sx={{ flex: 1, minHeight: 0, borderTop: 1, borderColor: 'divider' }}>
        {hasProblems && (look.grouped ? kinds : listed).length === 0 ? (
          <NothingListed checked={checked!} look={look} />
        ) : hasProblems && look.grouped ? (
          <ProblemGroupList
            ref={listRef}
            kinds={kinds}
            active={kindInFront}
            onActive={setActiveKind}
            onChoose={({ first }) => onGoToPlace(first)}
          />
        ) : hasProblems ? (
          <WindowedList
            key="problems"
            ref={listRef}
            label="Problems"
            count={listed.length}
            rowHeight={29}
            active={standsOut}
            onActive={(index) => onActive(listed[index]!)}
            onChoose={(index) => onGoTo(listed[index]!)}
          >
            {(index) =>
              listed[index] !== undefined && (
                <ProblemRow problem={problems[listed[index]]!} word={entryWord(checked?.shape)} />
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

function Verdict({ checked, checking }: { checked: CheckSummary | undefined; checking: boolean }) {
  if (!checked) return checking ? 'Checking …' : 'Nothing to check yet';
  const { shape, entries, rows, errors, warnings, truncated, notChecked } = checked;
  if (shape === 'empty') return 'Nothing to check yet';
  const listed = checked.problems.length;
  return (
    <>
      {errors > 0 && <SeverityLabel severity="error">{count(errors, 'error')}</SeverityLabel>}
      {warnings > 0 && <SeverityLabel severity="warning">{count(warnings, 'warning')}</SeverityLabel>}
      {errors === 0 && warnings === 0 && <span>No problems found</span>}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {shape === 'unreadable'
          ? 'The text can’t be read yet'
          : `${count(entries, entryWord(shape))}, ${count(rows, 'annotation')}`}
        {truncated && `. The first ${count(listed, 'problem')} are listed`}
        {notChecked.map((reason) => `. ${reason}`)}
      </Box>
    </>
  );
}

/** What one entry of the batch is called. */
const entryWord = (shape: CheckSummary['shape'] | undefined) =>
  shape === 'table' || shape === 'records' ? 'row' : shape === 'export' ? 'exported annotation' : 'request';

interface ProblemRowProps {
  problem: PlacedProblem;
  /** What its entry is called. */
  word: string;
}

/** Where the filter lets nothing through. */
function NothingListed({ checked, look }: { checked: CheckSummary; look: ProblemFilterState }) {
  const isThere = look.show === 'warning' ? checked.warnings > 0 : checked.errors > 0;
  const what = look.show === 'warning' ? 'warning' : 'error';
  return (
    <Box sx={{ px: { xs: 3, sm: 4 }, py: 2, color: 'text.secondary', typography: 'body2' }}>
      {isThere
        ? `No ${what} is among the first ${count(checked.problems.length, 'problem')}. Group alike to count them all.`
        : `There is no ${what}.`}
    </Box>
  );
}

function ProblemRow({ problem: { severity, line, column, entry, message }, word }: ProblemRowProps) {
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
        {entry !== undefined && `${word} ${entry + 1}`}
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

/** What the keyboard can do in the editor, where the problems will stand when there are some. */
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
