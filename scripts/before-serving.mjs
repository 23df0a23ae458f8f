import { createServer } from 'node:net';
import { Explained } from './explain.mjs';

/** @param {number} port */
export async function checkPortIsFree(port) {
  if (port === 0) return;
  const probe = createServer();
  try {
    await new Promise((resolve, reject) => {
      probe.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined));
    });
  } catch (error) {
    throw new Explained(portTrouble(port, error));
  } finally {
    probe.close();
  }
}

/**
 * @param {number} port
 * @param {unknown} error
 */
export function portTrouble(port, error) {
  const code = reasonOf(error);
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Choose another: npm start -- --port ${port + 1}`;
  if (code === 'EACCES')
    return `Port ${port} is not ours to open. Choose one from 1024 up: npm start -- --port 4173`;
  return `Port ${port} cannot be opened (${code}).`;
}

/**
 * Asks for what every Label Studio gives without a token, so that a slip in the address shows at once.
 * @param {string} url
 */
export async function checkServerAnswers(url) {
  const probe = `${url}/api/version/`;
  let answer;
  try {
    answer = await fetch(probe, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    throw new Explained(`${url} cannot be reached (${reasonOf(error)}).`);
  }
  const to = answer.headers.get('location');
  if (to) {
    const suggestion = new URL(to, probe).href.replace(/\/api\/version\/?$/, '');
    throw new Explained(`${url} sends callers on to another address. Try: --label-studio ${suggestion}`);
  }
  if (!answer.ok) {
    console.warn(
      `${url} does not look like a Label Studio: GET ${probe} answered ${answer.status}. Going on.`,
    );
  }
}

/**
 * The system's name for what went wrong, which fetch wraps, or the words of the innermost error.
 * @param {unknown} error
 * @returns {string}
 */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error) return String(error.code);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
