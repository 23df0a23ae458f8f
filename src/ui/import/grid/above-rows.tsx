import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import { count } from '#ui/components/numbers.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import type { Grid } from './use-grid.ts';

const maxShown = 3;

/** Errors and warnings of the whole table or of its column names, which belong to no row. Notes are in the panel. */
export function SourceProblems({ checked }: { checked: CheckSummary }) {
  const { labelColumns = [] } = checked.reading ?? {};
  const asksForChoices = labelColumns.some(({ areUsed }) => !areUsed);
  // A question above the grid says the same.
  const isAsked = (code: string) =>
    code === 'task-column-missing' || (asksForChoices && code === 'labels-in-columns');
  const problems = checked.problems.filter(
    ({ entry, severity, code }) => entry === undefined && severity !== 'info' && !isAsked(code),
  );
  if (problems.length === 0) return null;
  const more = problems.length - maxShown;
  return (
    <Box
      component="ul"
      aria-label="Problems of the whole"
      sx={{ flex: 'none', m: 0, p: 0, px: { xs: 3, sm: 4 }, py: 1, listStyle: 'none', typography: 'body2' }}
    >
      {problems.slice(0, maxShown).map(({ severity, message, from }) => (
        <Box component="li" key={`${from} ${message}`} sx={{ display: 'flex', gap: 2 }}>
          <SeverityLabel severity={severity} />
          <span>{message}</span>
        </Box>
      ))}
      {more > 0 && <li>{count(more, 'more problem')} in the text.</li>}
    </Box>
  );
}

/** Shows the filter and order of the listed rows, with a button to list all in source order. */
export function FilterBar({ grid }: { grid: Grid }) {
  const { view } = grid;
  const isFiltered = view.rowsOf !== undefined || view.value !== undefined;
  if (!isFiltered && view.sort === undefined) return null;
  return (
    <Box role="group" aria-label="Listed rows" sx={filterBar}>
      <Box role="status" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {[isFiltered && filterWords(grid), sortWords(grid)].filter(Boolean).join(', ')}
      </Box>
      {view.sort && (
        <Button size="small" variant="outlined" onClick={() => grid.setView({ ...view, sort: undefined })}>
          Order of the source
        </Button>
      )}
      {isFiltered && (
        <Button size="small" variant="outlined" onClick={() => grid.setView({ sort: view.sort })}>
          Show all rows
        </Button>
      )}
    </Box>
  );
}

function filterWords({ view, count: listed, columnAt }: Grid): string {
  const { rowsOf, value } = view;
  const ofProblem =
    rowsOf === undefined ? [] : [rowsOf === 'problems' ? 'with problems' : `with: ${rowsOf.message}`];
  const ofValue = value
    ? [`with ${value.words === '' ? 'nothing' : `“${value.words}”`} in ${nameOf(columnAt, value.column)}`]
    : [];
  return `${count(listed, 'row')} ${[...ofProblem, ...ofValue].join(', ')}`;
}

/** The sort order in words; empty if unsorted. */
function sortWords({ view: { sort }, columnAt }: Pick<Grid, 'view' | 'columnAt'>): string {
  if (sort === undefined) return '';
  return `Sorted by ${nameOf(columnAt, sort.column)}, ${sort.isDescending ? 'descending' : 'ascending'}; row numbers and the source stay as they are`;
}

const nameOf = (columnAt: Grid['columnAt'], column: number) =>
  columnAt(column)?.name ?? `column ${column + 1}`;

const filterBar = {
  flex: 'none',
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  px: { xs: 3, sm: 4 },
  py: 1,
  bgcolor: 'action.selected',
  borderBottom: 1,
  borderColor: 'divider',
  typography: 'body2',
} as const;
