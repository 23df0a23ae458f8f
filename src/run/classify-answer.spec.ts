import { describe, expect, it } from 'vitest';
import { failureOfAnswer, networkFailure, timeoutFailure, unreadableFailure } from '#api/http/failure-of.ts';
import { refused, type Failure } from '#wire/failure.ts';
import { classifyAnswer } from './classify-answer.ts';

const body = { result: [], lead_time: 1 };

/** An answer of Label Studio itself, in its envelope. */
function labelStudio(status: number, fields?: object): Failure {
  const envelope = { status_code: status, detail: 'No.', ...(fields && { validation_errors: fields }) };
  return failureOfAnswer(new Response('', { status }), JSON.stringify(envelope));
}

/** An answer of a proxy in front of Label Studio. */
const gateway = (status: number): Failure => failureOfAnswer(new Response('', { status }), '<html></html>');

const kindOf = (failure: Failure, isOnlyCopy = false): string =>
  classifyAnswer(failure, body, isOnlyCopy).kind;

describe('classifyAnswer', () => {
  it.each([400, 404, 409, 413])('refused: %i by Label Studio depends only on the body', (status) => {
    expect(kindOf(labelStudio(status))).toBe('refused');
  });

  it.each([401, 403, 429])('%i proves something only about the single copy of a call', (status) => {
    expect(kindOf(labelStudio(status))).toBe('unconfirmed');
    expect(kindOf(labelStudio(status), true)).toBe('not-processed');
    // A gateway may answer like this while Label Studio still works on the call.
    expect(kindOf(gateway(status), true)).toBe('unconfirmed');
  });

  it.each([400, 403, 404, 409, 502])('unconfirmed: %i by a gateway', (status) => {
    expect(kindOf(gateway(status))).toBe('unconfirmed');
  });

  it.each([408, 500, 502, 503, 504])('unconfirmed: %i by anyone', (status) => {
    expect(kindOf(labelStudio(status), true)).toBe('unconfirmed');
  });

  it('unconfirmed: no answer, a late or an unreadable one', () => {
    const lost = [networkFailure(undefined), timeoutFailure(100), unreadableFailure(201, 'cut off', true)];
    expect(lost.map((failure) => kindOf(failure, true))).toEqual(Array(3).fill('unconfirmed'));
  });

  it('not processed: no valid token', () => {
    const { failure } = refused('token-revoked', 'This personal access token was revoked.');
    expect(kindOf(failure)).toBe('not-processed');
  });
});

describe('a refusal', () => {
  const refusalBy = (failure: Failure) => classifyAnswer(failure, body, false);

  it('knows “too large” from anyone', () => {
    for (const failure of [labelStudio(413), gateway(413)])
      expect(refusalBy(failure)).toMatchObject({ refusal: { status: 413, tooLarge: true } });
  });

  it.each([
    ['a field that every call of the group has', { lead_time: ['Too long.'] }, true],
    ['the tasks of this call', { tasks: ['Unknown.'] }, false],
    ['a field that is not in the request', { user: ['Unknown.'] }, false],
    ['nothing', undefined, false],
  ])('that names %s', (_, fields, concernsGroup) => {
    expect(refusalBy(labelStudio(400, fields))).toMatchObject({ refusal: { concernsGroup } });
  });
});
