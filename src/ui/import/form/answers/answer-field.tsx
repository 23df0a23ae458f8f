import { type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControl from '@mui/material/FormControl';
import FormLabel from '@mui/material/FormLabel';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { AnswerOnScreen } from '#engine/batch/calls/form-calls.ts';
import { BelowField } from '#ui/import/form/fields/below-field.tsx';

/** One control of the project in the form: its values and their setter. */
export interface AnswerProps {
  input: AnswerOnScreen;
  /** The answers; empty if there are none. */
  values: (string | string[])[];
  onChange: (values: (string | string[])[]) => void;
  problem: FieldProblem | undefined;
  /** Element IDs of the label and of the text below the field. */
  ids: { label: string; below: string };
}

/** The name of the input, which links of problems target. */
export const nameOf = (input: AnswerOnScreen) => `answers.${input.name}`;

interface AnswerFieldProps extends AnswerProps {
  /** The ID of the labelled input; a group uses `ids.label` instead. */
  htmlFor?: string;
  children: ReactNode;
}

/** The common parts of all answers: name, required mark, clear button and problems. */
export function AnswerField({ input, values, onChange, problem, ids, htmlFor, children }: AnswerFieldProps) {
  return (
    <FormControl fullWidth component="div" error={problem?.severity === 'error'}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, minHeight: 28, mb: 0.5 }}>
        <FormLabel id={ids.label} {...(htmlFor === undefined ? { component: 'div' } : { htmlFor })}>
          {input.name}
          {input.required && (
            <Box component="span" sx={{ ml: 2, color: 'text.secondary', fontWeight: 'fontWeightRegular' }}>
              required
            </Box>
          )}
        </FormLabel>
        {values.length > 0 && (
          <Button
            size="small"
            aria-label={`Clear ${input.name}`}
            onClick={() => onChange([])}
            sx={{ color: 'text.secondary', fontWeight: 'fontWeightRegular' }}
          >
            Clear
          </Button>
        )}
      </Box>
      {children}
      <BelowField
        id={ids.below}
        problem={problem && { type: problem.severity, message: problem.message }}
        help={input.hint || undefined}
      />
    </FormControl>
  );
}
