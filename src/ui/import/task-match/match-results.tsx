import { useState, type ElementType } from 'react';
import FoundIcon from '@mui/icons-material/CheckCircleOutlined';
import NotFoundIcon from '@mui/icons-material/CancelOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import AmbiguousIcon from '@mui/icons-material/HelpOutlineOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { Comparison } from '#domain/match/comparison.ts';
import type { MatchExample, MatchTrial } from '#domain/match/try-matching.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { fontSize } from '#ui/theme/tokens.ts';

type Outcome = 'matched' | 'notFound' | 'ambiguous';

const words: Record<Outcome, { title: string; color: string; Icon: ElementType }> = {
  matched: { title: 'Matched', color: 'success.main', Icon: FoundIcon },
  notFound: { title: 'Not found', color: 'error.main', Icon: NotFoundIcon },
  ambiguous: { title: 'Ambiguous', color: 'warning.main', Icon: AmbiguousIcon },
};
const outcomes = Object.keys(words) as Outcome[];

interface MatchResultsProps {
  trial: MatchTrial;
  compare: Comparison;
}

/** The number of matched, missing and ambiguous rows, with examples, and what happens to unmatched ones. */
export function MatchResults({ trial, compare }: MatchResultsProps) {
  const [shown, setShown] = useState<Outcome>('matched');
  const what = compare === 'value' ? 'value' : 'file';
  const hints: Record<Outcome, string> = {
    matched: 'one task each',
    notFound: `no task has this ${what}`,
    ambiguous: `several tasks share a ${what}`,
  };
  const examples = {
    matched: trial.examples,
    notFound: trial.notFoundExamples,
    ambiguous: trial.ambiguousExamples,
  }[shown];
  return (
    <Box sx={pane}>
      <Box
        role="group"
        aria-label="Show examples of"
        sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)' }}
      >
        {outcomes.map((outcome) => {
          const { title, color, Icon } = words[outcome];
          return (
            <ButtonBase
              key={outcome}
              aria-pressed={outcome === shown}
              onClick={() => setShown(outcome)}
              sx={{ ...figureBox, ...(outcome === shown && chosen) }}
            >
              <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 1.5, color }}>
                <Icon sx={{ fontSize: fontSize.icon }} /> {title}
              </Box>
              <Box component="strong" sx={{ typography: 'h1' }}>
                {figure(trial[outcome])}
              </Box>
              <Box component="span" sx={{ typography: 'caption', color: 'text.secondary' }}>
                {hints[outcome]}
              </Box>
            </ButtonBase>
          );
        })}
      </Box>
      <Examples examples={examples} title={words[shown].title} endsMatter={compare !== 'value'} />
      <Others trial={trial} />
    </Box>
  );
}

/** Rows that fit into the dialog beside the choices. */
const maxShown = 5;

interface ExamplesProps {
  examples: readonly MatchExample[];
  title: string;
  /** True if the end of a long value matters more than its start. */
  endsMatter: boolean;
}

function Examples({ examples, title, endsMatter }: ExamplesProps) {
  if (examples.length === 0)
    return (
      <Box sx={{ px: 5, py: 4, color: 'text.secondary', bgcolor: 'background.paper' }}>No such rows.</Box>
    );
  return (
    <Box component="table" aria-label={`${title}: examples`} sx={table}>
      <thead>
        <tr>
          <th>In your file</th>
          <th>In the project</th>
          <th className="number">Task</th>
        </tr>
      </thead>
      <tbody>
        {examples.slice(0, maxShown).map(({ row, key, value, tasks }) => (
          <tr key={row}>
            <td title={key}>{key}</td>
            <td title={value}>
              {value === undefined
                ? tasks.length > 0
                  ? 'several tasks'
                  : 'no task'
                : endsMatter
                  ? endOf(value)
                  : value}
            </td>
            <td className="number">{tasks.length === 0 ? '–' : tasks.join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </Box>
  );
}

/** Keeps a file name visible after a long path. */
const longest = 30;
const endOf = (value: string): string =>
  value.length > longest ? `…${value.slice(-longest).toWellFormed()}` : value;

function Others({ trial }: { trial: MatchTrial }) {
  const { rows, matched, notFound, ambiguous, blank } = trial;
  const others = rows - matched;
  if (others === 0) return <Box sx={below}>Every row has exactly one task.</Box>;
  const named = trial.notFoundExamples.slice(0, 2).map(({ key }) => key);
  const [first] = trial.ambiguousExamples;
  return (
    <Box sx={below}>
      <Box component="h3" sx={{ typography: 'h3', m: 0, mb: 1 }}>
        What happens to the other {count(others, 'row')}
      </Box>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
        {notFound > 0 && (
          <Other start={`${figure(notFound)} not found`}>
            {` ${become(notFound)} in the grid: ${named.join(', ')}${notFound > named.length ? ' …' : ''}`}
          </Other>
        )}
        {ambiguous > 0 && (
          <Other start={`${figure(ambiguous)} ambiguous`}>
            {` ${become(ambiguous)}, too${first ? `: ${first.key} is task ${first.tasks.join(' and ')}` : ''}.`}
          </Other>
        )}
        {blank > 0 && (
          <Other start={`${figure(blank)} without a value`}>{` ${become(blank)} as well.`}</Other>
        )}
      </Box>
    </Box>
  );
}

const become = (rows: number) => (rows === 1 ? 'becomes an error' : 'become errors');

function Other({ start, children }: { start: string; children: string }) {
  return (
    <Box component="li" sx={{ display: 'flex', gap: 2, overflowWrap: 'anywhere' }}>
      <ErrorIcon aria-hidden sx={{ color: 'error.main', fontSize: fontSize.icon, mt: 0.5 }} />
      <span>
        <strong>{start}</strong>
        {children}
      </span>
    </Box>
  );
}

const pane = {
  minWidth: 0,
  display: 'flex',
  flexDirection: 'column',
  borderLeft: { md: 1 },
  borderTop: { xs: 1, md: 0 },
  borderColor: { xs: 'outline.quiet', md: 'outline.quiet' },
} as const;

const figureBox = {
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'flex-start',
  justifyContent: 'flex-start',
  textAlign: 'left',
  typography: 'body2',
  px: { xs: 3, sm: 5 },
  py: 3,
  borderBottom: 2,
  borderColor: 'divider',
  '&:focus-visible': { outlineOffset: -2 },
} as const;

const chosen = { borderColor: 'wheat.edge' } as const;

const table = {
  width: 1,
  tableLayout: 'fixed',
  borderCollapse: 'collapse',
  typography: 'body2',
  bgcolor: 'background.paper',
  '& th, & td': {
    textAlign: 'left',
    px: { xs: 3, sm: 5 },
    py: 2,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& th:first-of-type': { width: '38%' },
  '& th': { color: 'text.secondary', bgcolor: 'sunken.main', fontWeight: 'fontWeightMedium' },
  '& td + td': { color: 'text.secondary' },
  '& tr': { borderBottom: 1, borderColor: 'divider' },
  '& .number': { width: { xs: 96, sm: 120 }, textAlign: 'right' },
} as const;

const below = { flex: 1, px: { xs: 4, sm: 5 }, py: 4 } as const;
