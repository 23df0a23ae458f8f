import type { Failure, Outcome } from '#wire/failure.ts';

/** A failure thrown through a query, because queries fail only by exceptions. */
export class ReadFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export async function readOrThrow<T>(reading: Promise<Outcome<T>>): Promise<T> {
  const outcome = await reading;
  if (outcome.ok) return outcome.value;
  throw new ReadFailure(outcome.failure);
}
