import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './user-error.mjs';
import { readIfThere } from './fingerprint.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';

/** Installs the packages of the lock file unless they are already installed. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages; this takes about a minute the first time …');
  const { ok, output } = await run(...npm('ci', '--no-audit', '--no-fund'));
  if (!ok) throw new UserError(`${output}\nInstalling the packages failed. See npm’s output above.`);
}

/** npm writes this list last, so an interrupted install has none. */
function isInstalled() {
  const list = readIfThere(join(root, 'node_modules/.package-lock.json'));
  if (list === undefined) return false;
  const there = packagesOf(list);
  return Object.entries(packagesOf(readFileSync(join(root, 'package-lock.json'), 'utf8'))).every(
    // Optional packages are mostly builds for other platforms, which npm skips.
    ([path, { integrity, optional }]) => path === '' || optional || there[path]?.integrity === integrity,
  );
}

/**
 * @param {string} lock
 * @returns {Record<string, { integrity?: string, optional?: boolean }>}
 */
const packagesOf = (lock) => JSON.parse(lock).packages;

/**
 * The npm that started this script, if any: npm may not be on the PATH.
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npm(...args) {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, [cli, ...args]];
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...args]] : ['npm', args];
}
