import type { Severity } from '#wire/problem.ts';
import type { FieldError } from 'react-hook-form';
import FormHelperText from '@mui/material/FormHelperText';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';

interface BelowFieldProps {
  id: string;
  /** As `toErrors` made it: its type is the severity. */
  problem: FieldError | undefined;
  help: string | undefined;
}

/** What is wrong with a field, else what it does. What is worth noting stands beside what it does. */
export function BelowField({ id, problem, help }: BelowFieldProps) {
  const severity = problem?.type as Severity | undefined;
  return (
    <FormHelperText id={id} component="div" error={severity === 'error'}>
      {severity && severity !== 'info' ? (
        <>
          <SeverityLabel severity={severity} />: {problem?.message}
        </>
      ) : (
        [help, problem?.message].filter(Boolean).join(' ')
      )}
    </FormHelperText>
  );
}
