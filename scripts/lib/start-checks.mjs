import { createServer } from 'node:net';
import { UserError } from './user-error.mjs';

/** @param {number} port */
export async function checkPortIsFree(port) {
  if (port === 0) return;
  const probe = createServer();
  try {
    await new Promise((resolve, reject) => {
      probe.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined));
    });
  } catch (error) {
    throw new UserError(portMessage(port, error));
  } finally {
    probe.close();
  }
}

/**
 * @param {number} port
 * @param {unknown} error
 */
export function portMessage(port, error) {
  const code = reasonOf(error);
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Choose another: npm start -- --port ${port + 1}`;
  if (code === 'EACCES')
    return `Port ${port} needs administrator rights. Choose one from 1024 up: npm start -- --port 4173`;
  return `Can’t open port ${port} (${code}).`;
}

/**
 * Requests the version, which needs no token, so that a wrong address shows at once.
 * @param {string} url
 */
export async function checkServerAnswers(url) {
  const answer = await versionAt(url).catch((/** @type {unknown} */ error) => reasonOf(error));
  if (typeof answer === 'string') {
    // It may be started later, so Sheaf starts as well.
    console.warn(`Warning: can’t reach ${url} (${answer}). ${adviceOn(answer)}`);
    return;
  }
  const to = answer.headers.get('location');
  if (to) {
    const suggestion = new URL(to, answer.url).href.replace(/\/api\/version\/?$/, '');
    throw new UserError(`${url} redirects to another address. Try: --label-studio ${suggestion}`);
  }
  if (await isLabelStudio(answer)) return;
  for (const nearby of addressesNear(url)) {
    const found = await versionAt(nearby).catch(() => undefined);
    if (found && (await isLabelStudio(found)))
      throw new UserError(`Label Studio isn’t at ${url}, but at ${nearby}. Try: --label-studio ${nearby}`);
  }
  console.warn(
    `Warning: ${url} may not be a Label Studio server (GET ${url}/api/version/ returned ${answer.status}).`,
  );
}

/** @param {string} url */
const versionAt = (url) =>
  fetch(`${url}/api/version/`, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });

/** @param {Response} answer */
async function isLabelStudio(answer) {
  if (!answer.ok) return false;
  const version = await answer.json().catch(() => null);
  return typeof version === 'object' && version !== null && 'release' in version;
}

/**
 * Shorter addresses, in case it was copied from a page such as `/projects/1/data`, and the usual sub-path.
 * @param {string} url
 */
function addressesNear(url) {
  const { origin, pathname } = new URL(url);
  const steps = pathname.split('/').filter(Boolean);
  const shorter = steps.map((_, at) => [origin, ...steps.slice(0, at)].join('/')).toReversed();
  return [...shorter, `${url}/label-studio`];
}

/** @param {string} reason */
const adviceOn = (reason) =>
  certificateErrors.has(reason)
    ? 'Its certificate isn’t signed by an authority that Node knows: start Sheaf with NODE_EXTRA_CA_CERTS set to a file with it.'
    : 'Check the address and that the server is running.';

const certificateErrors = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/**
 * The system's error code, which fetch wraps, or the message of the innermost error.
 * @param {unknown} error
 * @returns {string}
 */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error) return String(error.code);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
