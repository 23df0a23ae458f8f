import { readCommandLine } from './command-line.mjs';
import { UserError } from './user-error.mjs';

const help = `Usage: npm start -- [options]

Serves Sheaf on this computer, with a sandbox to try it out.

  --port N                     the port to listen on (default: 4173); 0 picks a free one
  --label-studio URL           also connect to this Label Studio, through a proxy in Sheaf's server:
                               for servers that don't allow cross-origin requests (CORS)
  --sandbox-edition EDITION    the edition the sandbox imitates: enterprise (default) or community
  --help                       show this help`;

/**
 * @typedef {object} Options
 * @property {number} port
 * @property {'enterprise' | 'community'} sandboxEdition
 * @property {string} [labelStudio] without a final slash
 */

/**
 * @param {string[]} args
 * @returns {Options}
 */
export function readOptions(args) {
  const { values } = readCommandLine('npm start', help, {
    args,
    options: {
      port: { type: 'string' },
      'label-studio': { type: 'string' },
      'sandbox-edition': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  return {
    port: readPort(values.port ?? '4173'),
    sandboxEdition: readEdition(values['sandbox-edition'] ?? 'enterprise'),
    ...(values['label-studio'] !== undefined && { labelStudio: readUrl(values['label-studio']) }),
  };
}

/** @param {string} text */
function readPort(text) {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new UserError(`--port must be a number from 0 to 65535, not "${text}".`, 2);
}

/** @param {string} text */
function readEdition(text) {
  if (text === 'enterprise' || text === 'community') return text;
  throw new UserError(`--sandbox-edition must be enterprise or community, not "${text}".`, 2);
}

/** @param {string} text */
function readUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UserError(
      `--label-studio must be an address like https://labels.example.com, not "${text}".`,
      2,
    );
  }
  if (url.username || url.password) {
    throw new UserError('--label-studio must be an address without a user name or password.', 2);
  }
  // A copied address may have “?tab=1”; checkServerAnswers handles its path.
  return (url.origin + url.pathname).replace(/\/+$/, '');
}
