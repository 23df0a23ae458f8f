import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * Runs a command to its end, its output kept rather than shown: it matters only where something fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, timeout?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeout,
    });
    let output = '';
    const keep = (/** @type {Buffer} */ piece) => (output += piece.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ ok: false, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) => {
      resolve({ ok: code === 0, output: signal ? `${output}ended by ${signal}\n` : output });
    });
  });
}

/**
 * Runs one of the project's own tools (node_modules/.bin) with this very Node.
 * @param {string} tool
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(tool, args, options) {
  return process.platform === 'win32'
    ? run(
        process.env['ComSpec'] ?? 'cmd.exe',
        ['/d', '/s', '/c', `node_modules\\.bin\\${tool}.cmd`, ...args],
        options,
      )
    : run(`node_modules/.bin/${tool}`, args, options);
}
