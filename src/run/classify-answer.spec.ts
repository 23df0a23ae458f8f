import { describe, expect, it } from 'vitest';
import { failureOfAnswer, networkFailure, timeoutFailure, unreadableFailure } from '#api/http/failure-of.ts';
import { refused, type Failure } from '#wire/failure.ts';
import { classifyAnswer } from './classify-answer.ts';

const body = { result: [], lead_time: 1 };

/** What Label Studio itself answers, in its envelope. */
function labelStudio(status: number, fields?: object): Failure {
  const envelope = { status_code: status, detail: 'No.', ...(fields && { validation_errors: fields }) };
  return failureOfAnswer(new Response('', { status }), JSON.stringify(envelope));
}

/** What something in front of it answers. */
const gateway = (status: number): Failure => failureOfAnswer(new Response('', { status }), '<html></html>');

const kindOf = (failure: Failure, isOnlyCopy = false): string =>
  classifyAnswer(failure, body, isOnlyCopy).kind;

describe('an answer', () => {
  it.each([400, 404, 409, 413])('of %i by Label Studio depends on the body alone', (status) => {
    expect(kindOf(labelStudio(status))).toBe('refused');
  });

  it.each([401, 403, 429])(
    'of %i depends on the moment: it proves something only if there was one copy',
    (status) => {
      expect(kindOf(labelStudio(status))).toBe('unconfirmed');
      expect(kindOf(labelStudio(status), true)).toBe('not-processed');
      // A gateway may answer so while Label Studio is at work.
      expect(kindOf(gateway(status), true)).toBe('unconfirmed');
    },
  );

  it.each([400, 403, 404, 409, 502])('of %i by a gateway says nothing of Label Studio', (status) => {
    expect(kindOf(gateway(status))).toBe('unconfirmed');
  });

  it.each([408, 500, 502, 503, 504])('of %i proves nothing, whoever gives it', (status) => {
    expect(kindOf(labelStudio(status), true)).toBe('unconfirmed');
  });

  it('that is lost, late or unreadable proves nothing', () => {
    const lost = [networkFailure(undefined), timeoutFailure(100), unreadableFailure(201, 'cut off', true)];
    expect(lost.map((failure) => kindOf(failure, true))).toEqual(Array(3).fill('unconfirmed'));
  });

  it('without a valid token was never asked for', () => {
    const { failure } = refused('token-revoked', 'This personal access token was revoked.');
    expect(kindOf(failure)).toBe('not-processed');
  });
});

describe('a refusal', () => {
  const refusalBy = (failure: Failure) => classifyAnswer(failure, body, false);

  it('for its size is known, whoever gives it', () => {
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
