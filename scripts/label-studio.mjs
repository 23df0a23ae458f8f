/*
 * A real Label Studio for tests: installed once per user, started any number of times, each time with empty
 * data. `npm run label-studio` keeps one running for manual tests.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { reportUserErrors, UserError } from './lib/user-error.mjs';
import { withLock } from './lib/lock.mjs';
import { startPostgres } from './test/postgres.mjs';
import { run } from './lib/run.mjs';

export const version = '1.23.2';
const home = join(
  process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  `sheaf/label-studio-${version}`,
);
const venv = join(home, 'venv');
const installed = join(home, 'installed');
/** Data folder after the first start. It is copied, because migrating an empty database takes over a minute. */
const emptyData = join(home, 'empty-data');

/** The option `--postgres` sets it; otherwise a server has its data in SQLite. */
export const usesPostgres = () => process.env['SHEAF_LABEL_STUDIO_DATABASE'] === 'postgres';
const emptyPostgres = join(home, 'empty-postgres');

/** Token of the only user. Not a secret: it only opens an empty server on this computer during a test run. */
const token = '5ea1f0005ea1f0005ea1f0005ea1f0005ea1f000';

/**
 * @typedef {object} LabelStudio
 * @property {string} url
 * @property {string} token
 * @property {() => Promise<void>} kill ends it like a crash or a power cut; its data stay
 * @property {() => Promise<void>} restart after `kill`, at the same address with the same data
 * @property {() => Promise<void>} stop ends it and deletes its data
 */

/**
 * Installs Label Studio if it is missing. Throws a `UserError` if that fails.
 */
export async function ensureLabelStudio() {
  await withLock(join(home, 'lock'), 'Waiting for another process to install Label Studio …', async () => {
    if (!existsSync(installed)) await install();
    if (!existsSync(usesPostgres() ? emptyPostgres : emptyData)) await prepareEmptyData();
  });
}

async function install() {
  const found = await findPython();
  if (!found) throw new UserError('Label Studio needs Python 3.10 or newer, which isn’t installed.');
  console.log(`Installing Label Studio ${version} for the live tests; this takes about three minutes …`);
  rmSync(venv, { recursive: true, force: true });
  const made = await run(found, ['-m', 'venv', venv]);
  if (!made.ok) throw new UserError(`Python couldn’t create a virtual environment: ${lastLine(made.output)}`);
  const pip = await run(python, ['-m', 'pip', 'install', '--quiet', `label-studio==${version}`]);
  if (!pip.ok) throw new UserError(`pip couldn’t install label-studio==${version}: ${lastLine(pip.output)}`);
  writeFileSync(installed, '');
}

const bin = process.platform === 'win32' ? 'Scripts' : 'bin';

/** The Python that Label Studio and its SDK are installed for. */
export const python = join(venv, bin, 'python');

async function findPython() {
  for (const name of ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const check = 'import sys; sys.exit(sys.version_info < (3, 10))';
    if ((await run(name, ['-c', check])).ok) return name;
  }
  return undefined;
}

async function prepareEmptyData() {
  console.log('Starting Label Studio for the first time; creating its database takes about a minute …');
  // A temporary name until the folder is complete.
  const data = mkdtempSync(join(home, 'empty-data-in-the-making-'));
  const postgres = usesPostgres() ? await startPostgres() : undefined;
  const running = await start(data, await freePort(), postgres);
  await running.end('SIGTERM');
  if (!postgres) return renameSync(data, emptyData);
  await postgres.stop(join(data, 'cluster'));
  renameSync(data, emptyPostgres);
}

/**
 * Starts a server without projects. Call `ensureLabelStudio` first.
 * @param {number} [port]
 * @returns {Promise<LabelStudio>}
 */
export async function startLabelStudio(port) {
  const data = mkdtempSync(join(tmpdir(), 'sheaf-label-studio-'));
  cpSync(usesPostgres() ? emptyPostgres : emptyData, data, { recursive: true });
  const removeData = () => rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeData);
  const postgres = usesPostgres() ? await startPostgres(join(data, 'cluster')) : undefined;
  const at = port ?? (await freePort());
  let running = await start(data, at, postgres);
  return {
    url: running.url,
    token,
    kill: () => running.end('SIGKILL'),
    restart: async () => {
      running = await start(data, at, postgres);
    },
    stop: async () => {
      await running.end('SIGTERM');
      await postgres?.stop();
      removeData();
      process.off('exit', removeData);
    },
  };
}

/**
 * @param {string} data
 * @param {number} port
 * @param {{ env: Record<string, string> }} [postgres] without it, SQLite
 */
async function start(data, port, postgres) {
  const child = spawn(
    join(venv, bin, 'label-studio'),
    [
      'start',
      '--no-browser',
      '--internal-host',
      '127.0.0.1',
      '--port',
      String(port),
      '--log-level',
      'WARNING',
    ],
    {
      // Outside any repository: Label Studio asks git for its version in this folder, at most two requests at a time,
      // and writes the answer into the installed package.
      cwd: data,
      env: {
        ...process.env,
        LABEL_STUDIO_BASE_DATA_DIR: data,
        DJANGO_DB: 'sqlite',
        ...postgres?.env,
        LABEL_STUDIO_USERNAME: 'manager@example.com',
        LABEL_STUDIO_PASSWORD: 'only-for-tests',
        LABEL_STUDIO_USER_TOKEN: token,
        LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN: 'true',
        // No update checks and no telemetry.
        LATEST_VERSION_CHECK: 'false',
        COLLECT_ANALYTICS: 'false',
        SENTRY_DSN: '',
        FRONTEND_SENTRY_DSN: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group, because Label Studio starts child processes that must end with it.
      detached: true,
    },
  );
  let output = '';
  child.stdout.on('data', (piece) => (output += piece));
  child.stderr.on('data', (piece) => (output += piece));
  const ended = new Promise((resolve) => {
    child.once('exit', resolve).once('error', (error) => {
      output += error.message;
      resolve(undefined);
    });
  });

  const kill = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      if (child.pid !== undefined)
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch {
      // The group has already ended.
    }
  };
  // A detached process doesn’t get the terminal’s signals, so it is killed when this process ends.
  const endWithUs = () => kill('SIGKILL');
  const exit = () => process.exit(1);
  process.prependOnceListener('exit', endWithUs).once('SIGINT', exit).once('SIGTERM', exit);
  const end = async (/** @type {'SIGTERM' | 'SIGKILL'} */ signal) => {
    kill(signal);
    await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
    kill('SIGKILL');
    await ended;
    process.off('exit', endWithUs).off('SIGINT', exit).off('SIGTERM', exit);
  };

  const url = `http://127.0.0.1:${port}`;
  const giveUp = AbortSignal.timeout(300_000);
  void ended.then(() => (output += '\n(ended)'));
  while (!(await answers(`${url}/health`))) {
    if (giveUp.aborted || child.exitCode !== null || child.pid === undefined) {
      await end('SIGKILL');
      throw new Error(`Label Studio did not start:\n${output}`);
    }
    await sleep(250);
  }
  return { url, end };
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** @param {string} output */
const lastLine = (output) => output.trim().split('\n').at(-1) ?? '';

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await reportUserErrors(async () => {
    await ensureLabelStudio();
    const server = await startLabelStudio();
    console.log(
      `An empty Label Studio ${version} is running at ${server.url}. Press Ctrl+C to stop it.\nToken: ${server.token}`,
    );
    console.log(`To use it with Sheaf: npm start -- --label-studio ${server.url}`);
  });
}
