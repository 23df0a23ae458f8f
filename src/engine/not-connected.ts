import type { Failure, Outcome } from '#wire/failure.ts';

/** What every question to a server is answered with while nobody is signed in. */
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
