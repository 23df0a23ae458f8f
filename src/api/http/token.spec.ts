import { describe, expect, it, vi } from 'vitest';
import { sandboxUsers } from '#sandbox/data/seeds.ts';
import type { Failure, Outcome } from '#wire/failure.ts';
import { createTokenSource, recogniseToken, type TokenSource } from './token.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const inMinutes = (minutes: number) => now + minutes * 60_000;
const legacy = '6d617961206c696e647176697374206d616e6167';

/** A JWT as Label Studio creates them; `name` makes each one different. */
function jwt(claims: object, name = 'jti'): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, jti: name })}.c2lnbmF0dXJl`;
}
const access = (until: number, name?: string) => jwt({ token_type: 'access', exp: until / 1000 }, name);
const personal = jwt({ token_type: 'refresh', exp: inMinutes(1_000_000) / 1000 });

describe('a pasted token', () => {
  it.each([
    ['40 hexadecimal digits', legacy, { kind: 'legacy' }],
    ['with spaces around it', `  ${legacy}\n`, { kind: 'legacy' }],
    ['a refresh JWT', personal, { kind: 'personal', expiresAt: inMinutes(1_000_000) }],
    ['the sandbox’s own', sandboxUsers[0]!.personalAccessToken, { kind: 'personal' }],
    ['an access JWT', access(inMinutes(5)), { kind: 'access', expiresAt: inMinutes(5) }],
    ['a JWT without an end', jwt({ token_type: 'refresh' }), { kind: 'personal' }],
    ['a JWT of another issuer', jwt({ sub: 'user', exp: 1 }), { kind: 'legacy' }],
    ['three parts that aren’t a JWT', 'one.two.three', { kind: 'legacy' }],
    ['a name that only UTF-8 holds', jwt({ token_type: 'access', name: 'Zoë → Ωμέγα' }), { kind: 'access' }],
  ])('%s', (_, text, expected) => {
    expect(recogniseToken(text, now)).toMatchObject({ ok: true, value: expected });
  });

  it('without an expiry has no expiry', () => {
    const recognised = recogniseToken(jwt({ token_type: 'refresh' }), now);
    expect(recognised).toEqual({ ok: true, value: { kind: 'personal' } });
  });

  it.each([
    ['nothing', '', 'token-missing'],
    ['only spaces', ' \n ', 'token-missing'],
    ['two words', `Token ${legacy}`, 'token-malformed'],
    ['what no header may hold', 'tóken', 'token-malformed'],
    [
      'a JWT without its signature',
      jwt({ token_type: 'refresh' }).replace(/\.[^.]*$/, ''),
      'token-malformed',
    ],
    ['an access token that ended', access(inMinutes(-1)), 'token-expired'],
    ['one that ends right now', access(now), 'token-expired'],
    ['a personal access token that ended', jwt({ token_type: 'refresh', exp: 1 }), 'token-expired'],
  ])('is refused before anything is sent: %s', (_, text, reason) => {
    const recognised = recogniseToken(text, now);
    expect(recognised).toMatchObject({ ok: false, failure: { kind: 'input', reason } });
    expect(recognised).toMatchObject({ failure: { hint: expect.stringMatching(/\.$/) } });
  });

  it.each([
    [`Token ${legacy}`, 'Leave out “Token” before it.'],
    [`Authorization: Bearer ${access(inMinutes(5))}`, 'Leave out “Authorization: Bearer” before it.'],
    [`"${legacy}"`, 'Leave out the quotation marks around it.'],
  ])('copied with what is around it is refused: %s', (text, hint) => {
    expect(recogniseToken(text, now)).toMatchObject({ ok: false, failure: { hint } });
  });

  it('that expired is explained by kind: only one of the two can be renewed', () => {
    const hint = (text: string) => {
      const recognised = recogniseToken(text, now);
      return recognised.ok ? '' : recognised.failure.hint;
    };
    expect(hint(access(inMinutes(-1)))).toContain('Use a personal access token');
    expect(hint(jwt({ token_type: 'refresh', exp: 1 }))).toContain('Create a new personal access token');
  });
});

/** A source with a fake clock, and the number of exchanges. */
function sourceOf(text: string, ...answers: Outcome<string>[]) {
  const clock = { now };
  const exchange = vi.fn<(refresh: string) => Promise<Outcome<string>>>(
    async () => answers.shift() ?? answersAreOver(),
  );
  const source = createTokenSource(text, exchange, () => clock.now);
  if (!source.ok) throw new Error(source.failure.message);
  return { clock, exchange, source: source.value };
}
const answersAreOver = (): never => {
  throw new Error('This exchange was not expected.');
};
const given = (token: string): Outcome<string> => ({ ok: true, value: token });
const revoked: Failure = {
  kind: 'status',
  status: 401,
  reason: 'token-revoked',
  message: 'This personal access token was revoked.',
  fromLabelStudio: true,
};

const headerOf = async (source: TokenSource) => {
  const outcome = await source.authorization();
  return outcome.ok ? outcome.value : outcome.failure.reason;
};

describe('the header', () => {
  it('of a legacy token is the token', async () => {
    expect(await headerOf(sourceOf(` ${legacy} `).source)).toBe(`Token ${legacy}`);
  });

  it('of an access token is a Bearer header until it expires', async () => {
    const token = access(inMinutes(5));
    const { source, clock } = sourceOf(token);
    expect(await headerOf(source)).toBe(`Bearer ${token}`);
    clock.now = inMinutes(5) - 1;
    expect(await headerOf(source)).toBe(`Bearer ${token}`);
    clock.now = inMinutes(5);
    expect(await source.authorization()).toMatchObject({
      ok: false,
      failure: { kind: 'input', reason: 'token-expired' },
    });
  });

  it.each([legacy, access(inMinutes(5))])('can’t be renewed for %s', async (text) => {
    const { source } = sourceOf(text);
    expect(await source.renewed(await headerOf(source))).toBeUndefined();
  });

  it('is refused for an invalid token', () => {
    expect(
      createTokenSource(
        '',
        async () => answersAreOver(),
        () => now,
      ),
    ).toMatchObject({ ok: false });
  });
});

describe('a personal access token', () => {
  const [first, second] = [access(inMinutes(5), 'first'), access(inMinutes(10), 'second')];

  it('is exchanged only when a header is needed, and never sent itself', async () => {
    const { source, exchange } = sourceOf(personal, given(first));
    expect(exchange).not.toHaveBeenCalled();
    expect(await headerOf(source)).toBe(`Bearer ${first}`);
    expect(exchange).toHaveBeenCalledExactlyOnceWith(personal);
  });

  it('is exchanged once for concurrent requests, and the access token is kept', async () => {
    const { source, exchange } = sourceOf(personal, given(first));
    const waiting = [headerOf(source), headerOf(source), headerOf(source)];
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([`Bearer ${first}`]));
    expect(await headerOf(source)).toBe(`Bearer ${first}`);
    expect(exchange).toHaveBeenCalledTimes(1);
  });

  it('is exchanged again 30 seconds before the access token expires', async () => {
    const { source, clock } = sourceOf(personal, given(first), given(second));
    await headerOf(source);
    clock.now = inMinutes(4.5) - 1;
    expect(await headerOf(source)).toBe(`Bearer ${first}`);
    clock.now = inMinutes(4.5);
    expect(await headerOf(source)).toBe(`Bearer ${second}`);
  });

  it('is exchanged for each request if access tokens expire sooner', async () => {
    const { source, exchange } = sourceOf(personal, given(access(now + 1000)), given(first));
    await headerOf(source);
    expect(await headerOf(source)).toBe(`Bearer ${first}`);
    expect(exchange).toHaveBeenCalledTimes(2);
  });

  it('keeps an access token without an expiry until it is refused', async () => {
    const endless = jwt({ token_type: 'access' });
    const { source, clock } = sourceOf(personal, given(endless));
    await headerOf(source);
    clock.now = inMinutes(10_000);
    expect(await headerOf(source)).toBe(`Bearer ${endless}`);
  });

  it('gives one new header to all requests whose old one was refused', async () => {
    const { source, exchange } = sourceOf(personal, given(first), given(second));
    const old = await headerOf(source);
    const renewed = await Promise.all([source.renewed(old), source.renewed(old)]);
    expect(renewed).toEqual([given(`Bearer ${second}`), given(`Bearer ${second}`)]);
    // A late 401 gets the new header.
    expect(await source.renewed(old)).toEqual(given(`Bearer ${second}`));
    expect(exchange).toHaveBeenCalledTimes(2);
  });

  it('reports why it can’t be exchanged, and tries again next time', async () => {
    const { source } = sourceOf(personal, { ok: false, failure: revoked }, given(first));
    expect(await source.authorization()).toEqual({ ok: false, failure: revoked });
    expect(await headerOf(source)).toBe(`Bearer ${first}`);
  });

  it('reports why a refused header can’t be renewed', async () => {
    const { source } = sourceOf(personal, given(first), { ok: false, failure: revoked });
    expect(await source.renewed(await headerOf(source))).toEqual({ ok: false, failure: revoked });
  });
});
