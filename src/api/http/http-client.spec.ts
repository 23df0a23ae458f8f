import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSandbox } from '#sandbox/handle.ts';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import type { Outcome } from '#wire/failure.ts';
import { ExactNumber } from '#wire/json/json.ts';
import { z } from '#wire/zod.ts';
import { exchangeToken } from './access-token.ts';
import { createHttpClient, type HttpClient, type HttpRequest } from './http-client.ts';
import { createTokenSource, type TokenSource } from './token.ts';

const base = 'https://ls.example.com/label-studio';
const manager = sandboxUsers[0]!;
type Fetch = (request: Request) => Promise<Response>;

const sourceOf = (text: string): TokenSource => {
  const stranger = createHttpClient({ base, timeLimitSeconds: 90, fetch: sandbox().handle });
  const source = createTokenSource(text, (refresh) => exchangeToken(stranger, refresh), Date.now);
  if (!source.ok) throw new Error(source.failure.message);
  return source.value;
};
const legacy = () => sourceOf(manager.legacyToken);

/** A sandbox under the base’s path. */
function sandbox() {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
  return {
    handle: (request: Request) => handle(new Request(request.url.replace('/label-studio', ''), request)),
  };
}

/** A client of a server with fixed answers, and the requests it received. */
function clientOf(answer: Fetch, token?: TokenSource) {
  const requests: Request[] = [];
  const fetch: Fetch = async (request) => {
    requests.push(request.clone());
    return answer(request);
  };
  const client = createHttpClient({ base, timeLimitSeconds: 90, fetch, ...(token && { token }) });
  return { client, requests };
}

const json =
  (body: unknown, status = 200) =>
  async () =>
    Response.json(body, { status });
const anything: HttpRequest<unknown> = { method: 'GET', path: '/api/x/', schema: z.unknown() };
const ids: HttpRequest<{ id: number }[]> = {
  method: 'POST',
  path: '/api/annotations/bulk/',
  body: { tasks: [1] },
  status: 201,
  schema: z.array(z.object({ id: z.int().check(z.positive()) })),
};

describe('a request', () => {
  it('appends path and query to the base', async () => {
    const { client, requests } = clientOf(json(1));
    await client.call({ ...anything, path: '/api/projects/7/export?ids[]=1&ids[]=2' });
    expect(requests[0]!.url).toBe(`${base}/api/projects/7/export?ids[]=1&ids[]=2`);
  });

  it('has only headers that pass the preflight of Label Studio', async () => {
    const { client, requests } = clientOf(json([{ id: 1 }], 201), legacy());
    await client.call(ids);
    expect(Object.fromEntries(requests[0]!.headers)).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Token ${manager.legacyToken}`,
    });
  });

  it('has no content type without a body', async () => {
    const { client, requests } = clientOf(json(1));
    await client.call(anything);
    expect(Object.fromEntries(requests[0]!.headers)).toEqual({ accept: 'application/json' });
  });

  it('sends no cookies or referrer, and refuses redirects', async () => {
    const { client, requests } = clientOf(json(1));
    await client.call(anything);
    expect(requests[0]).toMatchObject({
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
  });

  it('lets the browser keep what CORS allows for a creating call', async () => {
    const { client, requests } = clientOf(json([{ id: 1 }], 201), legacy());
    await client.call(ids);
    expect(requests[0]!.cache).toBe('default');
  });

  it('keeps the spelling of numbers', async () => {
    const { client, requests } = clientOf(json([{ id: 1 }], 201));
    await client.call({ ...ids, body: { import_id: new ExactNumber('9007199254740993'), lead_time: 1.5 } });
    expect(await requests[0]!.text()).toBe('{"import_id":9007199254740993,"lead_time":1.5}');
  });

  it('has no token if it is anonymous', async () => {
    const token = { ...legacy(), authorization: vi.fn<TokenSource['authorization']>(legacy().authorization) };
    const { client, requests } = clientOf(json({}, 401), token);
    await client.call({ ...anything, anonymous: true });
    expect(requests.map(({ headers }) => headers.has('authorization'))).toEqual([false]);
    expect(token.authorization).not.toHaveBeenCalled();
  });

  it('is not sent without a token', async () => {
    const failure = { kind: 'input', reason: 'token-expired', message: '', fromLabelStudio: false } as const;
    const token = { ...legacy(), authorization: async () => ({ ok: false, failure }) as const };
    const { client, requests } = clientOf(json(1), token);
    expect(await client.call(anything)).toEqual({ ok: false, failure });
    expect(requests).toEqual([]);
  });
});

describe('an answer', () => {
  const failureOf = async (answer: Fetch, request: HttpRequest<unknown> = ids) => {
    const { client, requests } = clientOf(answer, legacy());
    const outcome = await client.call(request);
    // A creating call is sent once, whatever the answer.
    expect(requests).toHaveLength(1);
    return outcome.ok ? outcome : outcome.failure;
  };

  it('is accepted if status and shape are as documented', async () => {
    const { client } = clientOf(json([{ id: 4 }, { id: 9 }], 201));
    expect(await client.call(ids)).toEqual({ ok: true, value: [{ id: 4 }, { id: 9 }] });
  });

  it('may have no body if none is expected', async () => {
    const { client } = clientOf(async () => new Response(null, { status: 204 }));
    const outcome = await client.call({ ...anything, method: 'DELETE', status: 204, schema: z.undefined() });
    expect(outcome).toEqual({ ok: true, value: undefined });
  });

  it('with 200 instead of 201 may be a gateway’s, while the server still works', async () => {
    const failure = await failureOf(json([{ id: 1 }], 200));
    expect(failure).toMatchObject({ kind: 'unreadable', status: 200, fromLabelStudio: false });
    expect(failure).toMatchObject({ message: expect.stringContaining('status 200 instead of 201') });
  });

  it('with another shape names the wrong field', async () => {
    const failure = await failureOf(json([{ id: 1 }, { id: 'two' }], 201));
    expect(failure).toMatchObject({ kind: 'unreadable', status: 201, fromLabelStudio: true });
    expect(failure).toMatchObject({
      message: expect.stringContaining('doesn’t match the API documentation at 1.id'),
    });
  });

  it.each(['', '[{"id": 1}, {"i', '<html></html>'])('with the body “%s” is unreadable', async (body) => {
    const failure = await failureOf(async () => new Response(body, { status: 201 }));
    expect(failure).toMatchObject({ kind: 'unreadable', status: 201, fromLabelStudio: true });
  });

  it('that breaks off differs from no answer', async () => {
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('[{"id"')),
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    const failure = await failureOf(async () => new Response(stream, { status: 201 }));
    expect(failure).toMatchObject({ kind: 'unreadable', status: 201, fromLabelStudio: true });
    expect(failure).toMatchObject({ message: expect.stringContaining('incomplete or not JSON') });
  });

  it('that never arrives keeps the browser’s message', async () => {
    const failure = await failureOf(async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(failure).toMatchObject({
      kind: 'network',
      message: 'The server didn’t respond (Failed to fetch).',
    });
  });

  it.each([400, 401, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504])(
    'of %i never causes an automatic retry',
    async (status) => {
      expect(await failureOf(json({ detail: 'no' }, status))).toMatchObject({ kind: 'status', status });
    },
  );
});

describe('an answer that is too large', () => {
  /** Sends endless pieces of 1 MB, and counts them. */
  function endless(status: number, headers: Record<string, string> = {}) {
    const sent = { pieces: 0, isGivenUp: false };
    const piece = new Uint8Array(1_000_000).fill(0x20);
    const answer: Fetch = async () => {
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          sent.pieces += 1;
          controller.enqueue(piece);
        },
        cancel: () => void (sent.isGivenUp = true),
      });
      return new Response(body, { status, headers });
    };
    return { answer, sent };
  }

  it('is cancelled at the limit, which the message names', async () => {
    const { answer, sent } = endless(201);
    const outcome = await clientOf(answer).client.call({ ...ids, maxBytes: 5_000_000 });
    expect(outcome).toMatchObject({
      failure: {
        kind: 'unreadable',
        reason: 'answer-too-large',
        message: 'The server’s answer is more than 5 MB, so Sheaf stopped reading it.',
        // The status arrived, so the work was done.
        fromLabelStudio: true,
      },
    });
    expect(sent.isGivenUp).toBe(true);
    expect(sent.pieces).toBeLessThan(9);
  });

  it('has a default limit', async () => {
    const { answer, sent } = endless(200);
    expect(await clientOf(answer).client.call(anything)).toMatchObject({
      failure: { reason: 'answer-too-large', message: expect.stringContaining('20 MB') as string },
    });
    expect(sent.pieces).toBeLessThan(25);
  });

  it('is not read if its declared size is too large', async () => {
    const { answer, sent } = endless(200, { 'content-length': '20000001' });
    expect(await clientOf(answer).client.call(anything)).toMatchObject({
      failure: { reason: 'answer-too-large' },
    });
    expect(sent.isGivenUp).toBe(true);
    expect(sent.pieces).toBeLessThan(3);
  });

  it('keeps the status of an error, without its message', async () => {
    const { answer, sent } = endless(400);
    expect(await clientOf(answer).client.call(anything)).toMatchObject({
      failure: {
        kind: 'status',
        status: 400,
        reason: 'refused',
        message: 'The server refused this (400). Its explanation is more than 10 MB, so it isn’t shown.',
      },
    });
    expect(sent.isGivenUp).toBe(true);
  });
});

describe('waiting', () => {
  afterEach(() => void vi.useRealTimers());

  /** Answers when its request is aborted, as `fetch` does. */
  const never: Fetch = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  /** The headers arrive at once, the body never. */
  const neverWhole: Fetch = async ({ signal }) => {
    const start = (controller: ReadableStreamDefaultController) =>
      signal.addEventListener('abort', () => controller.error(signal.reason));
    return new Response(new ReadableStream({ start }), { status: 201 });
  };

  it.each([never, neverWhole])('ends ten seconds after the server’s time limit', async (answer) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { client } = clientOf(answer);
    const ended = vi.fn<() => void>();
    const call = client.call(ids).finally(ended);
    await vi.advanceTimersByTimeAsync(99_999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    const failure = { kind: 'timeout', message: 'The server didn’t respond within 100 seconds.' };
    expect(await call).toMatchObject({ ok: false, failure });
  });

  it.each<Fetch>([
    async () => Response.json([]),
    async () => Response.json({}, { status: 500 }),
    () => Promise.reject(new TypeError('Failed to fetch')),
  ])('keeps no timer of a finished request', async (answer) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await clientOf(answer).client.call(ids);
    // A timer would keep the request and its answer in memory.
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([never, neverWhole])('ends when stopped, without reporting a failure', async (answer) => {
    const stop = new AbortController();
    const { client } = clientOf(answer);
    const call = client.call({ ...ids, signal: stop.signal });
    stop.abort();
    expect(await call).toMatchObject({ ok: false, failure: { kind: 'stopped' } });
  });
});

describe('a call that creates something', () => {
  it('gets its name and time of sending once the token is ready', async () => {
    const order: string[] = [];
    const token: TokenSource = {
      token: { kind: 'personal' },
      async authorization() {
        await Promise.resolve();
        order.push('token renewed');
        return { ok: true, value: 'Bearer new' };
      },
      renewed: async () => undefined,
    };
    const { client } = clientOf(async () => {
      order.push('sent');
      return Response.json([{ id: 5 }], { status: 201 });
    }, token);
    const nameCall = async () => {
      order.push('named');
      return '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10';
    };
    expect(await client.call({ ...ids, nameCall })).toEqual({ ok: true, value: [{ id: 5 }] });
    expect(order).toEqual(['token renewed', 'named', 'sent']);
  });

  it('isn’t sent without a name', async () => {
    const { client, requests } = clientOf(json([{ id: 5 }], 201), legacy());
    expect(await client.call({ ...ids, nameCall: async () => undefined })).toMatchObject({
      failure: { kind: 'stopped' },
    });
    expect(requests).toEqual([]);
  });
});

describe('a long list', () => {
  const list = { method: 'GET', path: '/api/list', schema: z.object({ id: z.number() }) } as const;
  const readFrom = async (response: Response, maxBytes = 1000) => {
    const ids: number[] = [];
    const { client } = clientOf(async () => response);
    const outcome = await client.callForList({ ...list, maxBytes }, ({ id }) => ids.push(id));
    return { ids, outcome };
  };

  it('is read item by item', async () => {
    const { ids, outcome } = await readFrom(Response.json([{ id: 1, more: 'é' }, { id: 2 }]));
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect(ids).toEqual([1, 2]);
  });

  it.each([
    ['is cut off', '[{"id": 1}, {"id"', 'incomplete'],
    ['has an item that isn’t JSON', '[{"id": 1}, {"id": }]', 'incomplete'],
    ['is an object', '{"id": 1}', 'incomplete'],
    ['has another item', '[{"id": 1}, {"id": "2"}]', 'at 1.id'],
    ['is too large', `[{"id": 1}${' '.repeat(1000)}]`, 'more than 1 kB'],
  ])('is a failure if it %s', async (_, text, words) => {
    const { outcome } = await readFrom(new Response(text));
    expect(outcome).toMatchObject({
      failure: { kind: 'unreadable', message: expect.stringContaining(words) as string },
    });
  });

  it('is a failure with another status', async () => {
    const { outcome } = await readFrom(Response.json([{ id: 1 }], { status: 202 }));
    expect(outcome).toMatchObject({ failure: { kind: 'unreadable', status: 202 } });
    const refused = await readFrom(Response.json({ detail: 'no' }, { status: 403 }));
    expect(refused.outcome).toMatchObject({ failure: { kind: 'status', status: 403 } });
  });

  it('is read from a browser that gives a new buffer for each piece', async () => {
    const pieces = ['[{"id"', ': 1}, ', '{"id": 2}]'].map((text) => new TextEncoder().encode(text));
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    });
    expect((await readFrom(new Response(stream))).ids).toEqual([1, 2]);
  });
});

describe('a 401', () => {
  /** Accepts a single access token. */
  const takes =
    (header: string): Fetch =>
    async ({ headers }) =>
      headers.get('authorization') === header
        ? Response.json('in')
        : Response.json({ detail: 'Authentication credentials were not provided.' }, { status: 401 });
  const source = (...renewals: (Outcome<string> | undefined)[]): TokenSource => ({
    token: { kind: 'personal' },
    authorization: async () => ({ ok: true, value: 'Bearer old' }),
    renewed: vi.fn<TokenSource['renewed']>(async () => renewals.shift()),
  });
  const call = async (client: HttpClient) => client.call(anything);

  it('is retried with a renewed token, once', async () => {
    const token = source({ ok: true, value: 'Bearer new' });
    const { client, requests } = clientOf(takes('Bearer new'), token);
    expect(await call(client)).toEqual({ ok: true, value: 'in' });
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
    expect(token.renewed).toHaveBeenCalledExactlyOnceWith('Bearer old');
  });

  it('to the renewed token is the answer', async () => {
    const { client, requests } = clientOf(takes('nobody'), source({ ok: true, value: 'Bearer new' }));
    expect(await call(client)).toMatchObject({ ok: false, failure: { status: 401 } });
    expect(requests).toHaveLength(2);
  });

  it.each([400, 403, 404, 409, 429, 500, 502])('is the only retried status: not %i', async (status) => {
    const token = source({ ok: true, value: 'Bearer new' });
    const { client, requests } = clientOf(json({ detail: 'no' }, status), token);
    expect(await call(client)).toMatchObject({ ok: false, failure: { status } });
    expect(requests).toHaveLength(1);
    expect(token.renewed).not.toHaveBeenCalled();
  });

  it('is final for a creating call: a first copy may have been processed', async () => {
    const token = source({ ok: true, value: 'Bearer new' });
    const { client, requests } = clientOf(takes('Bearer new'), token);
    const nameCall = async () => '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10';
    expect(await client.call({ ...ids, nameCall })).toMatchObject({ ok: false, failure: { status: 401 } });
    expect(requests).toHaveLength(1);
  });

  it('is final if the token can’t be renewed', async () => {
    const { client, requests } = clientOf(takes('nobody'), source(undefined));
    expect(await call(client)).toMatchObject({ failure: { reason: 'token-not-accepted' } });
    expect(requests).toHaveLength(1);
  });

  it('is replaced by the failure of the renewal, which is more specific', async () => {
    const failure = {
      kind: 'status',
      status: 401,
      reason: 'token-revoked',
      message: '',
      fromLabelStudio: true,
    } as const;
    const { client, requests } = clientOf(takes('nobody'), source({ ok: false, failure }));
    expect(await call(client)).toEqual({ ok: false, failure });
    expect(requests).toHaveLength(1);
  });
});

describe('with the sandbox', () => {
  it.each([manager.legacyToken, manager.personalAccessToken])('signs in with the token %s', async (text) => {
    const { client } = clientOf(sandbox().handle, sourceOf(text));
    const schema = z.looseObject({ email: z.string() });
    expect(await client.call({ method: 'GET', path: '/api/current-user/whoami', schema })).toMatchObject({
      ok: true,
      value: { email: manager.email },
    });
  });
});

describe('a file', () => {
  const png = {
    path: '/data/upload/5/268e3563-bridge.png',
    types: new Set(['image/png']),
    maxBytes: 10_000,
  };
  const file = (body: BodyInit, headers: Record<string, string>) => async () =>
    new Response(body, { headers });
  const ofType = (type: string, body: BodyInit = 'abc') => file(body, { 'content-type': type });

  it('is read with the token, unchanged', async () => {
    const { client, requests } = clientOf(sandbox().handle, legacy());
    const outcome = await client.readFile(png);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    expect(outcome.value.type).toBe('image/png');
    expect(
      Buffer.from(await outcome.value.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(requests.map(({ headers }) => headers.get('accept'))).toEqual(['*/*']);
    expect(requests[0]).toMatchObject({ credentials: 'omit', redirect: 'error' });
  });

  it('needs a token', async () => {
    const { client } = clientOf(sandbox().handle);
    expect(await client.readFile(png)).toMatchObject({ failure: { status: 401 } });
  });

  it('can have parameters in its content type', async () => {
    const { client } = clientOf(ofType('Image/PNG; name=a'));
    expect(await client.readFile(png)).toMatchObject({ ok: true });
  });

  it.each(['image/svg+xml', 'text/html', 'application/octet-stream'])('is refused as %s', async (type) => {
    const { client } = clientOf(ofType(type));
    expect(await client.readFile(png)).toMatchObject({
      failure: { kind: 'unreadable', message: expect.stringContaining(type) as string },
    });
  });

  it('is refused if it is too long, declared or not', async () => {
    const declared = clientOf(file('abc', { 'content-type': 'image/png', 'content-length': '10001' }));
    expect(await declared.client.readFile(png)).toMatchObject({ failure: { kind: 'unreadable' } });
    let pieces = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pieces += 1;
        controller.enqueue(new Uint8Array(4000));
      },
    });
    const undeclared = clientOf(ofType('image/png', endless));
    expect(await undeclared.client.readFile(png)).toMatchObject({ failure: { kind: 'unreadable' } });
    expect(pieces).toBeLessThan(6);
  });

  it('with an endless content type is named by a part of it', async () => {
    const { client } = clientOf(ofType(`text/${'x'.repeat(5000)}`));
    const outcome = await client.readFile(png);
    expect(outcome.ok || outcome.failure.message.length).toBeLessThan(400);
  });

  it('that is cut off is a failure', async () => {
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new Uint8Array(10));
        controller.error(new TypeError('terminated'));
      },
    });
    const { client } = clientOf(ofType('image/png', cut));
    expect(await client.readFile(png)).toMatchObject({ failure: { kind: 'unreadable' } });
  });

  it('that is missing is a failure with the server’s message', async () => {
    const { client } = clientOf(sandbox().handle, legacy());
    expect(await client.readFile({ ...png, path: '/data/upload/5/none.png' })).toMatchObject({
      failure: { status: 500, serverSays: expect.stringContaining('NoneType') as string },
    });
  });
});
