import { useState } from 'react';
import type { CheckSummary } from '#domain/checked.ts';
import type { PlacedProblem } from '#domain/problems/problem.ts';
import type { FieldProblem } from '#engine/engine.ts';

/**
 * The request's problems that no form can know, such as a task that another request names too: what the text's check
 * found beyond the form's own. The two are compared only when the text holds what the form holds; while it is behind,
 * what was mended in the form would look like a problem of the text.
 */
export function useElsewhere(
  checked: CheckSummary,
  entry: number,
  problems: FieldProblem[] | undefined,
  isSettled: boolean,
): PlacedProblem[] {
  const [last, setLast] = useState<{ checked?: CheckSummary; found: PlacedProblem[] }>({ found: [] });
  if (!isSettled || !problems || last.checked === checked) return last.found;

  const known = new Set(problems.map(({ message }) => message));
  const found = checked.problems.filter(
    (problem) => problem.entry === entry && problem.severity !== 'info' && !known.has(problem.message),
  );
  setLast({ checked, found });
  return found;
}
