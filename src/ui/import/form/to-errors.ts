import type { Severity } from '#wire/problem.ts';
import { set, type FieldErrors } from 'react-hook-form';
import type { FormValues } from '#domain/form/form-values.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
/** Gravest last, so that it is the one that stays when each takes the place of the one before. */
const order: Severity[] = ['info', 'warning', 'error'];

/**
 * The engine's problems as react-hook-form keeps them: one for each field, the gravest and of those the first, with its
 * severity as the type. Answers show their own, for react-hook-form would take the dots in a control's name for steps. Warnings are kept there too, since nothing is submitted from here that they would hold up.
 */
export function toErrors(problems: FieldProblem[]): FieldErrors<FormValues> {
  const errors: FieldErrors<FormValues> = {};
  const byGravity = problems.toReversed().toSorted((one, other) => rank(one) - rank(other));
  for (const { field, severity, message } of byGravity) {
    if (field !== '' && !field.startsWith('answers.'))
      set(errors, inputOf(field), { type: severity, message });
  }
  return errors;
}

const rank = ({ severity }: FieldProblem) => order.indexOf(severity);
/** The input that a problem is shown at: `result` as a whole has none of its own, only whether there is one. */
export const inputOf = (field: string) => (field === 'result' ? 'hasResult' : field);
