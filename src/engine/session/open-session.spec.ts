import { describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '#sandbox/handle.ts';
import { emptySandboxUser, sandboxUsers } from '#sandbox/data/seeds.ts';
import type { SandboxOptions } from '#sandbox/data/settings.ts';
import type { Failure } from '#wire/failure.ts';
import { openSession, type Session } from './open-session.ts';

const base = 'https://ls.example.com/label-studio';
const [manager, annotator] = sandboxUsers as [(typeof sandboxUsers)[0], (typeof sandboxUsers)[0]];
type Fetch = (request: Request) => Promise<Response>;

/** A sandbox under a sub-path. */
function sandbox(options: Partial<SandboxOptions> = {}): Sandbox {
  const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds', ...options });
  return { handle: (request) => handle(new Request(request.url.replace('/label-studio', ''), request)) };
}

/** Signs in and records the requests. */
async function connect(
  fetch: Fetch,
  token = manager.legacyToken,
  more: { base?: string; isSecurePage?: boolean } = {},
) {
  const requests: Request[] = [];
  const address = more.base ?? base;
  const server = { base: address, linkBase: address, name: 'ls.example.com', timeLimitSeconds: 90 };
  const outcome = await openSession(server, token, {
    fetch: (request) => {
      requests.push(request);
      return fetch(request);
    },
    now: Date.now,
    isSecurePage: more.isSecurePage ?? true,
  });
  return { outcome, requests, asked: requests.map(({ url }) => new URL(url).pathname) };
}

async function failureOf(...input: Parameters<typeof connect>): Promise<Failure> {
  const { outcome } = await connect(...input);
  if (outcome.ok) throw new Error('It connected.');
  return outcome.failure;
}

async function sessionOf(...input: Parameters<typeof connect>): Promise<Session> {
  const { outcome } = await connect(...input);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

/** An expired token of either kind. */
const ended = (type: string) =>
  `e30.${Buffer.from(JSON.stringify({ token_type: type, exp: 1 })).toString('base64url')}.x`;
/** A browser blocked by CORS: answers are unreadable, but `no-cors` requests succeed. */
const behindCors: Fetch = async ({ mode }) => {
  if (mode === 'no-cors') return new Response();
  throw new TypeError('Failed to fetch');
};
const dead: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));
const page =
  (status: number): Fetch =>
  async () =>
    new Response('<!doctype html>', { status });

describe('explaining a failed sign-in', () => {
  it.each<[string, Fetch, Partial<Failure>]>([
    [
      'nothing answers',
      dead,
      { kind: 'network', reason: 'unreachable', message: 'ls.example.com didn’t answer.' },
    ],
    [
      'its answer is hidden, by CORS or for another reason',
      behindCors,
      { kind: 'network', reason: 'answer-hidden' },
    ],
    ['a page comes back', page(200), { reason: 'not-label-studio' }],
    ['a page says 404', page(404), { reason: 'not-label-studio', status: 404 }],
    ['something before it wants a sign-in', page(401), { reason: 'not-label-studio', status: 401 }],
    ['something before it says no', page(403), { reason: 'not-label-studio', status: 403 }],
    ['JSON of another service', async () => Response.json({ release: '7' }), { reason: 'not-label-studio' }],
    [
      'JSON that says 404',
      async () => Response.json({ detail: 'no' }, { status: 404 }),
      { reason: 'not-label-studio' },
    ],
    ['its gateway has no server', page(502), { reason: 'gateway', status: 502 }],
    ['it is overrun', page(429), { reason: 'throttled' }],
  ])('%s', async (_, fetch, expected) => {
    expect(await failureOf(fetch)).toMatchObject(expected);
  });

  it('names both causes of a hidden answer, and the proxy command', async () => {
    const { message, hint } = await failureOf(behindCors);
    expect(message).toBe('ls.example.com answered, but your browser hides the answer from Sheaf.');
    expect(hint).toContain('Check the address, and add a sub-path');
    expect(hint).toContain('doesn’t allow pages from other addresses to connect');
    expect(hint).toContain(`\`npm start -- --label-studio ${base}\``);
  });

  it.each<[string, string, string, Fetch]>([
    ['forgotten', 'https://ls.example.com', 'https://ls.example.com/label-studio', behindCors],
    ['forgotten, and a page comes back', 'https://ls.example.com', 'https://ls.example.com/ls', page(200)],
    [
      'too long',
      'https://ls.example.com/label-studio/some/page',
      'https://ls.example.com/label-studio',
      page(404),
    ],
    [
      'too long, and answers are hidden',
      'https://ls.example.com/home/page',
      'https://ls.example.com',
      behindCors,
    ],
    ['plain http', 'http://ls.example.com', 'https://ls.example.com', behindCors],
  ])('finds Label Studio if the sub-path is %s', async (_, typed, there, elsewhere) => {
    const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
    const { outcome, requests } = await connect(
      (request) =>
        request.url === `${there}/api/version/` && request.mode !== 'no-cors'
          ? handle(new Request('https://any.example/api/version/'))
          : elsewhere(request),
      manager.legacyToken,
      { base: typed, isSecurePage: false },
    );
    expect(outcome).toMatchObject({
      failure: {
        reason: 'not-label-studio',
        message: `Label Studio isn’t at ${typed}, but at ${there}.`,
        foundAt: there,
      },
    });
    expect(outcome).not.toHaveProperty('failure.hint');
    expect(requests.filter(({ headers }) => headers.has('authorization'))).toEqual([]);
  });

  it('names the command with the right address if the proxied one lacks its sub-path', async () => {
    const server = { base: 'http://127.0.0.1:4173/label-studio', linkBase: 'https://ls.example.com' };
    const { handle } = createSandbox({ edition: 'enterprise', data: 'seeds' });
    const outcome = await openSession({ ...server, name: 'ls', timeLimitSeconds: 90 }, manager.legacyToken, {
      fetch: async (request) =>
        request.url.startsWith(`${server.base}/label-studio/`)
          ? handle(new Request('https://any.example/api/version/'))
          : page(404)(request),
      now: Date.now,
      isSecurePage: false,
    });
    expect(outcome).toMatchObject({
      failure: {
        message: 'Label Studio isn’t at https://ls.example.com, but at https://ls.example.com/label-studio.',
        hint: expect.stringContaining('`npm start -- --label-studio https://ls.example.com/label-studio`'),
      },
    });
  });

  it('names the page’s own policy if it blocks the request', async () => {
    const server = { base, linkBase: base, name: 'ls.example.com', timeLimitSeconds: 90 };
    const outcome = await openSession(server, manager.legacyToken, {
      fetch: dead,
      now: Date.now,
      isSecurePage: true,
      isBlockedByPolicy: async (address) => address === base,
    });
    expect(outcome).toMatchObject({ failure: { kind: 'network', reason: 'blocked-by-policy' } });
    expect(outcome).toMatchObject({
      failure: {
        message: expect.stringContaining('allowed to connect to https://ls.example.com: its connect-src'),
      },
    });
  });

  it('discards an answer that CORS hides, of any length', async () => {
    const hidden: Request[] = [];
    await failureOf((request) => {
      if (request.mode === 'no-cors') hidden.push(request);
      return behindCors(request);
    });
    expect(hidden.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  it('reports an answer that is too large', async () => {
    const headers = { 'content-length': '20000001' };
    expect(await failureOf(async () => new Response('{}', { headers }))).toMatchObject({
      reason: 'answer-too-large',
      message: 'The server’s answer is more than 20 MB, so Sheaf stopped reading it.',
    });
  });

  it('also names CORS if only the preflight for the token is refused, as with the bundled nginx', async () => {
    const { handle } = sandbox();
    const failure = await failureOf((request) =>
      request.headers.has('authorization') ? dead(request) : handle(request),
    );
    expect(failure.reason).toBe('cors-refused');
  });

  it('names the address if it is another server', async () => {
    const failure = await failureOf(page(404));
    expect(failure.message).toContain(base);
    expect(failure.hint).toContain('sub-path');
  });

  it.each<[string, string, Failure['reason']]>([
    ['an unknown token', 'f'.repeat(40), 'token-unknown'],
    ['a personal access token of another server', `${manager.personalAccessToken}x`, 'token-unknown'],
    ['an access token that ended', ended('access'), 'token-expired'],
    ['a personal access token that ended', ended('refresh'), 'token-expired'],
    ['no token', ' ', 'token-missing'],
    ['half a header', `Token ${manager.legacyToken}`, 'token-malformed'],
  ])('%s', async (_, token, reason) => {
    expect(await failureOf(sandbox().handle, token)).toMatchObject({ reason });
  });

  it('reports disabled legacy tokens', async () => {
    const { handle } = sandbox();
    await post(handle, '/api/jwt/settings', { legacy_api_tokens_enabled: false });
    expect(await failureOf(handle)).toMatchObject({ reason: 'legacy-tokens-off' });
  });

  it('reports disabled personal access tokens, though they are still exchanged', async () => {
    const { handle } = sandbox();
    await post(handle, '/api/jwt/settings', { api_tokens_enabled: false });
    const failure = await failureOf(handle, manager.personalAccessToken);
    expect(failure).toMatchObject({ reason: 'token-not-accepted' });
    expect(failure.hint).toContain('turned off');
  });

  it('reports a revoked personal access token', async () => {
    const { handle } = sandbox();
    await post(handle, '/api/token/blacklist/', { refresh: manager.personalAccessToken });
    expect(await failureOf(handle, manager.personalAccessToken)).toMatchObject({ reason: 'token-revoked' });
  });

  async function post(handle: Fetch, path: string, body: object) {
    const headers = { authorization: `Token ${manager.legacyToken}`, 'content-type': 'application/json' };
    const request = new Request(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
    expect((await handle(request)).ok).toBe(true);
  }
});

describe('a page on https', () => {
  it.each([
    ['http://ls.example.com', false],
    ['http://192.168.1.20:8080', false],
    ['http://127.example.com', false],
    ['http://localhost:8080', true],
    ['http://127.0.0.1:8080', true],
    ['http://[::1]:8080', true],
    ['http://ls.localhost', true],
    ['https://ls.example.com', true],
  ])('may call %s: %s', async (address, may) => {
    const { handle } = sandbox();
    const { outcome, requests } = await connect(handle, manager.legacyToken, { base: address });
    expect(outcome.ok).toBe(may);
    if (may) return;
    expect(outcome).toMatchObject({ failure: { reason: 'insecure-address' } });
    expect(requests).toEqual([]);
  });

  it('gets the proxy command', async () => {
    const address = 'http://ls.example.com';
    const failure = await failureOf(dead, manager.legacyToken, { base: address });
    expect(failure.hint).toContain(`\`npm start -- --label-studio ${address}\``);
  });

  it('is the only one with this limit', async () => {
    const more = { base: 'http://ls.example.com', isSecurePage: false };
    expect((await connect(sandbox().handle, manager.legacyToken, more)).outcome.ok).toBe(true);
  });
});

describe('the token', () => {
  it('is sent only after the server was recognised as Label Studio', async () => {
    for (const fetch of [dead, behindCors, page(200), page(404), page(401), page(502)])
      for (const token of [manager.legacyToken, manager.personalAccessToken]) {
        const { requests } = await connect(fetch, token);
        expect(
          requests.filter(({ method, headers }) => method !== 'GET' || headers.has('authorization')),
        ).toEqual([]);
      }
  });

  it('is sent for the user, not for the version', async () => {
    const { requests, asked } = await connect(sandbox().handle);
    expect(asked).toEqual(['/label-studio/api/version/', '/label-studio/api/current-user/whoami']);
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      null,
      `Token ${manager.legacyToken}`,
    ]);
  });

  it('is exchanged first if it is personal, and never used as a header', async () => {
    const { outcome, requests, asked } = await connect(sandbox().handle, manager.personalAccessToken);
    expect(outcome).toMatchObject({ ok: true, value: { connection: { token: { kind: 'personal' } } } });
    expect(asked).toEqual([
      '/label-studio/api/version/',
      '/label-studio/api/token/refresh/',
      '/label-studio/api/current-user/whoami',
    ]);
    const headers = requests.map((request) => request.headers.get('authorization') ?? '');
    expect(headers[2]).toMatch(/^Bearer /);
    expect(headers.join()).not.toContain(manager.personalAccessToken);
  });

  it('is not sent if its format is invalid', async () => {
    expect((await connect(sandbox().handle, '')).asked).toEqual([]);
  });

  it('is not part of the connection that screens get', async () => {
    for (const token of [manager.legacyToken, manager.personalAccessToken]) {
      const { connection } = await sessionOf(sandbox().handle, token);
      expect(JSON.stringify(connection)).not.toContain(token);
    }
  });
});

describe('a connection', () => {
  it.each([
    [manager, 'Manager', true],
    [annotator, 'Annotator', false],
  ])('on Enterprise has the user’s role and abilities: %o', async (user, role, may) => {
    const { connection } = await sessionOf(sandbox().handle, user.legacyToken);
    expect(connection).toMatchObject({
      edition: 'Enterprise',
      version: '1.23.2',
      user: { name: user.name, email: user.email, role },
      organisation: 'Northwind Goods',
      token: { kind: 'legacy' },
    });
    expect(connection.abilities.map(({ there }) => there)).toEqual([may, may]);
  });

  it('has neither roles nor bulk creation on Community', async () => {
    const { connection } = await sessionOf(sandbox({ edition: 'community' }).handle);
    expect(connection.edition).toBe('Community');
    expect(connection.user).not.toHaveProperty('role');
    expect(connection.abilities.map(({ there }) => there)).toEqual([true, false]);
    expect(connection.abilities[1]!.text).toContain('bulk');
  });

  it('shows the code of an unknown role', async () => {
    const { handle } = sandbox();
    const { connection } = await sessionOf(async (request) => {
      const response = await handle(request);
      return new Response((await response.text()).replaceAll('"MA"', '"XY"'), response);
    });
    expect(connection.user.role).toBe('XY');
  });

  it('shows the e-mail address of a user without a name', async () => {
    const { connection } = await sessionOf(sandbox({ data: 'empty' }).handle, emptySandboxUser.legacyToken);
    expect(connection.user.name).toBe(emptySandboxUser.email);
  });
});
