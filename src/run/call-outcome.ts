import type { Failure } from '#wire/failure.ts';

/**
 * What a failed call means for its rows.
 * - `refused`: the server validated it and said no; `fields` are those it named. `mayBeOneTask`: a validation error that
 *   may be about a single task
 * - `lost`: it may have been carried out, in whole or in part. `endedAtOnce`: the server has stopped working on it;
 *   otherwise that is only certain after its time limit
 * - `throttled`, `too-large`: the server did not process it; it may be sent again, later or in parts
 * - `locked-out`: the token is not accepted, nor would it be for any other call
 */
export type CallOutcome =
  | { kind: 'refused'; mayBeOneTask: boolean; fields: string[] }
  | { kind: 'lost'; endedAtOnce: boolean }
  | { kind: 'throttled' }
  | { kind: 'too-large' }
  | { kind: 'locked-out' };

export function callOutcomeOf(failure: Failure): CallOutcome {
  const { kind, status } = failure;
  // 'input': no valid token could be obtained, so nothing was sent.
  if (kind === 'input' || status === 401) return { kind: 'locked-out' };
  if (status === 429) return { kind: 'throttled' };
  if (status === 413) return { kind: 'too-large' };
  if (kind === 'status' && status !== undefined && status >= 400 && status < 500 && status !== 408)
    return { kind: 'refused', mayBeOneTask: status === 400, fields: Object.keys(failure.fields ?? {}) };
  return { kind: 'lost', endedAtOnce: failure.fromLabelStudio };
}
