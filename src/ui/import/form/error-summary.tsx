import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { PlacedProblem } from '#wire/problem.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#ui/components/numbers.ts';
import { useBatchActions, useNavigation } from '#ui/import/batch-context.tsx';
import { fieldWords } from './to-errors.ts';
import { FixButtons } from '#ui/import/problems/fix-buttons.tsx';

interface ErrorSummaryProps {
  problems: FieldProblem[];
  /** The same problems with their place in the text and their fixes, once text and form agree. */
  placed: readonly PlacedProblem[];
  /** Problems without a field, such as a task that two requests name. */
  elsewhere: PlacedProblem[];
  onField: (field: string) => void;
}

/** Maximum number of listed problems; a request may have a thousand. */
const maxListed = 50;

/** The problems of this set of labels; each links to its field, or to its place in the text. */
export function ErrorSummary({ problems, placed, elsewhere, onField }: ErrorSummaryProps) {
  const { fix } = useBatchActions();
  const {
    summary: { setElement },
    showInText,
  } = useNavigation();
  const atFields = problems.filter(({ severity }) => severity !== 'info');
  const all = [...atFields, ...elsewhere];
  if (all.length === 0) return null;

  const errors = all.filter(({ severity }) => severity === 'error').length;
  const warnings = all.length - errors;
  const listed = { atFields: atFields.slice(0, maxListed), elsewhere: elsewhere.slice(0, maxListed) };
  const more = all.length - listed.atFields.length - listed.elsewhere.length;
  const title = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')];
  // The form stops counting there.
  const atLeast = problems.length >= limits.rowProblems ? 'At least ' : '';
  return (
    <Alert
      ref={setElement}
      role="group"
      aria-label="Problems of this set"
      tabIndex={-1}
      severity={errors > 0 ? 'error' : 'warning'}
    >
      <AlertTitle>{atLeast + title.filter(Boolean).join(', ')}</AlertTitle>
      <Box component="ul" sx={{ m: 0, mt: 1, pl: 4, maxHeight: 'min(40vh, 320px)', overflow: 'auto' }}>
        {listed.atFields.map((problem) => (
          <li key={`${problem.path.join()} ${problem.message}`}>
            {fieldWords(problem.field)}
            {problem.field === '' ? (
              problem.message
            ) : (
              <ProblemLink onGo={() => onField(problem.field)}>{problem.message}</ProblemLink>
            )}
            <Box sx={fixes}>
              <FixButtons problem={inText(placed, problem)} onFix={fix} />
            </Box>
          </li>
        ))}
        {listed.elsewhere.map((problem) => (
          <li key={`${problem.from} ${problem.message}`}>
            <ProblemLink onGo={() => showInText(problem)}>{problem.message}</ProblemLink>
          </li>
        ))}
        {more > 0 && <li>{count(more, 'more problem')}, shown after you fix these.</li>}
      </Box>
    </Alert>
  );
}

/** The same problem with its place in the text. */
const inText = (placed: readonly PlacedProblem[], { message, path }: FieldProblem) =>
  placed.find((problem) => problem.message === message && problem.path.join() === path.join());

const fixes = { display: 'flex', flexWrap: 'wrap', gap: 2, '&:not(:empty)': { my: 1.5 } };

const ProblemLink = ({ onGo, children }: { onGo: () => void; children: string }) => (
  <Link
    component="button"
    type="button"
    color="inherit"
    onClick={onGo}
    sx={{ font: 'inherit', textAlign: 'left', verticalAlign: 'top' }}
  >
    {children}
  </Link>
);
