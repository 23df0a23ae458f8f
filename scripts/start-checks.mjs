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
  const probe = `${url}/api/version/`;
  let answer;
  try {
    answer = await fetch(probe, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    // It may be started later, so Sheaf starts as well.
    console.warn(`Warning: can’t reach ${url} (${reasonOf(error)}). ${adviceOn(reasonOf(error))}`);
    return;
  }
  const to = answer.headers.get('location');
  if (to) {
    const suggestion = new URL(to, probe).href.replace(/\/api\/version\/?$/, '');
    throw new UserError(`${url} redirects to another address. Try: --label-studio ${suggestion}`);
  }
  if (!answer.ok) {
    console.warn(
      `Warning: ${url} may not be a Label Studio server (GET ${probe} returned ${answer.status}).`,
    );
  }
}

/** @param {string} reason */
const adviceOn = (reason) =>
  certificateErrors.has(reason)
    ? 'Its certificate isn’t signed by an authority that Node knows: set NODE_EXTRA_CA_CERTS to a file with it.'
    : 'Check the address and that the server is running.';

const certificateErrors = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
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
