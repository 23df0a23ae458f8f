import { z } from '#wire/zod.ts';
import { refused, type Outcome } from '#wire/failure.ts';

/**
 * - `legacy`: 40 hexadecimal digits, sent as `Token …`, never expires
 * - `personal`: a refresh JWT, exchanged for access tokens and never sent as a header
 * - `access`: an access JWT, sent as `Bearer …`, usually valid for five minutes
 */
export type TokenKind = 'legacy' | 'personal' | 'access';

export interface RecognisedToken {
  kind: TokenKind;
  /** Milliseconds since 1970; undefined for a legacy token. */
  expiresAt?: number;
}

/** Provides the `Authorization` header of requests. */
export interface TokenSource {
  readonly token: RecognisedToken;
  /** @param lastsMs renews a token that expires sooner, if possible */
  authorization(lastsMs?: number): Promise<Outcome<string>>;
  /** A newer header than `old`, which the server rejected; undefined if this kind of token can’t be renewed. */
  renewed(old: string): Promise<Outcome<string> | undefined>;
}

const claimsSchema = z.object({
  token_type: z.enum(['refresh', 'access']),
  exp: z.optional(z.number()),
});

/** Access tokens are renewed this early, to allow for latency and clock differences. */
const renewBeforeMs = 30_000;

/**
 * Detects the kind of a pasted token like Label Studio’s SDK: everything that decodes as a JWT is one. Fails if it is
 * empty, can’t be sent in a header or is an expired JWT.
 */
export function recogniseToken(text: string, now: number): Outcome<RecognisedToken> {
  const token = text.trim();
  if (token === '')
    return refused('token-missing', 'Enter a token.', 'Copy it from Account & Settings in Label Studio.');
  const hint = whatIsTooMuch(token);
  if (hint !== undefined) return refused('token-malformed', 'This isn’t only a token.', hint);
  if (!/^[\x21-\x7e]+$/.test(token))
    return refused(
      'token-malformed',
      'This isn’t a complete token.',
      'Tokens contain only letters, digits and punctuation, without spaces. Copy it again.',
    );
  if (/^eyJ[^.]*\.[^.]*$/.test(token))
    return refused(
      'token-malformed',
      'The last part of this token is missing.',
      'A personal access token has three parts with dots between them. Copy it where it was created, or create a new one.',
    );
  const claims = claimsOf(token);
  if (!claims) return { ok: true, value: { kind: 'legacy' } };
  const kind = claims.token_type === 'refresh' ? 'personal' : 'access';
  if (claims.exp === undefined) return { ok: true, value: { kind } };
  const expiresAt = claims.exp * 1000;
  if (expiresAt <= now) {
    const hint =
      kind === 'access'
        ? 'Access tokens last a few minutes. Use a personal access token instead; Sheaf renews it automatically.'
        : 'Create a new personal access token under Account & Settings.';
    return refused('token-expired', `This token expired on ${new Date(expiresAt).toUTCString()}.`, hint);
  }
  return { ok: true, value: { kind, expiresAt } };
}

/** How to correct a token that was copied with what is around it, as in examples of the API. */
function whatIsTooMuch(token: string): string | undefined {
  if (/^["'`].*["'`]$/.test(token)) return 'Leave out the quotation marks around it.';
  const prefix = /^(?:authorization:\s*)?(?:token|bearer)(?=\s)|^authorization:/i.exec(token)?.[0];
  return prefix && `Leave out “${prefix}” before it.`;
}

/**
 * Creates the source for a pasted token. `exchange` gets an access token for a personal one; concurrent requests share one
 * call.
 */
export function createTokenSource(
  text: string,
  exchange: (refresh: string) => Promise<Outcome<string>>,
  now: () => number,
): Outcome<TokenSource> {
  const secret = text.trim();
  const recognised = recogniseToken(secret, now());
  if (!recognised.ok) return recognised;
  const token = recognised.value;

  if (token.kind !== 'personal') {
    const header = token.kind === 'legacy' ? `Token ${secret}` : `Bearer ${secret}`;
    return {
      ok: true,
      value: {
        token,
        authorization: async () =>
          token.expiresAt !== undefined && token.expiresAt <= now()
            ? refused('token-expired', 'The access token has expired.', 'Connect again with a new token.')
            : { ok: true, value: header },
        renewed: async () => undefined,
      },
    };
  }

  let current: { header: string; until: number } | undefined;
  let pendingExchange: Promise<Outcome<string>> | undefined;
  const renew = (): Promise<Outcome<string>> =>
    (pendingExchange ??= exchange(secret)
      .then((outcome): Outcome<string> => {
        if (!outcome.ok) return outcome;
        const expires = claimsOf(outcome.value)?.exp;
        const until = expires === undefined ? Infinity : expires * 1000;
        current = { header: `Bearer ${outcome.value}`, until };
        return { ok: true, value: current.header };
      })
      .finally(() => (pendingExchange = undefined)));

  return {
    ok: true,
    value: {
      token,
      authorization: async (lastsMs = 0) =>
        current && now() < current.until - Math.max(renewBeforeMs, lastsMs)
          ? { ok: true, value: current.header }
          : renew(),
      async renewed(old) {
        if (current && current.header !== old) return { ok: true, value: current.header };
        return renew();
      },
    },
  };
}

function claimsOf(token: string): z.infer<typeof claimsSchema> | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    return claimsSchema.safeParse(JSON.parse(atob(parts[1]!.replaceAll('-', '+').replaceAll('_', '/')))).data;
  } catch {
    return undefined;
  }
}
