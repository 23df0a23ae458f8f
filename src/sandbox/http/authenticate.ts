import { Refusal, unauthorized } from './refusal.ts';
import type { UserRow } from '#sandbox/data/rows.ts';
import type { Store } from '#sandbox/data/store.ts';
import { tokenOwner, readToken } from './tokens.ts';

/**
 * The user of a request's token. `Bearer` is read by a middleware without error messages (`jwt_auth/middleware.py`), so an
 * expired token gets the same answer as a missing one; `Token` is read by DRF, which gives the reason.
 *
 * @throws {Refusal} 401
 */
export function authenticate(headers: Headers, store: Store, now: Date): UserRow {
  const [scheme = '', ...rest] = authorizationHeader(headers).split(/\s+/);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return authenticateBearer(rest, store, now);
    case 'token':
      return authenticateLegacy(rest, store);
    default:
      throw unauthorized();
  }
}

/** The token as it was sent. */
export const sentToken = (headers: Headers) => authorizationHeader(headers).split(/\s+/)[1] ?? '';

/** `X-Api-Key` overrides `Authorization`: `XApiKeySupportMiddleware` in `core/middleware.py`. */
function authorizationHeader(headers: Headers): string {
  const key = headers.get('x-api-key');
  return key === null ? (headers.get('authorization') ?? '') : `Token ${key}`;
}

/** Hides simplejwt's reason for a wrong token, as the middleware does. */
function authenticateBearer([token = '', ...more]: string[], store: Store, now: Date): UserRow {
  if (more.length > 0 || !store.organization.api_tokens_enabled || store.expiredTokens.has(token)) {
    throw unauthorized();
  }
  let user: UserRow | undefined;
  try {
    user = tokenOwner(readToken(token, 'access', store, now), store);
  } catch (error) {
    throw error instanceof Refusal ? unauthorized() : error;
  }
  if (!user) throw new Refusal(401, { detail: 'User not found' }, 'bare');
  return user;
}

function authenticateLegacy([token, ...more]: string[], store: Store): UserRow {
  if (token === undefined || token === '')
    throw unauthorized('Invalid token header. No credentials provided.');
  if (more.length > 0) throw unauthorized('Invalid token header. Token string should not contain spaces.');
  if (/[^\p{ASCII}]/u.test(token)) {
    throw unauthorized('Invalid token header. Token string should not contain invalid characters.');
  }
  const user = [...store.users.all()].find((one) => one.legacyToken === token);
  if (!user || store.expiredTokens.has(token)) throw unauthorized('Invalid token.');
  if (!store.organization.legacy_api_tokens_enabled) {
    throw unauthorized(
      'Authentication token no longer valid: legacy token authentication has been disabled for this organization',
    );
  }
  return user;
}
