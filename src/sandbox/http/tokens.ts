import { createHmac, timingSafeEqual } from 'node:crypto';
import { unauthorized } from './refusal.ts';
import type { UserRow } from '#sandbox/data/rows.ts';
import type { Store } from '#sandbox/data/store.ts';

/** JSON web tokens as created by djangorestframework-simplejwt. */

export interface Claims {
  token_type: 'access' | 'refresh';
  exp: number;
  iat: number;
  jti: string;
  user_id: string;
}

/** Not a secret: anyone who can reach the sandbox may use it. Fixed, so that seeded tokens stay valid after a restart. */
const KEY = 'the sandbox keeps nothing that is worth a secret';

/** Seen on 1.23.2: a personal access token is a refresh token valid for 200 years. */
const PERSONAL_SECONDS = 200 * 365 * 86_400;

export function personalToken(user: { id: number }, now: Date, id = newTokenId()): string {
  return sign('refresh', user.id, PERSONAL_SECONDS, now, id);
}

export function accessToken(user: { id: number }, seconds: number, now: Date): string {
  return sign('access', user.id, seconds, now, newTokenId());
}

/**
 * Verifies a token of the given type.
 *
 * @throws {Refusal} 401 with simplejwt's message
 */
export function readToken(token: string, type: Claims['token_type'], store: Store, now: Date): Claims {
  const claims = verifiedClaims(token);
  if (claims === null) throw unauthorized('Token is invalid');
  if (claims.exp * 1000 <= now.getTime()) throw unauthorized('Token is expired');
  if (claims.token_type !== type) throw unauthorized('Token has wrong type');
  if (store.blacklistedTokenIds.has(claims.jti)) throw unauthorized('Token is blacklisted');
  return claims;
}

/** Header and payload: the part of a token that Label Studio still shows after creating it. */
export const withoutSignature = (token: string) => token.split('.').slice(0, 2).join('.');

/** The claims of a token without a signature check; null if it can't be parsed. */
export function unverifiedClaims(token: string): Claims | null {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
  } catch {
    return null;
  }
}

/** The user a token belongs to. */
export const tokenOwner = (claims: Claims, store: Store): UserRow | undefined =>
  store.users.get(Number(claims.user_id));

/** Creates and stores a user's token. The same `id` gives the same token every time. */
export function givePersonalToken(store: Store, user: { id: number }, now: Date, id?: string): string {
  const token = personalToken(user, now, id);
  store.personalTokens.push({ user: user.id, token, id: unverifiedClaims(token)!.jti });
  return token;
}

function sign(type: Claims['token_type'], user: number, seconds: number, now: Date, jti: string): string {
  const iat = Math.floor(now.getTime() / 1000);
  const claims: Claims = { token_type: type, exp: iat + seconds, iat, jti, user_id: String(user) };
  const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${head}.${signature(head)}`;
}

function verifiedClaims(token: string): Claims | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  const wanted = Buffer.from(signature(withoutSignature(token)));
  const given = Buffer.from(parts[2]!);
  const same = wanted.length === given.length && timingSafeEqual(wanted, given);
  return same ? unverifiedClaims(token) : null;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (text: string) => createHmac('sha256', KEY).update(text).digest('base64url');
const newTokenId = () => crypto.randomUUID().replaceAll('-', '');
