import { unprocessedStatuses, type Failure } from '#wire/failure.ts';
import type { Refusal } from '#domain/results/run-event.ts';
import { targetFields } from '#domain/requests/target.ts';
import type { JsonObject } from '#wire/json/json.ts';

/**
 * What an answer other than a complete 201 proves about this copy of a call, or about all copies.
 * - `refused`: it depends only on the body, so every copy gets the same
 * - `not-processed`: nothing was sent
 * - `unconfirmed`: it depends on the moment, so another copy may have created annotations
 */
export type AnswerClass =
  { kind: 'refused'; refusal: Refusal } | { kind: 'not-processed' } | { kind: 'unconfirmed' };

/**
 * Classifies a failed call.
 *
 * @param body the group's body; a named field that is in it is in all calls of the group
 * @param isOnlyCopy true if it went through Sheaf’s own server, which forwards one copy only
 */
export function classifyAnswer(failure: Failure, body: JsonObject, isOnlyCopy: boolean): AnswerClass {
  const { kind, status, fromLabelStudio } = failure;
  // No valid token could be obtained.
  if (kind === 'input') return { kind: 'not-processed' };
  if (status === 413) return refused(413, { tooLarge: true });
  if (kind !== 'status' || !fromLabelStudio || status === undefined) return { kind: 'unconfirmed' };
  switch (status) {
    case 400: {
      const fields = Object.keys(failure.fields ?? {});
      return refused(400, {
        concernsGroup: fields.some((field) => field in body && !targetFields.includes(field)),
      });
    }
    case 404:
    case 409:
      return refused(status);
    default:
      return { kind: isOnlyCopy && unprocessedStatuses.includes(status) ? 'not-processed' : 'unconfirmed' };
  }
}

function refused(status: number, more: Partial<Refusal> = {}): AnswerClass {
  return { kind: 'refused', refusal: { status, tooLarge: false, concernsGroup: false, ...more } };
}
