import type { Severity } from '#wire/problem.ts';
import type { FieldError } from 'react-hook-form';
import FormHelperText from '@mui/material/FormHelperText';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';

interface BelowFieldProps {
  id: string;
  /** From `toErrors`; its type is the severity. */
  problem: FieldError | undefined;
  help: string | undefined;
}

/** A field’s problem, or its help. A problem of severity `info` is shown with the help. */
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
