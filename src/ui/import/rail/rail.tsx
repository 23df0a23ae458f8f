import { useState } from 'react';
import PanelIcon from '@mui/icons-material/VerticalSplitOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import type { Theme } from '@mui/material/styles';
import type { CheckSummary } from '#domain/check.ts';
import type { ColumnValues } from '#domain/parse/grid/unmatched-values.ts';
import type { ProblemGroup } from '#domain/problems/problem-groups.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { useNavigation } from '#ui/import/batch-context.tsx';
import type { Grid } from '#ui/import/grid/use-grid.ts';
import { useColumnValues } from '#ui/import/mapping/use-column-values.ts';
import type { RailTab } from '#ui/import/use-place.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { ProblemGroupSection } from './problem-group-section.tsx';
import { ValueSection } from './value-section.tsx';

interface RailProps {
  checked: CheckSummary;
  grid: Grid;
}

/** The panel beside the grid: the batch’s problems, or a preview of the active row. */
export function Rail({ checked, grid }: RailProps) {
  const { rail } = useNavigation();
  const { errors, warnings } = checked;
  const hasProblems = errors + warnings > 0;
  return (
    <Box sx={{ height: 1, display: 'flex', flexDirection: 'column', minHeight: 0 }}>
      <Box sx={head}>
        <Tabs
          value={rail.tab}
          onChange={(_, next: RailTab) => rail.setTab(next)}
          aria-label="Beside the grid"
          sx={{ flex: '1 0 auto' }}
        >
          <Tab
            value="problems"
            label={hasProblems ? `Problems ${figure(errors + warnings)}` : 'Problems'}
            sx={tab}
          />
          <Tab value="preview" label="Preview" sx={tab} />
        </Tabs>
        <IconButton aria-label="Hide" title="Hide" onClick={() => rail.setOpen(false)} sx={{ ml: 'auto' }}>
          <PanelIcon />
        </IconButton>
      </Box>
      <Box sx={summary}>
        <Box role="status" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4 }}>
          {errors > 0 && <Count severity="error" number={errors} isAlone={warnings === 0} />}
          {warnings > 0 && <Count severity="warning" number={warnings} isAlone={errors === 0} />}
          {!hasProblems && <span>No problems found</span>}
        </Box>
        <FormControlLabel
          label="Problem rows only"
          labelPlacement="start"
          disabled={!hasProblems && grid.view.rowsOf === undefined}
          control={
            <Switch
              size="small"
              checked={grid.view.rowsOf === 'problems'}
              onChange={(_, next) => grid.setView({ ...grid.view, rowsOf: next ? 'problems' : undefined })}
            />
          }
          sx={{ m: 0, ml: 'auto', gap: 1 }}
        />
      </Box>
      <Box
        role="tabpanel"
        tabIndex={-1}
        aria-label={rail.tab === 'problems' ? 'Problems' : 'Preview'}
        sx={{ flex: 1, minHeight: 0, overflow: 'auto', overscrollBehavior: 'contain', outline: 'none' }}
      >
        {rail.tab === 'problems' ? (
          <Problems checked={checked} grid={grid} />
        ) : (
          <PreviewPanel checked={checked} grid={grid} />
        )}
      </Box>
    </Box>
  );
}

interface CountProps {
  severity: 'error' | 'warning';
  number: number;
  isAlone: boolean;
}

/** Two of them are without words where the panel is narrowest, so that they stay in one line with the switch. */
const Count = ({ severity, number, isAlone }: CountProps) => (
  <Box sx={{ position: 'relative' }}>
    <SeverityLabel severity={severity}>
      {figure(number)}
      <Box component="span" sx={isAlone ? null : hiddenIfNarrow}>
        {count(number, severity).slice(figure(number).length)}
      </Box>
    </SeverityLabel>
  </Box>
);

const hiddenIfNarrow = (theme: Theme) => ({
  [theme.breakpoints.down(360)]: visuallyHidden,
  [theme.breakpoints.between('md', 'lg')]: visuallyHidden,
});

/** Maximum number of groups rendered at once. */
const groupsAtOnce = 30;

/** Groups of problems with their actions. */
function Problems({ checked, grid }: RailProps) {
  const [shown, setShown] = useState(groupsAtOnce);
  const columns = useColumnValues(checked) ?? [];
  const { notChecked, problemGroups, moreGroups } = checked;
  const groups = problemGroups.filter((group) => !isOfListedValue(group, columns));
  const unlisted = groups.length - shown + moreGroups;
  return (
    <>
      {notChecked.length > 0 && (
        <Box sx={{ ...section, color: 'text.secondary' }}>
          {notChecked.map((reason) => (
            <div key={reason}>{reason}</div>
          ))}
        </Box>
      )}
      <ValueSection checked={checked} />
      <Box component="ul" aria-label="Groups of problems" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {groups.slice(0, shown).map((group) => (
          <Box key={`${group.code} ${group.message}`} component="li" sx={section}>
            <ProblemGroupSection group={group} grid={grid} />
          </Box>
        ))}
      </Box>
      {unlisted > 0 && (
        <Box sx={section}>
          {shown < groups.length ? (
            <Button size="small" onClick={() => setShown(shown + groupsAtOnce)}>
              Show {count(unlisted, 'more group')}
            </Button>
          ) : (
            <Box sx={{ color: 'text.secondary' }}>{count(moreGroups, 'more group')} aren’t listed.</Box>
          )}
        </Box>
      )}
      <IgnoredColumns checked={checked} />
    </>
  );
}

/** The columns without a target. */
function IgnoredColumns({ checked: { reading } }: { checked: CheckSummary }) {
  const ignored = (reading?.columns ?? 0) - (reading?.mapped ?? 0);
  if (ignored === 0) return null;
  const names = reading?.ignored ?? [];
  const more = ignored - names.length;
  return (
    <Box sx={{ px: 4, py: 3, typography: 'body2' }}>
      <SeverityLabel severity="info">{`${count(ignored, 'column')} ignored`}</SeverityLabel>
      <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {names.join(', ')}
        {more > 0 && ` and ${count(more, 'more column')}`}
      </Box>
    </Box>
  );
}

/** True for an unmatched value that is listed with its column’s values. */
const isOfListedValue = ({ code, control }: ProblemGroup, columns: readonly ColumnValues[]): boolean =>
  code.endsWith('-unknown') && columns.some((column) => column.control === control && column.more === 0);

const head = {
  flex: 'none',
  display: 'flex',
  // At 400 % zoom there are 320 pixels.
  flexWrap: 'wrap',
  alignItems: 'center',
  minHeight: 52,
  pl: 2,
  pr: 2,
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const tab = { minHeight: 52, minWidth: 0, px: 2, textTransform: 'none' } as const;

const summary = {
  flex: 'none',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 3,
  rowGap: 1,
  px: 4,
  py: 2,
  '& .MuiFormControlLabel-label': { typography: 'caption' },
  bgcolor: 'sunken.main',
  borderBottom: 1,
  borderColor: 'divider',
  typography: 'body2',
} as const;

const section = { px: 4, py: 3, borderBottom: 1, borderColor: 'divider', typography: 'body2' } as const;
