import { exchangeToken } from '#api/http/access-token.ts';
import { createHttpClient, type HttpClient } from '#api/http/http-client.ts';
import { createTokenSource } from '#api/http/token.ts';
import { readVersion, type Version } from '#api/version.ts';
import { readWhoami, type Whoami } from '#api/whoami.ts';
import { callReports } from './call-reports.ts';
import type { ExplainFailure } from './explain-failure.ts';
import type { AskAboutCall } from '#run/run-context.ts';
import { refused, type Failure, type Outcome } from '#wire/failure.ts';

export interface ServerAddress {
  /** The API's address without a final slash: `https://ls.example.com/label-studio`. */
  base: string;
  /** The address for people, used in links; differs from `base` only behind a proxy. */
  linkBase: string;
  /** The name on screen: `Sandbox`, `ls.example.com`. */
  name: string;
  /** Longest time that the server or its gateway works on a request. Lost answers are confirmed after it. */
  timeLimitSeconds: number;
  /** Set for a sandbox, whose data is reset at each start. */
  boot?: string;
  /** Set if requests go through Sheaf’s own server: identifies the start since which it remembers calls. */
  callsBoot?: string;
}

export interface Connection {
  server: ServerAddress;
  edition: 'Community' | 'Enterprise';
  version: string;
  user: { id: number; name: string; email: string; role?: string };
  organisation?: string;
  organisationId?: number;
  token: { kind: 'legacy' | 'personal' | 'access'; /** Milliseconds since 1970. */ expiresAt?: number };
  /** What is possible with this edition and role, as sentences for the settings panel. */
  abilities: { text: string; there: boolean }[];
}

/** A signed-in connection. Only `client` holds the token. */
export interface Session {
  client: HttpClient;
  connection: Connection;
  /** Asks Sheaf’s own server about a call, if calls go through it. */
  askAboutCall?: AskAboutCall;
  /** Calls `listener` at each renewal of the token until the returned function is called. */
  onTokenRenewed(listener: () => void): () => void;
}

/** The session shared by all parts. Empty while disconnected. */
export interface CurrentSession {
  session?: Session | undefined;
}

export interface SessionOptions {
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
  /** True for a page over https: browsers then block plain http addresses except localhost. */
  isSecurePage: boolean;
  /** True if the page’s `connect-src` has just blocked a request to this address. */
  isBlockedByPolicy?: (base: string) => Promise<boolean>;
}

/** Signs in: reads the server’s version without the token, then the token’s user. */
export async function openSession(
  server: ServerAddress,
  token: string,
  options: SessionOptions,
): Promise<Outcome<Session>> {
  const { fetch, now, isSecurePage } = options;
  const { base, timeLimitSeconds } = server;
  if (isSecurePage && isPlainRemote(base)) return insecure(server);

  const anonymous = createHttpClient({ base, timeLimitSeconds, fetch });
  const renewals = new Set<() => void>();
  const exchange = async (refresh: string) => {
    const exchanged = await exchangeToken(anonymous, refresh);
    if (exchanged.ok) for (const listener of renewals) listener();
    return exchanged;
  };
  const source = createTokenSource(token, exchange, now);
  if (!source.ok) return source;

  const version = await readVersion(anonymous);
  if (!version.ok) {
    const failure = fromPublicRoute(version.failure);
    return { ok: false, failure: await explained(server, failure, false, options) };
  }

  const { callsBoot } = server;
  const client = createHttpClient({
    base,
    timeLimitSeconds,
    fetch,
    token: source.value,
    remembersCalls: callsBoot !== undefined,
  });
  const whoami = await readWhoami(client);
  if (!whoami.ok) return { ok: false, failure: await explained(server, whoami.failure, true, options) };

  const connection = connectionOf(server, version.value, whoami.value, source.value.token);
  const ask = callsBoot === undefined ? {} : { askAboutCall: callReports(client, callsBoot) };
  const onTokenRenewed = (listener: () => void) => {
    renewals.add(listener);
    return () => void renewals.delete(listener);
  };
  return { ok: true, value: { client, connection, ...ask, onTokenRenewed } };
}

function connectionOf(
  server: ServerAddress,
  { edition, release }: Version,
  whoami: Whoami,
  token: Connection['token'],
): Connection {
  const role = whoami.organization_membership?.role;
  const organisation = whoami.active_organization_meta?.title;
  // The first user of a new installation has only an e-mail address.
  const name = `${whoami.first_name} ${whoami.last_name}`.trim() || whoami.username || whoami.email;
  const user = { id: whoami.id, name, email: whoami.email };
  return {
    server,
    edition,
    version: release,
    user: role ? { ...user, role: roles[role] ?? role } : user,
    ...(organisation && { organisation }),
    ...(typeof whoami.active_organization === 'number' && { organisationId: whoami.active_organization }),
    token,
    abilities: abilitiesOf(edition, role ?? undefined),
  };
}

/** Codes of `organization_membership.role` and their names in Label Studio Enterprise’s documentation. */
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
      { text: 'Create annotations one by one, each protected from duplicates', there: true },
      { text: 'Create annotations in bulk (Label Studio Enterprise)', there: false },
    ];
  const mayCreate = role !== 'AN' && role !== 'NO' && role !== 'DI';
  return [
    { text: 'Create annotations in bulk, up to 500 tasks at a time', there: mayCreate },
    { text: 'Let the server resolve a task selection', there: mayCreate },
  ];
}

/** Loaded on demand, to keep the first screen small. */
const explained: ExplainFailure = async (...args) =>
  (await import('./explain-failure.ts')).explainFailure(...args);

/** Label Studio’s version is public, so a server that refuses it is something else. */
function fromPublicRoute(failure: Failure): Failure {
  const isSpecific = failure.reason === 'throttled' || failure.reason === 'answer-too-large';
  const isRefusal = failure.status !== undefined && failure.status < 500 && !isSpecific;
  return isRefusal ? { ...failure, reason: 'no-such-route' } : failure;
}

function isPlainRemote(base: string): boolean {
  const { protocol, hostname } = new URL(base);
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/.test(hostname);
  return protocol === 'http:' && !isHere;
}

const insecure = ({ base }: ServerAddress) =>
  refused(
    'insecure-address',
    `This page uses https, so the browser blocks ${base}, which uses plain http.`,
    `Use the server’s https address, or open Sheaf on this computer: \`npm start -- --label-studio ${base}\``,
  );
