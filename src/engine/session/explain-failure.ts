import { createHttpClient } from '#api/http/http-client.ts';
import { answersAnybody, probeMs } from '#api/http/reachable.ts';
import { readVersion } from '#api/version.ts';
import type { Failure } from '#wire/failure.ts';

/** The part of a `ServerAddress` used here. */
interface Address {
  base: string;
  linkBase: string;
  name: string;
}

/** The browser’s abilities, as in `SessionOptions`. */
interface Browser {
  fetch: (request: Request) => Promise<Response>;
  isBlockedByPolicy?: (base: string) => Promise<boolean>;
}

/**
 * Explains a failed first contact: the probable cause and the fix. Browsers hide why a request failed, so it tries
 * other requests; never with the token.
 *
 * @param isAtBase true if Label Studio’s version was read at this address, so the address is right
 */
export async function explainFailure(
  server: Address,
  failure: Failure,
  isAtBase: boolean,
  { fetch, isBlockedByPolicy }: Browser,
): Promise<Failure> {
  const { base, linkBase, name } = server;
  const ownServer = `\`npm start -- --label-studio ${linkBase}\``;

  if (failure.kind === 'network') {
    if (await isBlockedByPolicy?.(base))
      return {
        ...failure,
        reason: 'blocked-by-policy',
        message: `This copy of Sheaf isn’t allowed to connect to ${new URL(base).origin}: its connect-src doesn’t list that server.`,
        hint: `Ask whoever deployed Sheaf to add it, or run Sheaf on your computer: ${ownServer}`,
      };
    if (!(await answersAnybody(fetch, base))) return { ...failure, message: `${name} didn’t answer.` };
    if (isAtBase)
      return {
        ...failure,
        reason: 'cors-refused',
        message: `${name} is running, but doesn’t allow pages from other addresses to connect.`,
        hint: `Use Sheaf’s own server as a proxy: ${ownServer}`,
      };
    return (
      (await foundElsewhere(server, failure, fetch)) ?? {
        ...failure,
        reason: 'answer-hidden',
        message: `${name} answered, but your browser hides the answer from Sheaf.`,
        hint: `Check the address, and add a sub-path if there is one. If it’s right, Label Studio doesn’t allow pages from other addresses to connect. Use Sheaf’s own server as a proxy: ${ownServer}`,
      }
    );
  }

  const isForeign =
    failure.reason === 'no-such-route' || failure.reason === 'unreadable' || failure.reason === 'not-found';
  if (!isForeign) return failure;
  return (
    (!isAtBase && (await foundElsewhere(server, failure, fetch))) || {
      ...failure,
      reason: 'not-label-studio',
      message: `The server at ${base} doesn’t look like Label Studio.`,
      hint: 'Check the address. If Label Studio runs under a sub-path, include it: `https://example.com/label-studio`',
    }
  );
}

export type ExplainFailure = typeof explainFailure;

/** Undefined if no nearby address returns Label Studio’s version. */
async function foundElsewhere(
  { base, linkBase }: Address,
  failure: Failure,
  fetch: Browser['fetch'],
): Promise<Failure | undefined> {
  const isProxied = base !== linkBase;
  const candidates = isProxied ? below(base) : [...above(base), ...below(base)];
  const signal = AbortSignal.timeout(probeMs);
  const answers = await Promise.all(
    candidates.map((candidate) =>
      readVersion(createHttpClient({ base: candidate, timeLimitSeconds: probeMs / 1000, fetch }), signal),
    ),
  );
  const found = candidates[answers.findIndex(({ ok }) => ok)];
  if (found === undefined) return undefined;
  const address = linkBase + found.slice(base.length);
  // The hint is about a server that doesn’t answer.
  const { hint: _, ...known } = failure;
  return isProxied
    ? {
        ...known,
        reason: 'not-label-studio',
        message: `Label Studio isn’t at ${linkBase}, but at ${address}.`,
        hint: `Start Sheaf with that address: \`npm start -- --label-studio ${address}\``,
      }
    : {
        ...known,
        reason: 'not-label-studio',
        message: `Label Studio isn’t at ${base}, but at ${found}.`,
        foundAt: found,
      };
}

/** Parents of an address that is too long, for example of an unknown page or one that redirects to https. */
function above(base: string): string[] {
  const { origin, pathname, protocol, port } = new URL(base);
  const steps = pathname.split('/').slice(1);
  const shorter = steps.map((_, at) => [origin, ...steps.slice(0, at)].join('/')).slice(-maxShorter);
  const isPlain = protocol === 'http:' && port === '';
  return [...(isPlain ? [base.replace('http:', 'https:')] : []), ...(pathname === '/' ? [] : shorter)];
}

const maxShorter = 3;

/** Sub-paths that administrators often choose. */
const below = (base: string) => ['label-studio', 'labelstudio', 'ls'].map((step) => `${base}/${step}`);
