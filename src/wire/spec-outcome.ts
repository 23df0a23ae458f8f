import type { Outcome } from './failure.ts';

/** The value of a call that must succeed, for specs. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}
