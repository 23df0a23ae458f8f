import { exchangeToken } from '#api/access-token.ts';
import { createHttpClient, type HttpClient } from '#api/http-client.ts';
import { answersAnybody } from '#api/reachable.ts';
import { createTokenSource } from '#api/token.ts';
import { readVersion, type Version } from '#api/version.ts';
import { readWhoami, type Whoami } from '#api/whoami.ts';
import type { Failure, Outcome } from '#wire/failure.ts';
import type { Connection, ServerAddress } from './engine.ts';

/** Who is signed in where. The token is inside `client`, and nowhere else. */
export interface Session {
  client: HttpClient;
  connection: Connection;
}

export interface SessionOptions {
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
  /** Whether the page came over https: then it may not call a plain http address, this computer's own excepted. */
  isSecurePage: boolean;
}

/** Signs in: first asks without the token what kind of server this is, then who the token stands for. */
export async function openSession(
  server: ServerAddress,
  token: string,
  { fetch, now, isSecurePage }: SessionOptions,
): Promise<Outcome<Session>> {
  const { base, timeLimitSeconds } = server;
  if (isSecurePage && isPlainRemote(base)) return { ok: false, failure: insecure(server) };

  const stranger = createHttpClient({ base, timeLimitSeconds, fetch });
  const source = createTokenSource(token, (refresh) => exchangeToken(stranger, refresh), now);
  if (!source.ok) return source;

  const version = await readVersion(stranger);
  if (!version.ok)
    return { ok: false, failure: await aboutServer(server, ofOpenRoute(version.failure), fetch) };

  const client = createHttpClient({ base, timeLimitSeconds, fetch, token: source.value });
  const whoami = await readWhoami(client);
  if (!whoami.ok) return { ok: false, failure: await aboutServer(server, whoami.failure, fetch) };

  const connection = connectionOf(server, version.value, whoami.value, source.value.token);
  return { ok: true, value: { client, connection } };
}

function connectionOf(
  server: ServerAddress,
  { edition, release }: Version,
  whoami: Whoami,
  token: Connection['token'],
): Connection {
  const role = whoami.organization_membership?.role;
  const organisation = whoami.active_organization_meta?.title;
  // A fresh installation knows of its first user nothing but the e-mail address.
  const name = `${whoami.first_name} ${whoami.last_name}`.trim() || whoami.username || whoami.email;
  const user = { id: whoami.id, name, email: whoami.email };
  return {
    server,
    edition,
    version: release,
    user: role ? { ...user, role: roles[role] ?? role } : user,
    ...(organisation && { organisation }),
    token,
    abilities: abilitiesOf(edition, role ?? undefined),
  };
}

/** The short codes of `organization_membership.role`, as Label Studio Enterprise's documentation names the roles. */
const roles: Record<string, string> = {
  OW: 'Owner',
  AD: 'Administrator',
  MA: 'Manager',
  RE: 'Reviewer',
  AN: 'Annotator',
  NO: 'Not activated',
  DI: 'Disabled',
};

function abilitiesOf(edition: Version['edition'], role: string | undefined): Connection['abilities'] {
  if (edition === 'Community')
    return [
      { text: 'Create annotations one by one, each safe from being stored twice', there: true },
      { text: 'Create annotations in bulk (Label Studio Enterprise)', there: false },
    ];
  const mayCreate = role !== 'AN' && role !== 'NO' && role !== 'DI';
  return [
    { text: 'Create annotations in bulk, 100 tasks a call', there: mayCreate },
    { text: 'Send a selection of tasks as it stands', there: mayCreate },
  ];
}

/** Label Studio tells everybody its version, so whoever refuses that is something else. */
function ofOpenRoute(failure: Failure): Failure {
  const isRefusal = failure.status !== undefined && failure.status < 500 && failure.reason !== 'throttled';
  return isRefusal ? { ...failure, reason: 'no-such-route' } : failure;
}

/** Turns what a browser can tell of a failed first contact into what probably happened, and the way out. */
async function aboutServer(
  server: ServerAddress,
  failure: Failure,
  fetch: SessionOptions['fetch'],
): Promise<Failure> {
  if (failure.kind === 'network' && (await answersAnybody(fetch, server.base))) {
    return {
      ...failure,
      reason: 'cors-refused',
      message: `${server.name} runs, but does not let a page from another address call it.`,
      hint: `Let Sheaf’s own server stand between: \`npm start -- --label-studio ${server.base}\``,
    };
  }
  if (failure.kind === 'network') return { ...failure, message: `${server.name} did not answer.` };
  const isForeign =
    failure.reason === 'no-such-route' || failure.reason === 'unreadable' || failure.reason === 'not-found';
  if (!isForeign) return failure;
  return {
    ...failure,
    reason: 'not-label-studio',
    message: `There is a server at ${server.base}, but it does not answer like a Label Studio.`,
    hint: 'Check the address. Where Label Studio lives under a sub-path, the sub-path belongs to it: `https://example.com/label-studio`',
  };
}

function isPlainRemote(base: string): boolean {
  const { protocol, hostname } = new URL(base);
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/.test(hostname);
  return protocol === 'http:' && !isHere;
}

function insecure(server: ServerAddress): Failure {
  return {
    kind: 'input',
    reason: 'insecure-address',
    message: `This page came over https, so the browser does not let it call ${server.base} over plain http.`,
    hint: `Use the server’s https address, or open Sheaf on this computer: \`npm start -- --label-studio ${server.base}\``,
    fromLabelStudio: false,
  };
}
