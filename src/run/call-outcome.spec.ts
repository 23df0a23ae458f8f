import { expect, it } from 'vitest';
import {
  failureOfAnswer,
  networkFailure,
  stoppedFailure,
  timeoutFailure,
  unreadableFailure,
} from '#api/failure-of.ts';
import type { Failure } from '#wire/failure.ts';
import { callOutcomeOf, type CallOutcome } from './call-outcome.ts';

const envelope = (more: object = {}) => JSON.stringify({ detail: 'no', status_code: 0, ...more });
const html = '<html></html>';
const answer = (status: number, text = envelope()): Failure =>
  failureOfAnswer(new Response(text, { status }), text);
const field = envelope({
  validation_errors: { completed_by: ['Invalid pk "9"'], tasks: ['Invalid pk "1"'] },
});
const expired: Failure = {
  kind: 'input',
  reason: 'token-expired',
  message: 'The access token has expired.',
  fromLabelStudio: false,
};

const refused = (mayBeOneTask: boolean, fields: string[] = []): CallOutcome => ({
  kind: 'refused',
  mayBeOneTask,
  fields,
});
const lost = (endedAtOnce: boolean): CallOutcome => ({ kind: 'lost', endedAtOnce });

it.each<[string, Failure, CallOutcome]>([
  ['a validation error', answer(400), refused(true)],
  ['one that names fields', answer(400, field), refused(true, ['completed_by', 'tasks'])],
  ['no permission', answer(403), refused(false)],
  ['no such route', answer(404, html), refused(false)],
  ['no such task', answer(404), refused(false)],
  ['an id that is taken', answer(409), refused(false)],
  ['a body it does not read', answer(415), refused(false)],
  ['a token that ended before it was sent', expired, { kind: 'locked-out' }],
  ['a token that is not accepted', answer(401), { kind: 'locked-out' }],
  ['a sign-in before the server', answer(401, html), { kind: 'locked-out' }],
  ['too many requests', answer(429), { kind: 'throttled' }],
  ['too many requests for a gateway', answer(429, html), { kind: 'throttled' }],
  ['too large', answer(413, html), { kind: 'too-large' }],
  ['an error inside, told by Label Studio', answer(500), lost(true)],
  ['an error inside, told by a page', answer(500, html), lost(false)],
  ['a gateway without patience', answer(504, html), lost(false)],
  ['a gateway that imitates', answer(502), lost(false)],
  ['a request that took too long to arrive', answer(408, html), lost(false)],
  ['no answer', networkFailure(new TypeError('Failed to fetch')), lost(false)],
  ['no answer in time', timeoutFailure(100), lost(false)],
  ['an answer that is cut off', unreadableFailure(201, 'it is cut off', true), lost(true)],
  ['another success', unreadableFailure(200, 'it answered 200', false), lost(false)],
  ['a stop in the middle', stoppedFailure(), lost(false)],
])('%s', (_, failure, outcome) => {
  expect(callOutcomeOf(failure)).toEqual(outcome);
});
