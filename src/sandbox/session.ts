import { created, noContent, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { checkFields } from '#sandbox/http/fields.ts';
import { bare, invalidBody, notFound, Refusal, unauthorized } from '#sandbox/http/refusal.ts';
import { serializeUser } from '#sandbox/data/serializers.ts';
import type { Store } from '#sandbox/data/store.ts';
import {
  accessToken,
  tokenOwner,
  givePersonalToken,
  readToken,
  unverifiedClaims,
  withoutSignature,
} from '#sandbox/http/tokens.ts';

/** Users and tokens. */

export function whoami({ store, user, settings }: Call): Answer {
  const me = { ...serializeUser(user, store, settings.now()), permissions: PERMISSIONS };
  if (settings.edition === 'community') return ok(me);
  const membership = { active: true, organization_id: 1, role: ROLE_CODES[user.role], user_type: 'human' };
  return ok({
    ...me,
    lse_fields: {},
    org_membership: [membership],
    organization_membership: membership,
    pause: null,
    social_accounts: [],
  });
}

export const listUsers = ({ store, settings }: Call): Answer =>
  ok([...store.users.all()].map((user) => serializeUser(user, store, settings.now())));

export function getUser({ store, ids, settings }: Call): Answer {
  const user = store.users.get(ids[0]!);
  if (!user) throw notFound('User');
  return ok(serializeUser(user, store, settings.now()));
}

/** Header and payload of each token: the signature is shown only once, when it is created. */
export const listTokens = ({ store, user }: Call): Answer =>
  ok(validTokens(store, user.id).map(({ token }) => ({ token: withoutSignature(token) })));

/** One valid personal access token for each user. */
export function createToken({ store, user, settings }: Call): Answer {
  if (validTokens(store, user.id).length > 0) {
    throw new Refusal(409, {
      detail: 'You already have a valid token. Please revoke it before creating a new one.',
    });
  }
  return created({ token: givePersonalToken(store, user, settings.now()) });
}

/** Works even while personal access tokens are turned off (seen on 1.23.2). */
export function refreshToken(call: Call): Answer {
  const { store, settings } = call;
  const now = settings.now();
  const user = tokenOwner(readToken(readRefreshToken(call), 'refresh', store, now), store);
  if (!user) throw unauthorized('No active account found for the given token.');
  return ok({ access: accessToken(user, settings.accessTokenSeconds, now) });
}

/** Revokes the old token; its access tokens stay valid until they expire. */
export function rotateToken(call: Call): Answer {
  const { store, user, settings } = call;
  const sent = readRefreshToken(call);
  let id: string;
  try {
    id = readToken(sent, 'refresh', store, settings.now()).jti;
  } catch (error) {
    if (error instanceof Refusal) throw invalidBody('Invalid refresh token');
    throw error;
  }
  store.blacklistedTokenIds.add(id);
  return ok({ refresh: givePersonalToken(store, user, settings.now()) });
}

/** The signature isn't checked, because the page that revokes a token doesn't have it. */
export function blacklistToken(call: Call): Answer {
  const { store } = call;
  const claims = unverifiedClaims(readRefreshToken(call));
  if (claims?.token_type !== 'refresh' || store.blacklistedTokenIds.has(claims.jti)) {
    throw bare(404, 'Token is invalid or already blacklisted.');
  }
  store.blacklistedTokenIds.add(claims.jti);
  return noContent();
}

export const getTokenSettings = ({ store }: Call): Answer => ok(tokenSettings(store));

export function setTokenSettings({ store, body }: Call): Answer {
  const values = checkFields(body.read(), {
    api_tokens_enabled: { kind: 'boolean' },
    legacy_api_tokens_enabled: { kind: 'boolean' },
  });
  Object.assign(store.organization, values);
  return ok(tokenSettings(store));
}

export const getLegacyToken = ({ user }: Call): Answer => ok({ token: user.legacyToken });

export function resetLegacyToken({ user }: Call): Answer {
  user.legacyToken = `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', '').slice(0, 40);
  return created({ token: user.legacyToken });
}

const validTokens = (store: Store, user: number) =>
  store.personalTokens.filter((one) => one.user === user && !store.blacklistedTokenIds.has(one.id));

const readRefreshToken = ({ body }: Call) =>
  checkFields(body.read(), { refresh: { kind: 'string', required: true } })['refresh'] as string;

const tokenSettings = ({ organization: { api_tokens_enabled, legacy_api_tokens_enabled } }: Store) => ({
  api_tokens_enabled,
  legacy_api_tokens_enabled,
});

const ROLE_CODES = { Owner: 'OW', Administrator: 'AD', Manager: 'MA', Reviewer: 'RE', Annotator: 'AN' };

/** Community gives every user all permissions. */
const PERMISSIONS =
  'organizations.create organizations.view organizations.change organizations.delete organizations.invite projects.create projects.view projects.change projects.delete projects.reset_cache tasks.create tasks.view tasks.change tasks.delete views.reset annotations.create annotations.view annotations.change annotations.delete actions.perform predictions.any avatar.any labels.create labels.view labels.change labels.delete models.create models.view models.change models.delete model_provider_connection.create model_provider_connection.view model_provider_connection.change model_provider_connection.delete webhooks.view webhooks.change users.token.any storages.view storages.change storages.sync views.view views.create views.change views.delete'.split(
    ' ',
  );
