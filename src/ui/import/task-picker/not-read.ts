import type { Failure, Outcome } from '#wire/failure.ts';

/** A failure on its way through a query, which tells what was read from what was not by what is thrown. */
export class NotRead extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export async function readOrThrow<T>(reading: Promise<Outcome<T>>): Promise<T> {
  const outcome = await reading;
  if (outcome.ok) return outcome.value;
  throw new NotRead(outcome.failure);
}
