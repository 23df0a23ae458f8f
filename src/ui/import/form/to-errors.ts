import type { Severity } from '#wire/problem.ts';
import { set, type FieldErrors } from 'react-hook-form';
import type { FormValues } from '#domain/form/form-values.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
/** Most severe last, so that it overwrites the others. */
const order: Severity[] = ['info', 'warning', 'error'];

/**
 * Converts problems for react-hook-form: the first of the most severe ones of each field, with the severity as its
 * type. Answers show their own, because react-hook-form would read dots in a control’s name as a path.
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
/** The input that shows a problem; a problem of the whole `result` is shown at `hasResult`. */
export const inputOf = (field: string) => (field === 'result' ? 'hasResult' : field);

/** The place of a problem whose message doesn’t name it: region and task ID fields. */
export function fieldWords(field: string): string | undefined {
  const region = /^result\.(\d+)\./.exec(field)?.[1];
  if (region !== undefined) return `Region ${Number(region) + 1}: `;
  return field === 'taskIds' ? 'Tasks: ' : undefined;
}
