import type { ServerAddress } from '#engine/session/open-session.ts';
import { isWebOrigin } from '#wire/web-origin.ts';
import type { ServerOffer } from '#wire/server-offer.ts';

/** The form's values. `serverAddress` converts them for the engine. */
export interface SettingsValues {
  where: 'sandbox' | 'proxied' | 'address';
  /** Used only if `where` is `address`. */
  address: string;
  /** Names the password manager’s entry; the server doesn’t use it. */
  username: string;
  token: string;
  timeLimitSeconds: string;
}

export const defaultTimeLimit = 90;

/** `pageUrl` is Sheaf’s address; paths that its server offers are relative to it. */
export function serverAddress(values: SettingsValues, offer: ServerOffer, pageUrl: string): ServerAddress {
  const timeLimitSeconds = Number(values.timeLimitSeconds);
  const { sandbox, labelStudio, boot } = offer;
  const callsBoot = boot === undefined ? {} : { callsBoot: boot };

  if (values.where === 'sandbox' && sandbox) {
    const base = withoutFinalSlashes(new URL(sandbox.path, pageUrl).href);
    const own = boot === undefined ? {} : { boot };
    const { timeLimitSeconds: sandboxLimit } = sandbox;
    return { base, linkBase: base, name: 'Sandbox', timeLimitSeconds: sandboxLimit, ...own, ...callsBoot };
  }
  if (values.where === 'proxied' && labelStudio) {
    const base = withoutFinalSlashes(new URL(labelStudio.path, pageUrl).href);
    const { target } = labelStudio;
    return { base, linkBase: target, name: nameOf(target), timeLimitSeconds, ...callsBoot };
  }
  const base = tidyAddress(values.address);
  return { base, linkBase: base, name: nameOf(base), timeLimitSeconds };
}

/**
 * Label Studio’s base address from a typed one, which may be copied from any of its pages: `…/projects/1/data?tab=1`.
 */
export function tidyAddress(typed: string) {
  const { origin, pathname } = new URL(typed.trim());
  return origin + withoutFinalSlashes(withoutFinalSlashes(pathname).replace(pageOfLabelStudio, ''));
}

/**
 * Paths of its pages (`web/apps/labelstudio/src/pages` and the `urls.py` of HumanSignal/label-studio). `projects` must
 * be followed by a project number or the end, because it may be part of a sub-path.
 */
const pageOfLabelStudio =
  /\/(?:api|home|docs\/api|projects(?:\/\d+(?:\/.*)?)?|user\/(?:login|signup|account)(?:\/.*)?|organization(?:\/.*)?)$/;

/** The address that will be used if it differs from the typed one; undefined if it doesn’t, or isn’t an address. */
export function understoodAddress(typed: string): string | undefined {
  if (addressProblem(typed) !== undefined) return undefined;
  const base = tidyAddress(typed);
  return base === withoutFinalSlashes(typed.trim()) ? undefined : base;
}

/** The error message for a typed address; undefined if it is valid. */
export function addressProblem(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '') return 'Enter the address of your Label Studio.';
  if (!/^https?:\/\//i.test(text))
    return 'The address must start with https:// (or http:// for a server on this computer).';
  if (!URL.canParse(text)) return 'This isn’t a web address.';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return 'Remove the user name and password from the address.';
  if (!isWebOrigin(url.origin))
    return `“${url.hostname}” can’t be the name of a server for a browser. Use letters, digits, dots and hyphens, or the IP address.`;
  return undefined;
}

/** Browsers block `http:` requests from an `https:` page, except to the same computer. */
export function isBlockedAsInsecure(typed: string, pageUrl: string) {
  const text = typed.trim();
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const isThisComputer = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/.test(hostname);
  return protocol === 'http:' && new URL(pageUrl).protocol === 'https:' && !isThisComputer;
}

const withoutFinalSlashes = (text: string) => text.replace(/\/+$/, '');

function nameOf(address: string) {
  const { host, pathname } = new URL(address);
  return host + withoutFinalSlashes(pathname);
}
