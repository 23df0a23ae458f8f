import type { Failure, Outcome } from '#wire/failure.ts';

/** The outcome of every call that needs a server while disconnected. */
export function notConnected<T>(): Outcome<T> {
  const failure: Failure = {
    kind: 'input',
    reason: 'token-missing',
    message: 'Not connected to a server.',
    hint: 'Connect to a server first.',
    fromLabelStudio: false,
  };
  return { ok: false, failure };
}
