import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import type { ReviewSummary, RowFilter, RowKind } from '#engine/runs/review.ts';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { listNames } from '#ui/components/list-names.ts';
import type { ComparisonState } from '#ui/review/use-review.ts';
import { Card, Swatch } from '#ui/components/data-display/card.tsx';
import { radius } from '#ui/theme/tokens.ts';

interface ComparisonProps {
  comparison: ComparisonState;
  summary: ReviewSummary | undefined;
  projects: string[];
  filter: RowFilter;
  onFilter: (filter: RowFilter) => void;
}

/** The row kinds in the order of the bar. */
export const rowKinds: Record<RowKind, { title: string; color: string }> = {
  new: { title: 'New', color: 'success.solid' },
  other: { title: 'Other labels there', color: 'info.solid' },
  same: { title: 'Already there', color: 'idle.solid' },
  missing: { title: 'Task missing', color: 'error.solid' },
  unread: { title: 'Not checked', color: 'sunken.pressed' },
};
const kinds = Object.keys(rowKinds) as RowKind[];

/** How the rows compare with the server. Each count filters the rows below. */
export function Comparison({ comparison, summary, projects, filter, onFilter }: ComparisonProps) {
  const { state } = comparison;
  const isCompared = state === 'compared';
  const shown = kinds.filter((kind) => kind !== 'unread' || (isCompared && (summary?.kinds.unread ?? 0) > 0));
  return (
    <Card title="Compared with the server" meta={summary && count(summary.rows, 'valid row')}>
      <Box
        aria-hidden
        sx={{
          display: 'flex',
          gap: '2px',
          height: 10,
          mx: 4,
          mt: 3.5,
          borderRadius: radius.small,
          overflow: 'hidden',
          bgcolor: 'sunken.pressed',
          forcedColorAdjust: 'none',
        }}
      >
        {state === 'reading' && comparison.progress && (
          <Box
            style={{ width: `${(100 * comparison.progress.read) / comparison.progress.of}%` }}
            sx={{ bgcolor: 'idle.solid' }}
          />
        )}
        {isCompared &&
          summary &&
          kinds
            .filter((kind) => summary.kinds[kind] > 0)
            .map((kind) => (
              <Box
                key={kind}
                style={{ flexGrow: summary.kinds[kind] }}
                sx={{ bgcolor: rowKinds[kind].color, minWidth: '3px' }}
              />
            ))}
      </Box>
      <Box
        component="ul"
        aria-label="Rows compared"
        sx={{
          m: 0,
          p: 0,
          pt: 2,
          pb: 2,
          listStyle: 'none',
          display: 'grid',
          gridTemplateColumns: { xs: 'repeat(2, 1fr)', sm: `repeat(${shown.length}, 1fr)` },
        }}
      >
        {shown.map((kind) => (
          <Box
            component="li"
            key={kind}
            sx={{
              minWidth: 0,
              '&:not(:first-of-type)': { borderLeft: { sm: 1 }, borderColor: { sm: 'divider' } },
            }}
          >
            <Count
              kind={kind}
              rows={summary && (isCompared || kind === 'missing') ? summary.kinds[kind] : undefined}
              note={summary && isCompared ? noteOf(kind, summary, projects) : ''}
              isOn={filter === kind}
              onToggle={() => onFilter(filter === kind ? 'all' : kind)}
            />
          </Box>
        ))}
      </Box>
      {!isCompared && <Footer comparison={comparison} />}
    </Card>
  );
}

function noteOf(kind: RowKind, { byMe, kinds: { same, other } }: ReviewSummary, projects: string[]): string {
  switch (kind) {
    case 'new':
      return 'no annotation yet';
    case 'other':
      return other === 0 ? '' : `${figure(byMe.other)} by you`;
    case 'same':
      return same === 0 ? '' : `same labels, ${figure(byMe.same)} by you`;
    case 'missing':
      return `not in ${listNames(projects, 2)}`;
    case 'unread':
      return 'can’t be read';
  }
}

interface CountProps {
  kind: RowKind;
  /** Undefined if unknown. */
  rows: number | undefined;
  note: string;
  isOn: boolean;
  onToggle: () => void;
}

function Count({ kind, rows, note, isOn, onToggle }: CountProps) {
  const { title, color } = rowKinds[kind];
  return (
    <ButtonBase
      aria-pressed={isOn}
      disabled={rows === undefined || (rows === 0 && !isOn)}
      onClick={onToggle}
      sx={{
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'stretch',
        justifyContent: 'start',
        width: 1,
        height: 1,
        typography: 'body1',
        textAlign: 'left',
        px: 4,
        py: 1,
        bgcolor: isOn ? 'action.selected' : 'transparent',
        '&:hover': { bgcolor: isOn ? 'action.selected' : 'action.hover' },
        '&.Mui-focusVisible': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: -2 },
      }}
    >
      <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 2, whiteSpace: 'nowrap' }}>
        <Swatch color={color} />
        {title}
      </Box>
      <Box component="strong" sx={{ display: 'block', typography: 'h1' }}>
        {rows === undefined ? (
          <Box component="span" sx={{ typography: 'body1', color: 'text.secondary' }}>
            not checked
          </Box>
        ) : (
          figure(rows)
        )}
      </Box>
      <Box
        component="span"
        sx={{ display: 'block', typography: 'caption', color: 'text.secondary', minHeight: 18 }}
      >
        {note}
      </Box>
    </ButtonBase>
  );
}

function Footer({ comparison }: { comparison: ComparisonState }) {
  const { state, progress, failure, tasks, compare, skip } = comparison;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 3,
        px: 4,
        py: 2,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      {state === 'failed' && failure ? (
        <FailureNotice failure={failure}>
          <Button variant="outlined" onClick={compare}>
            Try again
          </Button>
        </FailureNotice>
      ) : state === 'reading' ? (
        <>
          <Box component="span" role="status" sx={{ color: 'text.secondary' }}>
            {progress
              ? `Reading ${figure(progress.read)} of ${count(progress.of, 'task')}`
              : `Reading ${count(tasks, 'task')}`}
          </Box>
          <Button size="small" onClick={skip} sx={{ ml: 'auto' }}>
            Skip this check
          </Button>
        </>
      ) : (
        <>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            Not checked: rows may be on the server already.
          </Box>
          <Button variant="outlined" size="small" onClick={compare} sx={{ ml: 'auto' }}>
            Compare {count(tasks, 'task')}
          </Button>
        </>
      )}
    </Box>
  );
}
