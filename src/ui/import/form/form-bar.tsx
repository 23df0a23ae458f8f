import FoundIcon from '@mui/icons-material/CheckCircleOutlined';
import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';
import { count } from '#ui/components/numbers.ts';
import { useNavigation } from '#ui/import/batch-context.tsx';
import { Keys } from '#ui/components/data-display/keys.tsx';
import { ProblemsByGroup } from '#ui/import/problems/problems-by-group.tsx';
import { height } from '#ui/theme/tokens.ts';

interface FormBarProps {
  checked: CheckSummary;
  onGoTo: (problem: PlacedProblem) => void;
}

/** The bar below the form: the batch’s problems, its size, and keyboard shortcuts. */
export function FormBar({ checked, onGoTo }: FormBarProps) {
  const { freshSet } = useNavigation();
  const { errors, warnings, entries, rows } = checked;
  return (
    <Box role="region" aria-label="The batch" sx={style}>
      {freshSet === undefined && (
        <Box role="status" sx={{ display: 'flex', gap: 3 }}>
          {errors > 0 && <SeverityLabel severity="error">{count(errors, 'error')}</SeverityLabel>}
          {warnings > 0 && <SeverityLabel severity="warning">{count(warnings, 'warning')}</SeverityLabel>}
          {errors + warnings === 0 && (
            <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
              <FoundIcon aria-hidden color="success" />
              No problems found
            </Box>
          )}
        </Box>
      )}
      {errors + warnings > 0 && freshSet === undefined && (
        <ProblemsByGroup checked={checked} onGoTo={onGoTo} />
      )}
      <Keys label="Keys in the form" keys={keys} />
      <Box sx={{ ml: 'auto', color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {count(entries, 'set of labels', 'sets of labels')}
        {errors === 0 && `, ${count(rows, 'task')}`}
      </Box>
    </Box>
  );
}

const keys = [
  ['Ctrl Enter', 'Review'],
  ['Alt N', 'New set of labels'],
] as const;

const style = {
  flex: 'none',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 4,
  minHeight: height.rowDense,
  px: { xs: 3, sm: 4 },
  py: 0.5,
  borderTop: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
  typography: 'body2',
} as const;
