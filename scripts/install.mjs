import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Explained } from './explain.mjs';
import { readIfThere } from './fingerprint.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';

/** Installs exactly what the lock file names, unless that is what is there. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages; this takes about a minute the first time …');
  const { ok, output } = await run(...npm('ci', '--no-audit', '--no-fund'));
  if (!ok) throw new Explained(`${output}\nInstalling the packages failed. See npm’s output above.`);
}

/** npm leaves a list of what it installed, as its last act, so an install that was broken off has none. */
function isInstalled() {
  const list = readIfThere(join(root, 'node_modules/.package-lock.json'));
  if (list === undefined) return false;
  const there = packagesOf(list);
  return Object.entries(packagesOf(readFileSync(join(root, 'package-lock.json'), 'utf8'))).every(
    // Optional packages are mostly builds for other platforms, which npm leaves out.
    ([path, { integrity, optional }]) => path === '' || optional || there[path]?.integrity === integrity,
  );
}

/**
 * @param {string} lock
 * @returns {Record<string, { integrity?: string, optional?: boolean }>}
 */
const packagesOf = (lock) => JSON.parse(lock).packages;

/**
 * The npm that called us where there is one, for it need not be on the path.
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npm(...args) {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, [cli, ...args]];
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...args]] : ['npm', args];
}
