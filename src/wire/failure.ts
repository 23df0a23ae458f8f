/** The one shape of everything that can go wrong with a call to a server. Made in `api/`, shown as it is. */
export interface Failure {
  /**
   * - `input`: known to be wrong before anything was sent
   * - `status`: the server answered, and the answer is not a success
   * - `network`: no answer reached us (refused, reset, name unknown, CORS, blocked)
   * - `timeout`: no complete answer in time
   * - `unreadable`: an answer that is cut off, no JSON, or of another shape than documented
   * - `stopped`: the manager stopped it; not a failure to report
   */
  kind: 'input' | 'status' | 'network' | 'timeout' | 'unreadable' | 'stopped';
  reason: FailureReason;
  /** What happened, in words for people. */
  message: string;
  /** What to do about it, where there is something. May hold one command in back-quotes. */
  hint?: string;
  status?: number;
  /** The server's own words: `detail` of its error envelope. */
  serverSays?: string;
  /** `validation_errors` of the envelope, a message list for each field. */
  fields?: Record<string, string[]>;
  /** True where Label Studio itself answered (its JSON envelope), so its work on the request has ended. */
  fromLabelStudio: boolean;
}

/** Stable names, so that a screen can offer the right way out. */
export type FailureReason =
  | 'project-missing'
  | 'mistakes'
  | 'nothing-to-send'
  | 'config-unreadable'
  | 'nothing-to-answer'
  | 'unreachable'
  | 'cors-refused'
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
  | 'stopped';

/** A failure is a value: it crosses from the engine to the screen as it is. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };
