import { describe, expect, it } from 'vitest';
import type { Failure } from '#wire/failure.ts';
import {
  failureOfAnswer,
  inOneLine,
  networkFailure,
  stoppedFailure,
  timeoutFailure,
  unreadableFailure,
} from './failure-of.ts';

const html = '<html><head><title>Not Found</title></head><body></body></html>';

function failureOf(status: number, body: unknown): Failure {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return failureOfAnswer(new Response(text, { status }), text);
}

/** Label Studio’s envelope as written by its exception handler. */
function envelope(status: number, detail: string, more: object = {}) {
  return { id: '0b1d', status_code: status, version: '1.23.2', detail, exc_info: null, ...more };
}

describe('“Retry-After”', () => {
  const wait = (header?: string) =>
    failureOfAnswer(new Response('', { status: 429, headers: header ? { 'retry-after': header } : {} }), '')
      .retryAfterSeconds;

  it('is parsed as seconds or as a date', () => {
    expect(wait('7')).toBe(7);
    expect(wait(' 0 ')).toBe(0);
    const inOneHour = new Date(Date.now() + 3_600_000).toUTCString();
    // A date has whole seconds.
    expect(wait(inOneHour)).toBeGreaterThan(3590);
    expect(wait(inOneHour)).toBeLessThanOrEqual(3600);
  });

  it.each([undefined, 'soon', '-5', '1.5.2', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
    'is ignored if it is %j',
    (header) => expect(wait(header)).toBeUndefined(),
  );
});

describe('a 401', () => {
  const notProvided = 'Authentication credentials were not provided.';
  it.each([
    [notProvided, 'token-not-accepted'],
    ['Invalid token.', 'token-unknown'],
    ['Invalid token header. No credentials provided.', 'token-malformed'],
    ['Invalid token header. Token string should not contain spaces.', 'token-malformed'],
    ['Invalid token header. Token string should not contain invalid characters.', 'token-malformed'],
    ['User inactive or deleted.', 'user-inactive'],
    [
      'Authentication token no longer valid: legacy token authentication has been disabled for this organization',
      'legacy-tokens-off',
    ],
    ['Token is invalid', 'token-unknown'],
    ['Token is invalid or expired', 'token-unknown'],
    ['Token has wrong type', 'token-unknown'],
    ['Token is expired', 'token-expired'],
    ['Token is blacklisted', 'token-revoked'],
    ['No active account found for the given token.', 'user-inactive'],
    ['Something no release has said yet.', 'token-not-accepted'],
  ])('with “%s” is: %s', (detail, reason) => {
    const failure = failureOf(401, envelope(401, detail));
    expect(failure).toMatchObject({ kind: 'status', status: 401, reason, serverSays: detail });
    expect(failure).toMatchObject({ fromLabelStudio: true, hint: expect.stringMatching(/\.$/) });
  });

  it('of a deleted user has no envelope, but is recognised', () => {
    expect(failureOf(401, { detail: 'User not found' })).toMatchObject({ reason: 'user-inactive' });
  });

  it('of a gateway doesn’t quote Label Studio', () => {
    const failure = failureOf(401, html);
    expect(failure).toMatchObject({ reason: 'token-not-accepted', fromLabelStudio: false });
    expect(failure).not.toHaveProperty('serverSays');
  });

  it('says where to enable legacy tokens', () => {
    const failure = failureOf(401, envelope(401, 'x: legacy token authentication has been disabled'));
    expect(failure.hint).toMatch(/personal access token.*API Tokens Settings/i);
  });
});

describe('an answer in Label Studio’s envelope', () => {
  it.each([
    [400, 'Validation error', 'refused'],
    [400, 'JSON parse error - Expecting value: line 1 column 1 (char 0)', 'refused'],
    [403, 'You do not have permission to perform this action.', 'forbidden'],
    [404, 'No Task matches the given query.', 'not-found'],
    [404, 'Invalid page.', 'not-found'],
    [405, 'Method "PATCH" not allowed.', 'refused'],
    [409, 'Annotation with this unique id already exists', 'conflict'],
    [413, 'Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.', 'too-large'],
    [415, 'Unsupported media type "text/plain" in request.', 'refused'],
    [422, 'No action id', 'refused'],
    [429, 'Request was throttled. Expected available in 1 second.', 'throttled'],
    [500, 'database is locked', 'server-error'],
  ])('%i “%s” is: %s', (status, detail, reason) => {
    expect(failureOf(status, envelope(status, detail))).toMatchObject({
      kind: 'status',
      status,
      reason,
      serverSays: detail,
      fromLabelStudio: true,
    });
  });

  it('can also be only a detail', () => {
    const detail = 'Neither project nor view id specified';
    expect(failureOf(404, { detail })).toMatchObject({ reason: 'not-found', serverSays: detail });
  });

  it('has the messages of each field', () => {
    const errors = {
      completed_by: ['Invalid pk "99999" - object does not exist.'],
      result: ['This field may not be null.', 'Value must be valid JSON.'],
      detail: 'This task cannot be skipped.',
    };
    const failure = failureOf(400, envelope(400, 'Validation error', { validation_errors: errors }));
    expect(failure.fields).toEqual({ ...errors, detail: ['This task cannot be skipped.'] });
  });

  it('has the messages of nested fields in order', () => {
    const errors = {
      selected_items: {
        all: ['This field is required.'],
        included: { 0: ['A valid integer is required.'], 3: ['Too large.'] },
        odd: [null, 7],
      },
    };
    expect(failureOf(400, envelope(400, 'Validation error', { validation_errors: errors })).fields).toEqual({
      selected_items: ['This field is required.', 'A valid integer is required.', 'Too large.', 'null', '7'],
    });
  });
});

describe('a message that is too long to be shown', () => {
  it('is cut, with its length', () => {
    const failure = failureOf(500, envelope(500, 'x'.repeat(5_000_000)));
    expect(failure.serverSays).toBe(`${'x'.repeat(1000)}… (5,000,000 characters)`);
  });

  it('is cut in each field, and the fields are counted', () => {
    const errors = {
      result: ['a'.repeat(600), 'b'.repeat(600)],
      ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field ${index}`, ['No.']])),
      ['n'.repeat(5000)]: ['No.'],
    };
    const failure = failureOf(400, envelope(400, 'Validation error', { validation_errors: errors }));
    expect(failure.fields!['result']).toEqual([`${'a'.repeat(600)} ${'b'.repeat(399)}… (1,201 characters)`]);
    expect(Object.keys(failure.fields!)).toHaveLength(21);
    expect(failure.fields!['…']).toEqual(['482 more fields.']);
    expect(inOneLine(failure).length).toBeLessThan(2000);
  });

  it('is cut if it is nested deeply', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = `{"detail": "Validation error", "validation_errors": {"result": ${deep}}}`;
    expect(failureOf(400, text).fields).toEqual({ result: ['…'] });
  });

  it('of the browser is cut, too', () => {
    expect(networkFailure(new TypeError('x'.repeat(5000))).message).toBe(
      `The server didn’t respond (${'x'.repeat(300)}… (5,000 characters)).`,
    );
  });
});

describe('an answer in HTML', () => {
  it.each([
    [404, 'no-such-route'],
    [413, 'too-large'],
    [429, 'throttled'],
    [500, 'server-error'],
    [502, 'gateway'],
    [503, 'gateway'],
    [504, 'gateway'],
  ])('with status %i is: %s, and Label Studio may still be working', (status, reason) => {
    const failure = failureOf(status, html);
    expect(failure).toMatchObject({ kind: 'status', status, reason, fromLabelStudio: false });
    expect(failure.message).not.toContain('<');
  });

  it('from a gateway that imitates the envelope is still a gateway’s', () => {
    expect(failureOf(502, envelope(502, 'upstream'))).toMatchObject({
      reason: 'gateway',
      fromLabelStudio: false,
    });
  });

  it('from Sheaf’s own server says why Label Studio couldn’t be reached', () => {
    const message = 'Sheaf’s proxy got no response from https://labels.example.com (CERT_HAS_EXPIRED).';
    expect(failureOf(502, JSON.stringify({ proxy: 'no-answer', message }))).toMatchObject({
      reason: 'gateway',
      message,
      fromLabelStudio: false,
    });
  });
});

describe('a missing answer', () => {
  it('keeps the browser’s message about a lost connection', () => {
    expect(networkFailure(new TypeError('Failed to fetch'))).toMatchObject({
      kind: 'network',
      message: 'The server didn’t respond (Failed to fetch).',
      fromLabelStudio: false,
    });
    expect(networkFailure(undefined).message).toBe('The server didn’t respond.');
  });

  it('says how long it was waited for', () => {
    expect(timeoutFailure(100)).toMatchObject({
      kind: 'timeout',
      message: 'The server didn’t respond within 100 seconds.',
    });
  });

  it('differs from a stop by the manager', () => {
    expect(stoppedFailure()).toMatchObject({ kind: 'stopped', reason: 'stopped' });
  });

  it('can be unreadable, with the reason', () => {
    expect(unreadableFailure(201, 'it is incomplete', true)).toMatchObject({
      kind: 'unreadable',
      status: 201,
      message: 'The server sent an unexpected response: it is incomplete.',
      fromLabelStudio: true,
    });
  });
});

describe('a failure in one line', () => {
  it.each([
    [404, envelope(404, 'Invalid page.'), 'Not found on the server. “Invalid page.”'],
    [404, html, 'This address doesn’t exist on the server.'],
    [
      400,
      envelope(400, 'Validation error', { validation_errors: { task: ['No.', 'Never.'], user: ['Who?'] } }),
      'The server refused this (400). “task: No. Never.; user: Who?”',
    ],
    [
      400,
      envelope(400, 'Validation error', { validation_errors: {} }),
      'The server refused this (400). “Validation error”',
    ],
    [
      500,
      envelope(500, 'canceling statement\nCONTEXT:  while locking tuple\r\n'),
      'The server had an internal error (500). “canceling statement CONTEXT: while locking tuple”',
    ],
  ])('%i %o → %s', (status, body, line) => {
    expect(inOneLine(failureOf(status, body))).toBe(line);
  });
});
