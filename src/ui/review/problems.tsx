import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { href } from '#ui/state/route.ts';

const shown = 5;

interface ProblemsProps {
  checked: CheckSummary;
  /** Reviews the valid rows only; undefined if there are none. */
  onReviewValidRows: (() => void) | undefined;
}

/** The errors that block the review. No row is skipped unless the user asks for it. */
export function Problems({ checked, onReviewValidRows }: ProblemsProps) {
  const { errors, problems, entries, refused } = checked;
  const validRows = entries - refused;
  const first = problems.filter(({ severity }) => severity === 'error').slice(0, shown);
  return (
    <Box sx={{ maxWidth: 1000, mx: 'auto', px: { xs: 3, sm: 4 }, py: 5, display: 'grid', gap: 4 }}>
      <Typography variant="h1">Review</Typography>
      <Alert severity="error">
        <AlertTitle component="h2">{count(errors, 'problem')} to fix before anything can be sent</AlertTitle>
        <Box component="ul" sx={{ m: 0, pl: 5 }}>
          {first.map((problem) => (
            <li key={`${problem.from} ${problem.code} ${problem.message}`}>
              Line {figure(problem.line)}, column {figure(problem.column)}: {problem.message}
            </li>
          ))}
          {errors > first.length && <li>and {figure(errors - first.length)} more</li>}
        </Box>
      </Alert>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3 }}>
        <Button variant="contained" href={href({ at: 'import' })}>
          Fix them in Import
        </Button>
        {onReviewValidRows && (
          <Button variant="outlined" onClick={onReviewValidRows}>
            {validRows === 1 ? 'Review 1 valid row' : `Review ${figure(validRows)} valid rows`}
          </Button>
        )}
      </Box>
    </Box>
  );
}
