import { z } from '#wire/zod.ts';
import type { Failure, FailureReason } from '#wire/failure.ts';

/**
 * The error envelope of Label Studio (`custom_exception_handler` in label_studio/core/utils/common.py); a few views
 * answer with a bare `detail`.
 */
const envelopeSchema = z.object({
  detail: z.string(),
  status_code: z.optional(z.number()),
  validation_errors: z.optional(z.record(z.string(), z.unknown())),
});

/** A `Failure` from an answer that is no success. `text` is its body. */
export function failureOfAnswer(response: Response, text: string): Failure {
  const envelope = envelopeOf(text);
  const { status } = response;
  const shared = {
    kind: 'status' as const,
    status,
    fromLabelStudio: envelope !== undefined,
    ...(envelope && { serverSays: envelope.detail }),
    ...(envelope?.validation_errors && { fields: fieldsOf(envelope.validation_errors) }),
  };

  if (status === 401) return { ...shared, ...unauthorised(envelope?.detail ?? '') };
  if (status === 403)
    return {
      ...shared,
      reason: 'forbidden',
      message: 'This user is not allowed to do that.',
      hint: 'Ask an administrator of the organisation for a role that may, or sign in as another user.',
    };
  if (status === 404 && !envelope)
    return {
      ...shared,
      reason: 'no-such-route',
      message: 'The server does not know this address.',
      hint: 'Check the server’s address, its sub-path included.',
    };
  if (status === 404) return { ...shared, reason: 'not-found', message: 'The server did not find it.' };
  if (status === 409) return { ...shared, reason: 'conflict', message: 'It is already there.' };
  if (status === 413)
    return { ...shared, reason: 'too-large', message: 'The request is larger than the server takes.' };
  if (status === 429)
    return { ...shared, reason: 'throttled', message: 'The server asks for fewer requests in a row.' };
  if (status === 502 || status === 503 || status === 504) {
    const message = `The gateway before the server answered ${status}; whether the server did the work is not known.`;
    return { ...shared, fromLabelStudio: false, reason: 'gateway', message };
  }
  if (status >= 500)
    return { ...shared, reason: 'server-error', message: `The server failed inside (${status}).` };
  return { ...shared, reason: 'refused', message: `The server refused it (${status}).` };
}

/** No answer. A browser does not say why: refused, reset, a wrong name and CORS all look the same. */
export function networkFailure(cause: unknown): Failure {
  const detail = cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : '';
  return {
    kind: 'network',
    reason: 'unreachable',
    message: `No answer came back${detail}.`,
    hint: 'Check that the server runs and that this computer can reach it.',
    fromLabelStudio: false,
  };
}

export function timeoutFailure(seconds: number): Failure {
  const message = `No complete answer within ${seconds} seconds.`;
  return { kind: 'timeout', reason: 'timed-out', message, fromLabelStudio: false };
}

/** There is an answer, but what it says cannot be used. `fromLabelStudio`: surely its own, so its work has ended. */
export function unreadableFailure(status: number, why: string, fromLabelStudio: boolean): Failure {
  const message = `The server’s answer cannot be read: ${why}.`;
  return { kind: 'unreadable', reason: 'unreadable', message, status, fromLabelStudio };
}

export function stoppedFailure(): Failure {
  return { kind: 'stopped', reason: 'stopped', message: 'Stopped.', fromLabelStudio: false };
}

/** The whole of a failure in one line, for a table or a file: what happened and the server's own words. */
export function inOneLine(failure: Failure): string {
  const fields = Object.entries(failure.fields ?? {}).map(([field, words]) => `${field}: ${words.join(' ')}`);
  const says = fields.length > 0 ? fields.join('; ') : failure.serverSays;
  // What a database says of itself goes over several lines.
  return says === undefined ? failure.message : `${failure.message} “${says.replaceAll(/\s+/g, ' ').trim()}”`;
}

/**
 * The texts of Django REST framework and of label_studio/jwt_auth/auth.py, as Label Studio 1.23.2 sends them. An expired
 * access token is answered like a missing one, so that case is told apart before sending, by the token's own `exp`.
 */
function unauthorised(detail: string): { reason: FailureReason; message: string; hint: string } {
  const newToken = 'Copy a token from Account & Settings in Label Studio and connect again.';
  if (detail.includes('legacy token authentication has been disabled'))
    return {
      reason: 'legacy-tokens-off',
      message: 'Legacy tokens are switched off for this organisation.',
      hint: 'Use a personal access token (Account & Settings → Personal Access Token), or have an owner switch legacy tokens on under Organization → API Tokens Settings.',
    };
  if (detail === 'Invalid token.')
    return { reason: 'token-unknown', message: 'The server does not know this token.', hint: newToken };
  if (detail.startsWith('Invalid token header'))
    return {
      reason: 'token-malformed',
      message: 'The server cannot read this token.',
      hint: 'A token has no spaces and only plain letters, digits and marks. Copy it again.',
    };
  if (detail === 'Token is blacklisted')
    return { reason: 'token-revoked', message: 'This personal access token was revoked.', hint: newToken };
  if (detail === 'Token is expired')
    return { reason: 'token-expired', message: 'This token has expired.', hint: newToken };
  if (detail.startsWith('Token is invalid') || detail === 'Token has wrong type')
    return {
      reason: 'token-unknown',
      message: 'The server does not accept this personal access token.',
      hint: 'It may belong to another server, or be cut off. ' + newToken,
    };
  if (/inactive|deleted|User not found|No active account/.test(detail))
    return {
      reason: 'user-inactive',
      message: 'The user of this token is inactive or was deleted.',
      hint: 'Sign in with the token of an active user.',
    };
  return {
    reason: 'token-not-accepted',
    message: 'The server did not accept the token.',
    hint: 'It may have expired, or this kind of token may be switched off for the organisation. ' + newToken,
  };
}

function envelopeOf(text: string): z.infer<typeof envelopeSchema> | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function fieldsOf(errors: Record<string, unknown>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(errors).map(([field, words]) => [field, wordsOf(words)]));
}

/** DRF nests messages where the field is nested; what matters is every text, in order. */
function wordsOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words !== 'object' || words === null) return [String(words)];
  return Object.values(words).flatMap(wordsOf);
}
