import type { ZodMiniType } from 'zod/mini';
import { z } from '#wire/zod.ts';
import type { Failure, FailureReason } from '#wire/failure.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import { excerpt, sizeInWords } from '#wire/text/words.ts';

/**
 * Label Studio's error envelope (`custom_exception_handler` in label_studio/core/utils/common.py). Some views send only
 * `detail`.
 */
const envelopeSchema = z.object({
  detail: z.string(),
  status_code: z.optional(z.number()),
  validation_errors: z.optional(z.record(z.string(), z.unknown())),
});

/** What the proxy of Sheaf’s own server answers instead of Label Studio (`src/server/proxy.ts`). */
const proxySchema = z.object({ proxy: z.string(), message: z.string() });

/** The `Failure` for an error response with the body `text`; undefined if the body is too large. */
export function failureOfAnswer(response: Response, text: string | undefined): Failure {
  if (text === undefined) {
    const failure = failureOfAnswer(response, '');
    const notShown = `Its explanation is more than ${sizeInWords(limits.errorBytes)}, so it isn’t shown.`;
    return { ...failure, message: `${failure.message} ${notShown}` };
  }
  const envelope = parsedAs(envelopeSchema, text);
  const { status } = response;
  const retryAfterSeconds = secondsToWait(response.headers.get('retry-after'));
  const shared = {
    kind: 'status' as const,
    status,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    fromLabelStudio: envelope !== undefined,
    ...(envelope && { serverSays: excerpt(envelope.detail, limits.messageUnits) }),
    ...(envelope?.validation_errors && { fields: fieldsOf(envelope.validation_errors) }),
  };

  if (status === 401) return { ...shared, ...unauthorised(envelope?.detail ?? '') };
  if (status === 403)
    return {
      ...shared,
      reason: 'forbidden',
      message: 'You don’t have permission to do this.',
      hint: 'Ask an administrator of your organisation for access, or connect as another user.',
    };
  if (status === 404 && !envelope)
    return {
      ...shared,
      reason: 'no-such-route',
      message: 'This address doesn’t exist on the server.',
      hint: 'Check the server address, including any sub-path.',
    };
  if (status === 404) return { ...shared, reason: 'not-found', message: 'Not found on the server.' };
  if (status === 409) return { ...shared, reason: 'conflict', message: 'It already exists on the server.' };
  if (status === 413)
    return { ...shared, reason: 'too-large', message: 'The request is larger than the server accepts.' };
  if (status === 429)
    return { ...shared, reason: 'throttled', message: 'The server is receiving too many requests.' };
  if (status === 502 || status === 503 || status === 504) {
    const fromProxy = parsedAs(proxySchema, text)?.message;
    const message =
      fromProxy === undefined
        ? `A gateway in front of the server answered ${status}. The server may or may not have finished the work.`
        : excerpt(fromProxy, limits.messageUnits);
    return { ...shared, fromLabelStudio: false, reason: 'gateway', message };
  }
  if (status >= 500)
    return { ...shared, reason: 'server-error', message: `The server had an internal error (${status}).` };
  return { ...shared, reason: 'refused', message: `The server refused this (${status}).` };
}

/** No response. Browsers hide the reason: a refused or reset connection, an unknown host and CORS look the same. */
export function networkFailure(cause: unknown): Failure {
  const detail =
    cause instanceof Error && cause.message !== '' ? ` (${excerpt(cause.message, limits.shownUnits)})` : '';
  return {
    kind: 'network',
    reason: 'unreachable',
    message: `The server didn’t respond${detail}.`,
    hint: 'Check that the server is running and that this computer can reach it.',
    fromLabelStudio: false,
  };
}

export function timeoutFailure(seconds: number): Failure {
  const message = `The server didn’t respond within ${seconds} seconds.`;
  return { kind: 'timeout', reason: 'timed-out', message, fromLabelStudio: false };
}

/**
 * A response that can’t be used. `fromLabelStudio`: true if it is certainly Label Studio’s, so it has finished the
 * request.
 */
export function unreadableFailure(status: number, why: string, fromLabelStudio: boolean): Failure {
  const message = `The server sent an unexpected response: ${excerpt(why, limits.messageUnits)}.`;
  return { kind: 'unreadable', reason: 'unreadable', message, status, fromLabelStudio };
}

/** A response larger than `maxBytes`; reading it was stopped. `fromLabelStudio` as for `unreadableFailure`. */
export function tooLargeFailure(status: number, maxBytes: number, fromLabelStudio: boolean): Failure {
  return {
    kind: 'unreadable',
    reason: 'answer-too-large',
    message: `The server’s answer is more than ${sizeInWords(maxBytes)}, so Sheaf stopped reading it.`,
    hint: 'Check the server address. If it’s right, ask the server’s administrator why its answers are this large.',
    status,
    fromLabelStudio,
  };
}

export function stoppedFailure(): Failure {
  return { kind: 'stopped', reason: 'stopped', message: 'Stopped.', fromLabelStudio: false };
}

/** The failure on one line, for a table or a file: our message, what to do about a rejected token, and the server’s message. */
export function inOneLine(failure: Failure): string {
  const fields = Object.entries(failure.fields ?? {}).map(([field, words]) => `${field}: ${words.join(' ')}`);
  const says = fields.length > 0 ? fields.join('; ') : failure.serverSays;
  const { status, message, hint } = failure;
  const ours = status === 401 && hint !== undefined ? `${message} ${hint}` : message;
  // Database errors can span several lines.
  return says === undefined ? ours : `${ours} “${says.replaceAll(/\s+/g, ' ').trim()}”`;
}

/**
 * Matches the messages of Django REST framework and label_studio/jwt_auth/auth.py in 1.23.2. An expired access token gets
 * the same answer as a missing one, so it is detected before sending, by its `exp`.
 */
function unauthorised(detail: string): { reason: FailureReason; message: string; hint: string } {
  const newToken = 'Copy a token from Account & Settings in Label Studio, then connect again.';
  if (detail.includes('legacy token authentication has been disabled'))
    return {
      reason: 'legacy-tokens-off',
      message: 'Legacy tokens are turned off for this organisation.',
      hint: 'Use a personal access token (Account & Settings → Personal Access Token), or ask an owner to turn on legacy tokens under Organization → API Tokens Settings.',
    };
  if (detail === 'Invalid token.')
    return { reason: 'token-unknown', message: 'Label Studio rejected this token.', hint: newToken };
  if (detail.startsWith('Invalid token header'))
    return {
      reason: 'token-malformed',
      message: 'Label Studio can’t read this token.',
      hint: 'Tokens contain only letters, digits and punctuation, without spaces. Copy it again.',
    };
  if (detail === 'Token is blacklisted')
    return { reason: 'token-revoked', message: 'This personal access token was revoked.', hint: newToken };
  if (detail === 'Token is expired')
    return { reason: 'token-expired', message: 'This token has expired.', hint: newToken };
  if (detail.startsWith('Token is invalid') || detail === 'Token has wrong type')
    return {
      reason: 'token-unknown',
      message: 'Label Studio rejected this personal access token.',
      hint: 'It may be incomplete or belong to another server. ' + newToken,
    };
  if (/inactive|deleted|User not found|No active account/.test(detail))
    return {
      reason: 'user-inactive',
      message: 'The user this token belongs to is inactive or deleted.',
      hint: 'Connect with the token of an active user.',
    };
  return {
    reason: 'token-not-accepted',
    message: 'Label Studio didn’t accept this token.',
    hint: 'It may have expired, or this type of token may be turned off for the organisation. ' + newToken,
  };
}

function parsedAs<T>(schema: ZodMiniType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Maximum number of fields to show. A request has 18. */
const maxFields = 20;

function fieldsOf(errors: Record<string, unknown>): Record<string, string[]> {
  const all = Object.entries(errors);
  const fields = Object.fromEntries(
    all
      .slice(0, maxFields)
      .map(([field, words]) => [excerpt(field, limits.shownUnits), inBounds(wordsOf(words, 0))]),
  );
  if (all.length > maxFields) fields['…'] = [`${count(all.length - maxFields, 'more field')}.`];
  return fields;
}

function inBounds(messages: string[]): string[] {
  const joined = messages.join(' ');
  return joined.length <= limits.messageUnits ? messages : [excerpt(joined, limits.messageUnits)];
}

/** Deeper lists have no messages, and would overflow the stack. */
const maxDepth = 100;

/** Collects all messages in order; DRF nests them for nested fields. */
function wordsOf(words: unknown, depth: number): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words !== 'object' || words === null) return [String(words)];
  return depth === maxDepth ? ['…'] : Object.values(words).flatMap((inner) => wordsOf(inner, depth + 1));
}

/** Parses `Retry-After`, in seconds or as a date. Undefined if missing or invalid. */
function secondsToWait(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return seconds >= 0 ? Math.ceil(seconds) : undefined;
}
