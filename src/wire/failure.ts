/** A failed call to a server. Created in `api/`. */
export interface Failure {
  /**
   * - `input`: found before anything was sent
   * - `status`: the server answered with an error status
   * - `network`: no answer (refused, reset, unknown host, CORS, blocked)
   * - `timeout`: no complete answer in time
   * - `unreadable`: an answer that is cut off, too large, not JSON, or not as documented
   * - `stopped`: stopped by the user; not reported as a failure
   */
  kind: 'input' | 'status' | 'network' | 'timeout' | 'unreadable' | 'stopped';
  reason: FailureReason;
  /** What happened, in words for people. */
  message: string;
  /** The fix. May contain one command in back-quotes. */
  hint?: string;
  status?: number;
  /** `detail` of the server’s error envelope, cut to `limits.messageUnits`. */
  serverSays?: string;
  /** `validation_errors` of the envelope: messages by field, limited in number and length. */
  fields?: Record<string, string[]>;
  /** How long the server asks to wait (`Retry-After`). */
  retryAfterSeconds?: number;
  /** The address where Label Studio was found instead of the typed one. */
  foundAt?: string;
  /** True if Label Studio itself answered (its JSON envelope), so it has finished the request. */
  fromLabelStudio: boolean;
}

/** Stable codes, by which a screen offers the next step. */
export type FailureReason =
  | 'project-missing'
  | 'mistakes'
  | 'labels-changed'
  | 'nothing-to-send'
  | 'config-unreadable'
  | 'nothing-to-answer'
  | 'unreachable'
  | 'cors-refused'
  | 'answer-hidden'
  | 'blocked-by-policy'
  | 'insecure-address'
  | 'not-label-studio'
  | 'token-missing'
  | 'token-unknown'
  | 'token-malformed'
  | 'token-expired'
  | 'token-revoked'
  | 'token-not-accepted'
  | 'legacy-tokens-off'
  | 'user-inactive'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'too-large'
  | 'throttled'
  | 'no-such-route'
  | 'server-error'
  | 'gateway'
  | 'timed-out'
  | 'unreadable'
  | 'answer-too-large'
  | 'too-many'
  | 'stopped';

/** A value or a failure; both can be posted from the engine to the screen. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** The failure of a call that was refused before sending anything. */
export function refused(
  reason: FailureReason,
  message: string,
  hint?: string,
): { ok: false; failure: Failure } {
  const failure: Failure = { kind: 'input', reason, message, fromLabelStudio: false };
  return { ok: false, failure: hint === undefined ? failure : { ...failure, hint } };
}

/** Statuses with which Label Studio answers before it processes anything. */
export const unprocessedStatuses: readonly number[] = [401, 403, 429];
