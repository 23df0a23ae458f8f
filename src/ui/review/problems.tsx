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
  /** Goes on without what has mistakes; undefined where nothing would be left. */
  onReviewGood: (() => void) | undefined;
}

/** What stops the review. It is mended where it was written: nothing is left out unasked. */
export function Problems({ checked, onReviewGood }: ProblemsProps) {
  const { errors, problems, entries, refused } = checked;
  const good = entries - refused;
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
        {onReviewGood && (
          <Button variant="outlined" onClick={onReviewGood}>
            {good === 1 ? 'Review 1 valid row' : `Review ${figure(good)} valid rows`}
          </Button>
        )}
      </Box>
    </Box>
  );
}
