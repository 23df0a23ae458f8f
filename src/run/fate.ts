import type { Failure } from '#wire/failure.ts';

/**
 * What a failed call means for its rows.
 * - `refused`: the server looked at it and said no; `fields` are those it named. `mayBeOneTask`: a validation error, which
 *   may be about one of its tasks only
 * - `lost`: it may have been done, in whole or in part. `endedAtOnce` tells whether the server has surely stopped
 *   working on it; otherwise that is only certain once its time limit has passed
 * - `throttled`, `too-large`: the server did not look at it; it may go again, later or in parts
 * - `locked-out`: the token is not accepted, and would not be for any other call
 */
export type CallOutcome =
  | { kind: 'refused'; mayBeOneTask: boolean; fields: string[] }
  | { kind: 'lost'; endedAtOnce: boolean }
  | { kind: 'throttled' }
  | { kind: 'too-large' }
  | { kind: 'locked-out' };

export function callOutcomeOf(failure: Failure): CallOutcome {
  const { kind, status } = failure;
  // The token could not be had or had ended before anything was sent, or its exchange failed.
  if (kind === 'input' || status === 401) return { kind: 'locked-out' };
  if (status === 429) return { kind: 'throttled' };
  if (status === 413) return { kind: 'too-large' };
  if (kind === 'status' && status !== undefined && status >= 400 && status < 500 && status !== 408)
    return { kind: 'refused', mayBeOneTask: status === 400, fields: Object.keys(failure.fields ?? {}) };
  return { kind: 'lost', endedAtOnce: failure.fromLabelStudio };
}
