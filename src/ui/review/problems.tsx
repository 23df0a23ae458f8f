import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import type { Checked } from '#domain/checked.ts';
import { count, figure } from '../shared/numbers.ts';
import { href } from '../shared/route.ts';

const shown = 5;

/** What keeps requests from being sent. It is mended where it was written. */
export function Problems({ checked }: { checked: Checked }) {
  const errors = checked.problems.filter(({ severity }) => severity === 'error').slice(0, shown);
  if (checked.errors === 0) return null;
  return (
    <Alert severity="error">
      <AlertTitle component="h2">
        {count(checked.errors, 'problem')} {checked.errors === 1 ? 'keeps a request' : 'keep requests'} from
        being sent
      </AlertTitle>
      <Box component="ul" sx={{ m: 0, pl: 5 }}>
        {errors.map((problem) => (
          <li key={`${problem.from} ${problem.code}`}>
            Line {figure(problem.line)}, column {figure(problem.column)}: {problem.message}
          </li>
        ))}
        {checked.errors > errors.length && <li>and {figure(checked.errors - errors.length)} more</li>}
      </Box>
      <Box sx={{ mt: 1 }}>
        <a href={href({ at: 'compose' })}>Mend them in Compose</a>
      </Box>
    </Alert>
  );
}
