import { spawn } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../lib/run.mjs';
import { UserError } from '../lib/user-error.mjs';

/*
 * PostgreSQL for a Label Studio that tests start: a cluster in a temporary folder, reached through a socket in it.
 */

/** Owner of the cluster’s files. PostgreSQL refuses to run as root; Debian’s user is used then. */
async function owner() {
  if (process.getuid?.() !== 0) return undefined;
  const ids = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  if (ids.some(({ ok }) => !ok)) throw new UserError('There’s no user “postgres” to run PostgreSQL as.');
  const [uid = 0, gid = 0] = ids.map(({ output }) => Number(output));
  return { uid, gid };
}

/** Debian and Homebrew install the server programs outside the PATH. */
function findPrograms() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = [
    ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/**
 * Folder of the programs, after trying to install Debian’s package.
 * @returns {Promise<string>}
 */
async function ensurePrograms() {
  const there = findPrograms();
  if (there) return there;
  console.log('Installing PostgreSQL …');
  const isRoot = process.getuid?.() === 0;
  const args = ['install', '--yes', '--no-install-recommends', 'postgresql'];
  await (isRoot ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]));
  const installed = findPrograms();
  if (installed) return installed;
  throw new UserError('PostgreSQL isn’t installed. Install the package “postgresql”, then try again.');
}

/**
 * Starts a server on a copy of a cluster, or on a new one.
 * @param {string} [cluster] a folder that `keep` has made
 */
export async function startPostgres(cluster) {
  const programs = await ensurePrograms();
  const runAs = await owner();
  const folder = mkdtempSync(join(tmpdir(), 'sheaf-postgres-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeFolder);
  if (cluster === undefined) {
    if (runAs) chownSync(folder, runAs.uid, runAs.gid);
    await runProgram(join(programs, 'initdb'), ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8']);
  } else {
    cpSync(cluster, folder, { recursive: true });
    if (runAs) chownAll(folder, runAs);
  }

  // The data needn’t survive a power cut.
  const settings = ['-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=50'];
  const child = spawn(join(programs, 'postgres'), ['-D', folder, '-k', folder, ...settings], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    ...runAs,
  });
  let output = '';
  child.stderr.on('data', (piece) => (output += piece));
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const kill = () => void child.kill('SIGKILL');
  process.prependOnceListener('exit', kill);
  const giveUp = AbortSignal.timeout(60_000);
  while (!output.includes('ready to accept connections')) {
    if (giveUp.aborted || child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${output}`);
    await sleep(100);
  }

  return {
    /** The environment for Label Studio. */
    env: {
      DJANGO_DB: 'default',
      POSTGRE_HOST: folder,
      POSTGRE_PORT: '5432',
      POSTGRE_USER: 'postgres',
      POSTGRE_NAME: 'postgres',
    },
    /**
     * Stops it, and copies its cluster if a folder is given.
     * @param {string} [kept]
     */
    stop: async (kept) => {
      // “Fast” shutdown: ends all connections and closes its files properly.
      child.kill('SIGINT');
      await ended;
      process.off('exit', kill);
      if (kept !== undefined) cpSync(folder, kept, { recursive: true });
      removeFolder();
      process.off('exit', removeFolder);
    },
  };

  /**
   * @param {string} program
   * @param {string[]} args
   */
  async function runProgram(program, args) {
    const { ok, output } = await new Promise((resolve) => {
      const started = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...runAs });
      let output = '';
      started.stdout.on('data', (piece) => (output += piece));
      started.stderr.on('data', (piece) => (output += piece));
      started.once('error', (error) => resolve({ ok: false, output: error.message }));
      started.once('close', (code) => resolve({ ok: code === 0, output }));
    });
    if (!ok) throw new UserError(`PostgreSQL couldn’t create its files: ${output.trim()}`);
  }
}

/**
 * @param {string} folder
 * @param {{ uid: number, gid: number }} ids
 */
function chownAll(folder, { uid, gid }) {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    chownSync(join(entry.parentPath, entry.name), uid, gid);
}
